package stranger;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;

/** A score moved by a constant. */
record ShiftedScore(double by, Score inner) implements Score, Stored {

  static Score read(Reader in) {
    return new ShiftedScore(in.number("by"), in.part("inner"));
  }

  @Override
  public int columns() {
    return inner.columns();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    double[] moved = x.clone();
    for (int i = 0; i < x.length; i++) {
      moved[i] -= level.a() * by;
    }
    inner.posteriorMean(level, moved, out);
    for (int i = 0; i < x.length; i++) {
      out[i] += by;
    }
  }

  @Override
  public String provider() {
    return "shifted";
  }

  @Override
  public void write(Writer out) {
    out.number("by", by);
    out.part("inner", inner);
  }
}
