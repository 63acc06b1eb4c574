package dev.espalier.plugins.subspace;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Observation;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/**
 * The score of coordinates with any law, and of independent normal ones around zero after them.
 *
 * <p>Noise is independent too, so the score is that of each part.
 */
final class Beside implements Score, Density, Curvature, DirectSampler, Conditionable, Stored {
  private static final long serialVersionUID = 1;

  /** What stands for the directions in what is stored. */
  static final String WORD = "beside";

  private final Score law;
  private final double[] variances;

  /**
   * A law and normal coordinates after its own.
   *
   * @param variances at least one, each at least 0; the array is kept
   */
  Beside(Score law, double[] variances) {
    this.law = law;
    this.variances = variances;
  }

  @Override
  public int columns() {
    return law.columns() + variances.length;
  }

  @Override
  public NoiseRange range() {
    return law.range();
  }

  @Override
  public List<String> notes() {
    return law.notes();
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    return law.ability(ability).isPresent() ? Score.super.ability(ability) : Optional.empty();
  }

  private <A> A need(Class<A> ability) {
    return law.ability(ability)
        .orElseThrow(() -> new IllegalStateException("the law has no " + ability.getSimpleName()));
  }

  /** What the law makes of its coordinates. */
  private interface Field {
    void write(double[] x, double[] v, double[] out);
  }

  /** What a normal coordinate is multiplied by, by its variance. */
  private interface Factor {
    double of(double variance);
  }

  /** Writes the field of the law's coordinates, and the others of {@code v} times their factors. */
  private void write(double[] x, double[] v, double[] out, Field field, Factor factor) {
    int d = columns();
    double[] fields = new double[x.length / d * law.columns()];
    field.write(own(x), own(v), fields);
    for (int i = 0; i < x.length / d; i++) {
      int r = law.columns();
      System.arraycopy(fields, i * r, out, i * d, r);
      for (int k = 0; k < variances.length; k++) {
        out[i * d + r + k] = factor.of(variances[k]) * v[i * d + r + k];
      }
    }
  }

  /** The coordinates of the law. */
  private double[] own(double[] x) {
    int d = columns();
    int r = law.columns();
    double[] own = new double[x.length / d * r];
    for (int i = 0; i < x.length / d; i++) {
      System.arraycopy(x, i * d, own, i * r, r);
    }
    return own;
  }

  private static double mean(NoiseLevel level, double variance) {
    double a = level.a();
    return level.b() == 0 ? 1 / a : a * variance / (a * a * variance + level.b());
  }

  private static double noisy(NoiseLevel level, double variance) {
    double noisy = level.a() * level.a() * variance + level.b();
    if (!(noisy > 0)) {
      throw new IllegalArgumentException(
          "need b > 0 for the density of a law without variance in a direction, got " + level);
    }
    return noisy;
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    write(
        x,
        x,
        out,
        (own, same, to) -> law.posteriorMean(level, own, to),
        variance -> mean(level, variance));
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    write(
        x,
        x,
        out,
        (own, same, to) -> law.score(level, own, to),
        variance -> -1 / noisy(level, variance));
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    need(Density.class).logDensity(level, own(x), out);
    int d = columns();
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < variances.length; k++) {
        double noisy = noisy(level, variances[k]);
        double at = x[i * d + law.columns() + k];
        out[i] -= 0.5 * (at * at / noisy + StrictMath.log(2 * Math.PI * noisy));
      }
    }
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    write(
        x,
        v,
        out,
        (own, w, to) -> need(Curvature.class).jacobianTimes(level, own, w, to),
        variance -> mean(level, variance));
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    write(
        x,
        v,
        out,
        (own, w, to) -> need(Curvature.class).transposedJacobianTimes(level, own, w, to),
        variance -> mean(level, variance));
  }

  @Override
  public void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    write(
        x,
        v,
        out,
        (own, w, to) -> need(Curvature.class).hessianTimes(level, own, w, to),
        variance -> -1 / noisy(level, variance));
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[] own = new double[law.columns()];
    need(DirectSampler.class).draw(random, own);
    System.arraycopy(own, 0, row, 0, own.length);
    for (int k = 0; k < variances.length; k++) {
      row[own.length + k] = Math.sqrt(variances[k]) * random.nextGaussian();
    }
  }

  /** The same law as an image of that of the first coordinates, which can be conditioned. */
  LinearImage image() {
    return LinearImage.widened(law, law.columns(), variances);
  }

  @Override
  public Optional<Score> given(Observation observation) {
    return image().given(observation);
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    return image().logEvidence(observation);
  }

  @Override
  public String provider() {
    return SubspaceScore.PROVIDER;
  }

  @Override
  public void write(Writer out) {
    out.text("directions", WORD);
    out.tensor("variances", variances, variances.length);
    out.part("inner", law);
  }

  /** Restores what {@link #write} wrote, bit for bit. */
  static Score read(Reader in) {
    double[] variances = in.tensor("variances", Reader.ANY);
    for (double variance : variances) {
      if (!(variance >= 0)) {
        throw new InvalidDataException("need variances >= 0, got " + variance);
      }
    }
    return new Beside(in.part("inner"), variances);
  }

  @Override
  public String toString() {
    return "Beside[" + law + " and " + variances.length + " normal coordinates]";
  }
}
