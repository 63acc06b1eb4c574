package dev.espalier.estimators.tribuo;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.plugins.bootstrapped.Bootstrapped;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.ScoreContract;
import java.util.List;
import java.util.stream.Stream;

class TribuoScoreContractTest extends ScoreContract {

  /** Learned once, as that takes longer than any question. */
  private static final List<Score> SCORES = learned();

  @Override
  protected List<Plugin> plugins() {
    return List.of(new TribuoPlugin());
  }

  @Override
  protected int damagedCopies() {
    return 4;
  }

  @Override
  protected List<? extends Score> scores() {
    return SCORES;
  }

  private static List<Score> learned() {
    Samples rows = Law.threeInThePlane().rows(100, 4);
    double[] gaps = rows.toArray();
    for (int i = 0; i < gaps.length; i += 5) {
      gaps[i] = Double.NaN;
    }
    FitRequest request = FitRequest.of(rows);
    FitRequest holes = FitRequest.of(Samples.of(2, gaps));
    return Stream.<Score>of(
            Small.regression().fit(request),
            Small.regression().withPrediction(Prediction.NOISE).withJoint(true).fit(request),
            Small.regression().withTarget(Bootstrapped.standard()).fit(request),
            Small.regression(Cart.standard()).withPrediction(Prediction.RESIDUAL).fit(holes),
            Small.regression(LinearSgd.standard()).withPrediction(Prediction.CLEAN).fit(request),
            Small.regression().fit(holes))
        .toList();
  }
}
