package dev.espalier.plugins.gmm;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import org.junit.jupiter.api.TestInfo;

class GmmStatisticalTest {

  private static final int FITTED = 4000;
  private static final int DRAWN = 400;

  /** Three long clouds, well apart. */
  private static Law planted() {
    return Law.mixture(
        new double[] {0.2, 0.3, 0.5},
        new double[][] {{-8, 0}, {8, 2}, {0, 9}},
        new double[][][] {{{1, 0.5}, {0.5, 2}}, {{3, -1}, {-1, 1}}, {{1, 0}, {0, 0.2}}});
  }

  /** Draws of a mixture fitted to rows of a law are compared with fresh rows of the law. */
  private static void compare(Trial trial, Gmm gmm) {
    Law law = planted();
    Score score =
        gmm.fit(
            FitRequest.of(law.rows(FITTED, trial.streams().seed("fit", 0))).withSeed(trial.seed()));
    DirectSampler sampler = score.ability(DirectSampler.class).orElseThrow();
    double[][] drawn = new double[DRAWN][2];
    for (int i = 0; i < DRAWN; i++) {
      sampler.draw(trial.streams().stream("draw", i), drawn[i]);
    }
    Samples fresh = law.rows(DRAWN, trial.streams().seed("fresh", 0));
    trial.show(Statistics.sameLaw("draws and rows", Samples.of(drawn), fresh, trial.seed()));
  }

  /**
   * Alpha 1e-6; hypothesis: 400 draws of a mixture fitted to 4000 rows of a planted one come from
   * it; energy distance; must catch a single normal law in its place.
   */
  @Statistical
  void plantedMixturesAreRecovered(TestInfo test) {
    Trials.of(test).run(trial -> compare(trial, Gmm.components(3)));
  }

  /** Alpha 1e-6; the twin: one component cannot stand for three. */
  @Statistical
  void oneComponentIsRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> compare(trial, Gmm.components(1)));
  }
}
