package dev.espalier.examples;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Structure;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.ScoreContract;
import dev.espalier.testkit.StructureContract;
import java.util.List;
import org.junit.jupiter.api.Nested;

/** The plugin of the example passes the contracts that every plugin runs on itself. */
class WriteYourOwnPluginTest {

  // region contracts
  @Nested
  class OfTheStructure extends StructureContract {
    @Override
    protected Structure structure() {
      return new WriteYourOwnPlugin.Independent();
    }

    @Override
    protected Samples rows() {
      return Law.threeInThePlane().rows(60, 1);
    }
  }

  @Nested
  class OfTheScore extends ScoreContract {
    @Override
    protected List<? extends Score> scores() {
      Samples rows = Law.threeInThePlane().rows(60, 1);
      return List.of(
          new WriteYourOwnPlugin.Independent().fit(FitRequest.of(rows), Gmm.components(2)));
    }
  }
  // endregion
}
