package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.api.Curvature;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Window;
import dev.espalier.testkit.Law;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Products with the Jacobian of a trained network, closer than the contract of scores asks. */
final class CurvatureTest {

  private static final List<Window> BOTH = List.of(Window.of(List.of(0, 1)));

  private static double[] normals(String name, int count) {
    RandomGenerator random = new Streams(3).stream(name, count);
    return random.doubles(count, -2, 2).toArray();
  }

  private static Score trained(Parametrisation kind, Engine engine) {
    Network network = Network.hidden(12, 12).steps(60).batch(32).rate(0.01).parametrisation(kind);
    FitRequest request = FitRequest.of(Law.threeInThePlane().rows(200, 1));
    return Trainer.of(network, request, BOTH, engine).run().get(0);
  }

  private static double dot(double[] u, double[] v) {
    double sum = 0;
    for (int i = 0; i < u.length; i++) {
      sum += u[i] * v[i];
    }
    return sum;
  }

  /** {@code ⟨u, J·v⟩ = ⟨Jᵀ·u, v⟩} to 1e-5 of its terms. */
  @Test
  void productsAreAdjoint() {
    for (Parametrisation kind : Parametrisation.values()) {
      Curvature score = (Curvature) trained(kind, Engine.plain());
      for (double b : new double[] {0.02, 0.3, 0.9}) {
        NoiseLevel level = NoiseLevel.preserving(b);
        double[] x = normals("x", 40);
        double[] u = normals("u", 40);
        double[] v = normals("v", 40);
        double[] forth = new double[40];
        double[] back = new double[40];
        score.jacobianTimes(level, x, v, forth);
        score.transposedJacobianTimes(level, x, u, back);
        double size = Math.sqrt(dot(u, u) * dot(forth, forth));
        assertEquals(dot(u, forth), dot(back, v), 1e-5 * size, kind + " at " + b);
      }
    }
  }

  /**
   * Against five-point differences, of a network computed in double precision but for inputs and
   * outputs, so with steps of a tenth of the noise: 3e-4 of the greatest product.
   */
  @Test
  void productsAreFiniteDifferences() {
    for (Parametrisation kind : Parametrisation.values()) {
      Score score = trained(kind, new ReferenceEngine());
      for (double b : new double[] {0.02, 0.3, 0.9}) {
        NoiseLevel level = NoiseLevel.preserving(b);
        double[] x = normals("x", 40);
        double[] v = normals("v", 40);
        double[] product = new double[40];
        ((Curvature) score).jacobianTimes(level, x, v, product);
        double h = 0.05 * Math.sqrt(b);
        double[] slope = new double[40];
        double[] factors = {1, -8, 8, -1};
        double[] steps = {-2 * h, -h, h, 2 * h};
        for (int k = 0; k < 4; k++) {
          double[] moved = x.clone();
          double[] mean = new double[40];
          for (int i = 0; i < 40; i++) {
            moved[i] += steps[k] * v[i];
          }
          score.posteriorMean(level, moved, mean);
          for (int i = 0; i < 40; i++) {
            slope[i] += factors[k] * mean[i] / (12 * h);
          }
        }
        double size = 0;
        for (double each : product) {
          size = Math.max(size, Math.abs(each));
        }
        for (int i = 0; i < 40; i++) {
          assertEquals(slope[i], product[i], 3e-4 * size, kind + " at " + b);
        }
      }
    }
  }
}
