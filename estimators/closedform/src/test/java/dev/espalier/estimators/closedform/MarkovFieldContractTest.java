package dev.espalier.estimators.closedform;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.ScoreContract;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;

class MarkovFieldContractTest {

  private static Samples drawn(int columns) {
    double[][] covariance = new double[columns][columns];
    double[] mean = new double[columns];
    for (int i = 0; i < columns; i++) {
      mean[i] = i - 1;
      for (int j = 0; j < columns; j++) {
        covariance[i][j] = StrictMath.pow(0.7, Math.abs(i - j));
      }
    }
    return Law.gaussian(mean, covariance).rows(120, 3);
  }

  @Nested
  class Fits extends EstimatorContract {
    @Override
    protected ScoreEstimator estimator() {
      return MarkovField.on(Graph.chain());
    }

    @Override
    protected Set<Claim> claims() {
      return EnumSet.of(Claim.WEIGHTS);
    }
  }

  @Nested
  class Scores extends ScoreContract {
    @Override
    protected List<Plugin> plugins() {
      return List.of(new ClosedFormPlugin());
    }

    @Override
    protected List<? extends Score> scores() {
      return List.of(
          MarkovField.on(Graph.ring()).fit(FitRequest.of(drawn(5))),
          MarkovField.on(Graph.grid(2, 3)).fit(FitRequest.of(drawn(6))));
    }
  }
}
