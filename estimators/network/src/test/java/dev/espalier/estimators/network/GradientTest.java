package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import dev.espalier.testkit.Law;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients of the very loss that is trained, for every parametrisation, weighting and target. */
final class GradientTest {

  private static final NoiseRange RANGE = new NoiseRange(-10, 12);
  private static final Samples ROWS = Law.threeInThePlane().rows(64, 1);
  private static final Shape SHAPE = new Shape(2, LevelFeatures.COUNT, List.of(6, 6), 2);

  /** Leans on the noisy row, so that it differs from the clean row by more than a factor. */
  private record Leaning() implements TrainingTarget {
    @Override
    public void write(Batch batch, double[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = 0.7 * batch.clean()[i] + 0.1 * batch.noisy()[i];
      }
    }
  }

  /** Takes what the frozen score says earlier on the path. */
  private record Frozen() implements TrainingTarget {
    @Override
    public boolean bootstraps() {
      return true;
    }

    @Override
    public void write(Batch batch, double[] out) {
      Earlier earlier = batch.earlier().orElseThrow();
      earlier.frozen().posteriorMean(earlier.level(), earlier.rows(), out);
    }
  }

  @Test
  void gradientsAreCentralDifferencesOfEveryLossThatIsTrained() {
    double[] ones = new double[64];
    Arrays.fill(ones, 1);
    int[] chosen = new int[Plan.RUN];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = 3 * i;
    }
    Window window = Window.of(List.of(0, 1));
    for (Parametrisation kind : Parametrisation.values()) {
      for (Weighting weighting : Weighting.values()) {
        Network network = Network.STANDARD.parametrisation(kind).weighting(weighting);
        WindowData data =
            WindowData.of(network, RANGE, ROWS, ROWS, ones, window, Progress.silent());
        NetworkScore frozen =
            new NetworkScore(
                data.frame(),
                data.outputs(),
                0,
                kind,
                RANGE,
                SHAPE,
                Batches.parameters(SHAPE, 1),
                Engine.plain(),
                List.of());
        for (TrainingTarget target :
            List.of(TrainingTarget.denoising(), new Leaning(), new Frozen())) {
          WindowData.Place place =
              new WindowData.Place(
                  new float[64], new float[2 * LevelFeatures.COUNT], new float[64], new float[64]);
          for (int run = 0; run < 2; run++) {
            data.write(
                chosen,
                run == 0 ? -3 : 4,
                new Streams(1).stream("x", run),
                place,
                run * Plan.RUN,
                run,
                1.0 / 64,
                target,
                frozen);
          }
          check(place, kind + ", " + weighting + ", " + target);
        }
      }
    }
  }

  private static void check(WindowData.Place place, String where) {
    Batch batch = new Batch(32, Plan.RUN, place.inputs(), place.features());
    Networks.Goal goal = new Networks.Goal(place.targets(), place.weights());
    float[] parameters = Batches.parameters(SHAPE, 1);
    ReferenceEngine.Reference reference = new ReferenceEngine().create(SHAPE, 1, parameters);
    double[] w = reference.parameters();
    double[] gradient = new double[w.length];
    reference.loss(batch, goal, gradient);
    double[] slopes = new double[w.length];
    double[] unused = new double[w.length];
    double h = 1e-3;
    double[] steps = {-2 * h, -h, h, 2 * h};
    for (int i = 0; i < w.length; i++) {
      double at = w[i];
      double[] losses = new double[4];
      for (int k = 0; k < 4; k++) {
        w[i] = at + steps[k];
        losses[k] = reference.loss(batch, goal, unused)[0];
      }
      w[i] = at;
      slopes[i] = (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * h);
    }
    double off = off(gradient, slopes);
    assertTrue(off < 1e-8, () -> where + ": reference off by " + off);
    float[] found = new float[w.length];
    Engine.plain()
        .create(SHAPE, 1, parameters)
        .gradients(batch, goal, found, Tasks.here(), Progress.silent());
    double[] plain = new double[found.length];
    for (int i = 0; i < plain.length; i++) {
      plain[i] = found[i];
    }
    double rounded = off(plain, gradient);
    assertTrue(rounded < 1e-4, () -> where + ": single precision off by " + rounded);
  }

  /** The greatest difference relative to the greatest value. */
  private static double off(double[] found, double[] expected) {
    double most = 0;
    double size = 0;
    for (int i = 0; i < found.length; i++) {
      most = Math.max(most, Math.abs(found[i] - expected[i]));
      size = Math.max(size, Math.abs(expected[i]));
    }
    return most / size;
  }
}
