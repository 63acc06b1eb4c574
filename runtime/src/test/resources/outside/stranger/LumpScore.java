package stranger;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;

/** The score of a normal law with one variance. */
final class LumpScore implements Score, Stored {
  private static final long serialVersionUID = 1;

  private final double[] mean;
  private final double variance;

  LumpScore(double[] mean, double variance) {
    this.mean = mean.clone();
    this.variance = variance;
  }

  static Score read(Reader in) {
    return new LumpScore(in.tensor("mean", Reader.ANY), in.number("variance"));
  }

  @Override
  public int columns() {
    return mean.length;
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    double a = level.a();
    double gain = a * variance / (a * a * variance + level.b());
    for (int i = 0; i < x.length; i++) {
      double m = mean[i % mean.length];
      out[i] = m + gain * (x[i] - a * m);
    }
  }

  @Override
  public String provider() {
    return "lump";
  }

  @Override
  public void write(Writer out) {
    out.tensor("mean", mean, mean.length);
    out.number("variance", variance);
  }
}
