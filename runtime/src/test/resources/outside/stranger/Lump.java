package stranger;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.TrainingTarget;
import java.util.Optional;

/** Learns the mean of the targets; the variance is given. */
public record Lump(
    @Setting(value = "1", help = "the variance of every column, positive") double variance,
    @Setting(value = "denoising()", help = "what to average") TrainingTarget target)
    implements ScoreEstimator {

  /** Checks the range. */
  public Lump {
    if (!(variance > 0)) {
      throw new IllegalArgumentException("need variance > 0, got " + variance);
    }
  }

  @Override
  public Score fit(FitRequest request) {
    Samples rows = request.rows();
    double[] clean = rows.toArray();
    double[] targets = new double[clean.length];
    target.write(new Clean(rows, clean), targets);
    double[] mean = new double[rows.columns()];
    for (int i = 0; i < targets.length; i++) {
      mean[i % mean.length] += targets[i] / rows.count();
    }
    return new LumpScore(mean, variance);
  }

  /** The rows as they are, without noise. */
  private record Clean(Samples reference, double[] clean) implements TrainingTarget.Batch {
    @Override
    public int columns() {
      return reference.columns();
    }

    @Override
    public NoiseLevel level() {
      return NoiseLevel.CLEAN;
    }

    @Override
    public double[] noisy() {
      return clean;
    }

    @Override
    public Optional<TrainingTarget.Earlier> earlier() {
      return Optional.empty();
    }
  }
}
