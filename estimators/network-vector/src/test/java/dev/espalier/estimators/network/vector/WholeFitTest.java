package dev.espalier.estimators.network.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.network.MatrixKernels;
import dev.espalier.estimators.network.Network;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The fit whose bits the plain loops' test holds fast, in vectors. */
final class WholeFitTest {

  /** That of {@code TrainingTest} in the module of the network. */
  private static final long GOLDEN = 7271169602098298922L;

  private static Samples rows() {
    double[] values = new double[4 * 200];
    for (int i = 0; i < 200; i++) {
      for (int j = 0; j < 4; j++) {
        values[4 * i + j] = StrictMath.sin(1.7 * i + j) + 0.3 * StrictMath.cos(3.1 * i * (j + 1));
      }
    }
    return Samples.of(4, values);
  }

  private static long hash(Score score) {
    double[] x = new double[32];
    for (int i = 0; i < x.length; i++) {
      x[i] = StrictMath.sin(i) * 2;
    }
    long hash = 1;
    for (double b : new double[] {0.01, 0.4, 0.95}) {
      double[] out = new double[x.length];
      score.posteriorMean(NoiseLevel.preserving(b), x, out);
      for (double value : out) {
        hash = 31 * hash + Double.doubleToLongBits(value);
      }
    }
    return hash;
  }

  @Test
  void vectorsChangeNoBitOfAFitWithAnyThreads() {
    assertSame(VectorKernels.class, MatrixKernels.fastest().getClass());
    Network network = Network.hidden(16, 16).steps(120).batch(64);
    FitRequest request = FitRequest.of(rows()).withSeed(3);
    for (Tasks tasks :
        List.of(Tasks.here(), Tasks.threads(2), Tasks.threads(3), Tasks.threads(8))) {
      assertEquals(GOLDEN, hash(network.fit(request.withTasks(tasks))));
    }
  }
}
