package com.example.stationary;

import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

// region score
/**
 * The score of rows whose frequencies are independent: an inner score each.
 *
 * <p>The transform is orthonormal, so noise stays noise of the same level, and what the inner
 * scores say of the coordinates goes back to the columns by the transpose.
 */
record StationaryScore(Ring ring, List<Score> inner)
    implements Score, Density, DirectSampler, Stored {

  static final String PROVIDER = "stationary";

  @Override
  public int columns() {
    return ring.columns();
  }

  @Override
  public NoiseRange range() {
    return inner.stream().map(Score::range).reduce(NoiseRange.ALL, NoiseRange::intersect);
  }

  /** Offers what every inner score offers, of the abilities written here. */
  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    boolean all = inner.stream().allMatch(each -> each.ability(ability).isPresent());
    return all ? Score.super.ability(ability) : Optional.empty();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    lift(x, out, (score, pairs, to) -> score.posteriorMean(level, pairs, to));
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    lift(x, out, (score, pairs, to) -> score.score(level, pairs, to));
  }

  // endregion

  /** What an inner score writes for the rows of its coordinates. */
  private interface Field {
    void write(Score inner, double[] pairs, double[] out);
  }

  private void lift(double[] x, double[] out, Field field) {
    double[] u = new double[x.length];
    ring.transform(x, u);
    double[] lifted = new double[x.length];
    int count = x.length / columns();
    for (int k = 0; k < inner.size(); k++) {
      int[] pair = Ring.pair(columns(), k);
      double[] to = new double[count * pair.length];
      field.write(inner.get(k), take(u, pair), to);
      for (int i = 0; i < count; i++) {
        for (int p = 0; p < pair.length; p++) {
          lifted[i * columns() + pair[p]] = to[i * pair.length + p];
        }
      }
    }
    ring.back(lifted, out);
  }

  private double[] take(double[] u, int[] pair) {
    double[] taken = new double[u.length / columns() * pair.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = u[i / pair.length * columns() + pair[i % pair.length]];
    }
    return taken;
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    double[] u = new double[x.length];
    ring.transform(x, u);
    double[] one = new double[out.length];
    Arrays.fill(out, 0);
    for (int k = 0; k < inner.size(); k++) {
      Density density = need(inner.get(k), Density.class);
      density.logDensity(level, take(u, Ring.pair(columns(), k)), one);
      for (int i = 0; i < out.length; i++) {
        out[i] += one[i];
      }
    }
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[] u = new double[row.length];
    for (int k = 0; k < inner.size(); k++) {
      int[] pair = Ring.pair(columns(), k);
      double[] drawn = new double[pair.length];
      need(inner.get(k), DirectSampler.class).draw(random, drawn);
      System.arraycopy(drawn, 0, u, pair[0], pair.length);
    }
    ring.back(u, row);
  }

  private static <A> A need(Score score, Class<A> ability) {
    return score
        .ability(ability)
        .orElseThrow(
            () -> new IllegalStateException("an inner score has no " + ability.getSimpleName()));
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    out.number("columns", columns());
    for (int k = 0; k < inner.size(); k++) {
      out.part("frequency" + k, inner.get(k));
    }
  }

  /** Restores what {@link #write} wrote. */
  static Score read(Reader in) {
    int columns = in.whole("columns");
    if (!(columns >= 1)) {
      throw new InvalidDataException("need at least one column around the ring, got " + columns);
    }
    List<Score> scores = new ArrayList<>();
    for (int k = 0; k <= columns / 2; k++) {
      Score part = in.part("frequency" + k);
      int width = Ring.pair(columns, k).length;
      if (part.columns() != width) {
        throw new InvalidDataException(
            "need " + width + " columns at frequency " + k + ", got " + part.columns());
      }
      scores.add(part);
    }
    return new StationaryScore(new Ring(columns), scores);
  }
}
