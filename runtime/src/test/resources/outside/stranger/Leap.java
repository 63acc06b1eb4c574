package stranger;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/** Follows the deterministic path from noise to data in equal steps of the noise's deviation. */
public record Leap(@Setting(value = "8", help = "the number of steps, at least 1") int steps)
    implements Sampler {
  private static final double NOISIEST = 10;

  /** Checks the range. */
  public Leap {
    if (!(steps >= 1)) {
      throw new IllegalArgumentException("need at least 1 step, got " + steps);
    }
  }

  @Override
  public Samples draw(DrawRequest request) {
    Score score = request.score();
    Streams streams = new Streams(request.seed());
    int columns = score.columns();
    double[] x = new double[request.rows().count() * columns];
    for (int i = 0; i < request.rows().count(); i++) {
      RandomGenerator random = streams.stream("leap", request.rows().index(i));
      for (int j = 0; j < columns; j++) {
        x[i * columns + j] = NOISIEST * random.nextGaussian();
      }
    }
    double[] clean = new double[x.length];
    for (int k = 0; k < steps; k++) {
      request.progress().check();
      double sigma = NOISIEST * (steps - k) / steps;
      double next = NOISIEST * (steps - k - 1) / steps;
      score.posteriorMean(NoiseLevel.exploding(sigma), x, clean);
      for (int i = 0; i < x.length; i++) {
        x[i] = clean[i] + next / sigma * (x[i] - clean[i]);
      }
      request.progress().report("leaping", (k + 1.0) / steps);
    }
    return Samples.of(columns, x);
  }
}
