package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Tasks;
import dev.espalier.api.TimeGrid;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DormandPrinceTest {

  private static double[] circle(double tolerance, double[] state, AtomicInteger rows) {
    double[] end = state.clone();
    new DormandPrince(
            (time, which, y, out) -> {
              rows.addAndGet(which.length);
              for (int i = 0; i < y.length; i += 2) {
                out[i] = -y[i + 1];
                out[i + 1] = y[i];
              }
            },
            2,
            tolerance,
            tolerance)
        .integrate(0, Math.PI, end, DormandPrince.Watcher.NONE, Progress.silent());
    return end;
  }

  @Test
  void halfACircleEndsOpposite() {
    for (double tolerance : new double[] {1e-4, 1e-7, 1e-10}) {
      double[] end = circle(tolerance, new double[] {1, 0, 0, 20}, new AtomicInteger());
      assertArrayEquals(new double[] {-1, 0, 0, -20}, end, 400 * tolerance);
    }
  }

  @Test
  void smallerTolerancesCostWhatOrderFiveCosts() {
    AtomicInteger coarse = new AtomicInteger();
    AtomicInteger fine = new AtomicInteger();
    circle(1e-6, new double[] {1, 0}, coarse);
    circle(1e-11, new double[] {1, 0}, fine);
    double ratio = fine.get() / (double) coarse.get();
    assertTrue(ratio > 4 && ratio < 25, "1e5^(1/5) = 10, within the doubling, got " + ratio);
  }

  @Test
  void aRowDoesNotDependOnItsNeighbours() {
    double[] all = {1, 0, 0, 20, -3, 0.01, 1e-9, 1e-9};
    double[] together = circle(1e-8, all, new AtomicInteger());
    for (int i = 0; i < 8; i += 2) {
      double[] alone = circle(1e-8, Arrays.copyOfRange(all, i, i + 2), new AtomicInteger());
      assertArrayEquals(Arrays.copyOfRange(together, i, i + 2), alone);
    }
  }

  @Test
  void whatIsNotSmoothIsRefused() {
    Score broken =
        new Score() {
          @Override
          public int columns() {
            return 1;
          }

          @Override
          public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
            Arrays.fill(out, level.sigma() < 1 ? Double.NaN : 0);
          }
        };
    String message =
        assertThrows(
                NotConvergedException.class,
                () -> Samplers.adaptive(1e-3).draw(DrawRequest.of(broken, 1)))
            .getMessage();
    assertTrue(message.contains("ever shorter steps at log SNR"), message);
  }

  @Test
  void theAdaptiveSamplerAgreesWithFineStepsOfAnother() {
    Score law = Laws.spherical(0.3, new double[] {-1.5, 0}, new double[] {1, 2});
    DrawRequest request = DrawRequest.of(law, 30).withSeed(4);
    Samples rows = Samplers.adaptive(1e-9).draw(request);
    Samples others = Samplers.lms(4000, 4).draw(request);
    for (int i = 0; i < 30; i++) {
      assertEquals(others.get(i, 0), rows.get(i, 0), 1e-6);
      assertEquals(others.get(i, 1), rows.get(i, 1), 1e-6);
    }
    assertEquals(rows, Samplers.adaptive(1e-9).draw(request.withTasks(Tasks.threads(2))));
    assertEquals(
        rows.rows(11, 13),
        Samplers.adaptive(1e-9).draw(request.withRows(DrawRequest.Rows.range(11, 2))));
  }

  /** What is kept at a level has the scale of that level. */
  @Test
  void theAdaptiveSamplerKeepsRowsAsNoisyAsItsGridEnds() {
    Score law = Laws.spherical(0.3, new double[] {-1.5, 0}, new double[] {1, 2});
    TimeGrid toHalf =
        (score, steps) -> List.of(NoiseLevel.preserving(0.9999), NoiseLevel.preserving(0.5));
    DrawRequest request = DrawRequest.of(law, 5).withSeed(4);
    Adaptive sampler = Samplers.adaptive(1e-7).withGrid(toHalf).withLast(Last.KEEP);
    Samples rows = sampler.draw(request);
    TimeGrid fine =
        (score, steps) ->
            Levels.even(NoiseLevel.preserving(0.9999).logSnr(), 0, steps, Levels::preserving);
    Samples others = Samplers.heun(2000).withGrid(fine).withLast(Last.KEEP).draw(request);
    for (int i = 0; i < 5; i++) {
      assertArrayEquals(others.row(i), rows.row(i), 1e-4);
    }
    TimeGrid fromNothing =
        (score, steps) -> List.of(new NoiseLevel(0, 1), NoiseLevel.preserving(0.5));
    assertThrows(IllegalArgumentException.class, () -> sampler.withGrid(fromNothing).draw(request));
  }
}
