package dev.espalier.plugins.localized;

import dev.espalier.api.Graph;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import dev.espalier.estimators.closedform.ClosedFormPlugin;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.testkit.EstimatorContract;
import dev.espalier.testkit.ScoreContract;
import dev.espalier.testkit.StructureContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

/** The contracts of the test kit, for one radius, for a shared fit, and for chosen radii. */
class LocalizedContractTest {

  @Nested
  class OneRadius extends StructureContract {
    @Override
    protected Structure structure() {
      return Localized.on(Graph.grid(2, 3)).withRadius(1);
    }

    @Override
    protected Samples rows() {
      return Chains.rows(60, 6, 2);
    }
  }

  @Nested
  class Shared extends StructureContract {
    @Override
    protected Structure structure() {
      return Localized.on(Graph.ring()).withRadius(1).shared();
    }

    @Override
    protected Samples rows() {
      return Chains.rows(60, 6, 2);
    }
  }

  @Nested
  class Chosen extends StructureContract {
    @Override
    protected Structure structure() {
      return Localized.on(Graph.chain());
    }

    @Override
    protected Samples rows() {
      return Chains.rows(80, 6, 2);
    }
  }

  @Nested
  class AroundGaussian extends EstimatorContract {
    @Override
    protected ScoreEstimator estimator() {
      return Localized.on(Graph.chain()).withRadius(1).around(new Gaussian());
    }

    @Override
    protected Set<Claim> claims() {
      return EnumSet.allOf(Claim.class);
    }

    @Override
    protected Samples rows() {
      return Chains.rows(100, 5, 3);
    }
  }

  @Nested
  class ChosenAroundGaussian extends EstimatorContract {
    @Override
    protected ScoreEstimator estimator() {
      return Localized.on(Graph.chain()).around(new Gaussian());
    }

    @Override
    protected Set<Claim> claims() {
      return EnumSet.allOf(Claim.class);
    }

    @Override
    protected Samples rows() {
      return Chains.rows(100, 5, 3);
    }
  }

  @Nested
  class Scores extends ScoreContract {
    @Override
    protected List<Plugin> plugins() {
      return List.of(new ClosedFormPlugin(), new LocalizedPlugin());
    }

    @Override
    protected List<? extends Score> scores() {
      Localized chain = Localized.on(Graph.chain());
      return List.of(
          chain.withRadius(1).fit(Chains.request(60, 5), new Gaussian()),
          chain.withRadius(1).shared().fit(Chains.request(60, 5), new Gaussian()),
          chain
              .withRadius(0)
              .withWider(List.of(new Wider(0, 1), new Wider(-2, 2)))
              .fit(Chains.request(60, 5), new Gaussian()));
    }
  }
}
