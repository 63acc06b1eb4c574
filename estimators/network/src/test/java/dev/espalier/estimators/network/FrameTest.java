package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import dev.espalier.testkit.Law;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FrameTest {

  private static final NoiseRange RANGE = new NoiseRange(-10, 12);

  /** Halfway between the clean row and zero: a target that is not the clean row. */
  private record Halved() implements TrainingTarget {
    @Override
    public void write(Batch batch, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = 0.5 * batch.clean()[i];
      }
    }
  }

  private static double[] ones(int count) {
    double[] ones = new double[count];
    Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void jacobiFindsSmallValuesOfColumnsWithOddScales() {
    double[][] a = {{1e18, 3e8, 1e9}, {3e8, 1, 0.1}, {1e9, 0.1, 4}};
    Eigen eigen = Eigen.of(a, Progress.silent());
    double trace = 0;
    for (int k = 0; k < 3; k++) {
      double[] v = eigen.vectors()[k];
      trace += eigen.values()[k];
      for (int i = 0; i < 3; i++) {
        double product = 0;
        for (int j = 0; j < 3; j++) {
          product += a[i][j] * v[j];
        }
        double size = Math.sqrt(a[i][i] * eigen.values()[k]);
        assertEquals(eigen.values()[k] * v[i], product, 1e-9 * size + 1e-6 * Math.abs(a[i][0]));
      }
    }
    assertEquals(1e18 + 5, trace, 1e4);
    double[] sorted = eigen.values().clone();
    Arrays.sort(sorted);
    // The product of the values is the determinant; the two small ones lie between 0 and 5.
    assertTrue(sorted[0] > 0.5 && sorted[1] < 5, () -> sorted[0] + " and " + sorted[1]);
  }

  /** What a target says, undone by the base and the unit, is what it was to be: every kind. */
  @Test
  void outputsConvertExactlyForEveryParametrisationAndTarget() {
    Samples rows = Law.threeInThePlane().rows(64, 1);
    int[] chosen = new int[Plan.RUN];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = 3 * i;
    }
    for (Parametrisation kind : Parametrisation.values()) {
      for (boolean turned : new boolean[] {true, false}) {
        for (TrainingTarget target : List.of(TrainingTarget.denoising(), new Halved())) {
          for (double logSnr : new double[] {-9, -1, 4, 11}) {
            Network network = Network.STANDARD.parametrisation(kind).turned(turned);
            WindowData data =
                WindowData.of(
                    network,
                    RANGE,
                    rows,
                    rows,
                    ones(64),
                    Window.of(List.of(0, 1)),
                    Progress.silent());
            WindowData.Place place =
                new WindowData.Place(
                    new float[32], new float[LevelFeatures.COUNT], new float[32], new float[32]);
            data.write(chosen, logSnr, new Streams(1).stream("x", 0), place, 0, 0, 1, target, null);
            check(data.frame(), kind, target, rows, chosen, LevelSampling.level(logSnr), place);
          }
        }
      }
    }
  }

  private static void check(
      Frame frame,
      Parametrisation kind,
      TrainingTarget target,
      Samples rows,
      int[] chosen,
      NoiseLevel level,
      WindowData.Place place) {
    Frame.At at = frame.at(level);
    double factor = target instanceof Halved ? 0.5 : 1;
    for (int i = 0; i < chosen.length; i++) {
      double[] along = new double[2];
      double[] guess = new double[2];
      double[] x = new double[2];
      for (int k = 0; k < 2; k++) {
        along[k] = place.inputs()[2 * i + k] / at.scale[k];
      }
      frame.turnBack(along, x, 0);
      for (int k = 0; k < 2; k++) {
        along[k] *= at.gain[k];
      }
      frame.turnBack(along, guess, 0);
      for (int j = 0; j < 2; j++) {
        double noisy = x[j] + level.a() * frame.mean(j);
        double base = at.base(kind, j, noisy, frame.mean(j) + guess[j]);
        double mean = base + at.unit(kind, j) * place.targets()[2 * i + j];
        double wanted = factor * rows.get(chosen[i], j);
        assertEquals(wanted, mean, 1e-4 * Math.max(1, 1 / level.a()), kind + " at " + level);
        double score =
            at.scoreBase(kind, j, noisy, (level.a() * (frame.mean(j) + guess[j]) - noisy) / at.b)
                + level.a() * at.unit(kind, j) * place.targets()[2 * i + j] / at.b;
        double expected = (level.a() * wanted - noisy) / at.b;
        assertEquals(expected, score, 2e-4 * (1 + Math.abs(expected)) / Math.sqrt(at.b));
      }
    }
  }

  /** At many levels, inputs and targets have mean square 1: the purpose of the frame. */
  @Test
  void inputsAndTargetsHaveUnitVariance() {
    Samples rows = Law.threeInThePlane().rows(4000, 1);
    int[] chosen = new int[4000];
    for (int i = 0; i < 4000; i++) {
      chosen[i] = i;
    }
    for (Parametrisation kind : Parametrisation.values()) {
      for (double logSnr : new double[] {-9, -1, 4, 11}) {
        WindowData data =
            WindowData.of(
                Network.STANDARD.parametrisation(kind),
                RANGE,
                rows,
                rows,
                ones(4000),
                Window.of(List.of(0, 1)),
                Progress.silent());
        WindowData.Place place =
            new WindowData.Place(
                new float[8000], new float[LevelFeatures.COUNT], new float[8000], new float[8000]);
        data.write(
            chosen,
            logSnr,
            new Streams(1).stream("x", 0),
            place,
            0,
            0,
            1,
            TrainingTarget.denoising(),
            null);
        for (float[] values : List.of(place.inputs(), place.targets())) {
          for (int j = 0; j < 2; j++) {
            double sum = 0;
            for (int i = j; i < 8000; i += 2) {
              sum += values[i] * values[i];
            }
            assertEquals(1, sum / 4000, 0.1, kind + " at " + logSnr);
          }
        }
      }
    }
  }

  @Test
  void levelsOfTrainingFillTheRangeInOrder() {
    for (LevelSampling each : LevelSampling.values()) {
      double before = Double.NEGATIVE_INFINITY;
      for (int i = 0; i <= 100; i++) {
        double logSnr = each.logSnr(RANGE, i / 100.0);
        assertTrue(logSnr >= -10 && logSnr <= 12, () -> each + " gives " + logSnr);
        assertTrue(Double.isInfinite(before) || logSnr > before, () -> each + " not rising");
        before = logSnr;
      }
    }
    double middle = LevelSampling.LOGNORMAL.logSnr(RANGE, 0.5);
    assertEquals(2.4, middle, 0.05);
    float[] features = new float[LevelFeatures.COUNT];
    LevelFeatures.write(LevelSampling.level(1), RANGE, features, 0);
    assertArrayEquals(
        new float[] {0, 0, 1, 0, 1, 0, 1, 0, 1}, features, 1e-6f, "the middle of the range");
  }
}
