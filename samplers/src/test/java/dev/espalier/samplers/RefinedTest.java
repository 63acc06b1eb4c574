package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class RefinedTest {
  private static final Score LAW = Laws.spherical(0.5, new double[] {-1}, new double[] {1});

  private static double difference(Samples one, Samples other) {
    double sum = 0;
    for (int i = 0; i < one.count(); i++) {
      sum += Math.abs(one.get(i, 0) - other.get(i, 0));
    }
    return sum / one.count();
  }

  @Test
  void longerStepsGoDownTheSamePathWithAnErrorOfOrderOne() {
    DrawRequest request = DrawRequest.of(LAW, 400).withSeed(2);
    Walk walk = Samplers.ancestral(2).withGrid(new UniformLogSnr(Bound.of(-4), Bound.of(4)));
    Samples finest = new Refined(walk.withSteps(4097), 1).draw(request);
    double before = 0;
    for (int moves = 32; moves <= 256; moves *= 2) {
      double error = difference(walk.withSteps(moves + 1).onPathsOf(4097).draw(request), finest);
      if (before > 0) {
        assertEquals(1, StrictMath.log(before / error) / StrictMath.log(2), 0.3);
      }
      before = error;
    }
    Samples fresh = walk.withSteps(257).draw(request);
    assertTrue(difference(fresh, finest) > 0.3, "other noise must be seen");
  }

  /**
   * Hypothesis: the noise put together is standard normal, so a point stays exact. Statistic:
   * variance. Size 4000 rows. Alpha 1e-6. Catches 11 % of a variance.
   */
  @Statistical
  void thePathIsBrownian(TestInfo test) {
    Score point = Laws.spherical(1e-12, new double[] {0});
    Sampler walk =
        new Refined(
            Samplers.ancestral(9)
                .withGrid(new UniformLogSnr(Bound.AUTO, Bound.of(0)))
                .withLast(Last.KEEP),
            5);
    Trials.of(test)
        .run(
            trial -> {
              Samples rows = walk.draw(DrawRequest.of(point, 4000).withSeed(trial.seed()));
              trial.show(Statistics.variance("a point at b = 1/2", rows.column(0), 0.5));
            });
  }

  @Test
  void gridsWhoseLevelsAreNotAmongFinerOnesAreRefused() {
    Sampler walk = new Refined(Samplers.ancestral(64).withGrid(LiCaiWei.standard()), 2);
    String message =
        assertThrows(IllegalArgumentException.class, () -> walk.draw(DrawRequest.of(LAW, 1)))
            .getMessage();
    assertTrue(message.startsWith("need a grid whose levels are among those of finer"), message);
    assertThrows(IllegalArgumentException.class, () -> Samplers.ddpm(9).onPathsOf(16));
    assertThrows(IllegalArgumentException.class, () -> new Refined(Samplers.ddpm(9), 0));
  }
}
