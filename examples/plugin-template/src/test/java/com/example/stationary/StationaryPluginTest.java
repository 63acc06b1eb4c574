package com.example.stationary;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Structure;
import dev.espalier.estimators.closedform.ClosedFormPlugin;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.PluginContract;
import dev.espalier.testkit.ScoreContract;
import dev.espalier.testkit.StructureContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** What every plugin, structure and score must satisfy. */
class StationaryPluginTest {

  // region contracts
  @Nested
  class OfThePlugin extends PluginContract {
    @Override
    protected Plugin plugin() {
      return new StationaryPlugin();
    }

    @Override
    protected List<Stationary> settings() {
      return List.of(new Stationary(4), new Stationary(1));
    }
  }

  @Nested
  class OfTheStructure extends StructureContract {
    @Override
    protected Structure structure() {
      return new Stationary(4);
    }

    @Override
    protected Samples rows() {
      return Law.standardNormal(5).rows(60, 1);
    }
  }

  @Nested
  class OfTheScores extends ScoreContract {
    @Override
    protected List<Score> scores() {
      return List.of(fitted(1), fitted(4), fitted(5));
    }

    private Score fitted(int columns) {
      Samples rows = Law.standardNormal(columns).rows(60, 1);
      return new Stationary(4).fit(FitRequest.of(rows), new Gaussian());
    }

    @Override
    protected List<Plugin> plugins() {
      return List.of(new StationaryPlugin(), new ClosedFormPlugin());
    }
  }
  // endregion
}
