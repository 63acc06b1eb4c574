package dev.espalier.plugins.subspace;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The law of {@code g = c + B·z + n} with normal noise {@code n ~ N(0, N)} and z of a law that can
 * be conditioned on linear observations.
 *
 * <p>A noisy row {@code x = a·g + √b·w} is such an observation of z, so posterior mean and density
 * come from the law of z given it, row by row. A mixture of normal laws has an image that is one
 * itself, which is used instead.
 */
final class LinearImage implements Score, Density, DirectSampler, Conditionable {
  private static final long serialVersionUID = 1;

  private final Score law;
  private final double[] shift;
  private final double[][] matrix;
  private final double[][] noise;
  private final boolean knowsEvidence;

  private LinearImage(Score law, double[] shift, double[][] matrix, double[][] noise) {
    this.law = law;
    this.shift = shift;
    this.matrix = matrix;
    this.noise = noise;
    this.knowsEvidence =
        conditionable().logEvidence(at(NoiseLevel.preserving(0.5), shift, 0)).isPresent();
  }

  private Conditionable conditionable() {
    return law.ability(Conditionable.class)
        .orElseThrow(() -> new IllegalStateException("need a law that can be conditioned"));
  }

  /**
   * The law with independent noise in further coordinates.
   *
   * @param law of the first {@code rank} coordinates; null if there are none
   * @param variances of the further ones; where there are none at all there is one that is 0
   */
  static LinearImage widened(@Nullable Score law, int rank, double[] variances) {
    int all = Math.max(1, rank + variances.length);
    Score first =
        law == null
            ? GaussianMixture.of(
                List.of(Component.of(1, new double[1], Covariance.spherical(1, 0))))
            : law;
    double[][] matrix = new double[all][first.columns()];
    double[][] noise = new double[all][all];
    for (int k = 0; k < rank + variances.length; k++) {
      if (k < rank) {
        matrix[k][k] = 1;
      } else {
        noise[k][k] = variances[k - rank];
      }
    }
    return new LinearImage(first, new double[all], matrix, noise);
  }

  /** This law, as a mixture of normal laws where it is one. */
  private Score simplest() {
    if (!(law instanceof GaussianMixture mixture)) {
      return this;
    }
    double[][] transposed = Vectors.transpose(matrix, mixture.columns());
    List<Component> components = new ArrayList<>();
    for (Component each : mixture.components()) {
      double[] mean = image(each.mean());
      double[][] half = Vectors.product(matrix, each.covariance().matrix(), mixture.columns());
      double[][] covariance = Vectors.product(half, transposed, mean.length);
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j <= i; j++) {
          double value = 0.5 * (covariance[i][j] + covariance[j][i]) + noise[i][j];
          covariance[i][j] = value;
          covariance[j][i] = value;
        }
      }
      components.add(Component.of(each.weight(), mean, Covariance.full(covariance)));
    }
    return GaussianMixture.of(components).withNotes(mixture.notes());
  }

  private double[] image(double[] z) {
    double[] image = Vectors.product(matrix, z);
    Vectors.add(1, shift, image);
    return image;
  }

  @Override
  public int columns() {
    return shift.length;
  }

  @Override
  public List<String> notes() {
    return law.notes();
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    boolean offered =
        ability == Density.class
            ? knowsEvidence
            : ability != DirectSampler.class || law.ability(ability).isPresent();
    return offered ? Score.super.ability(ability) : Optional.empty();
  }

  /** A noisy row as an observation of z. */
  private Observation.Linear at(NoiseLevel level, double[] x, int at) {
    double a = level.a();
    double[][] h = new double[columns()][];
    double[] y = new double[h.length];
    double[][] r = new double[h.length][];
    for (int i = 0; i < h.length; i++) {
      h[i] = matrix[i].clone();
      Vectors.scale(a, h[i]);
      y[i] = x[at + i] - a * shift[i];
      r[i] = noise[i].clone();
      Vectors.scale(a * a, r[i]);
      r[i][i] += level.b();
    }
    return new Observation.Linear(h, y, r);
  }

  private static double[] mean(Score law) {
    double[] mean = new double[law.columns()];
    law.posteriorMean(new NoiseLevel(0, 1), new double[mean.length], mean);
    return mean;
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    int d = columns();
    if (level.a() == 0) {
      double[] mean = image(mean(law));
      for (int i = 0; i < x.length; i++) {
        out[i] = mean[i % d];
      }
      return;
    }
    if (level.b() == 0) {
      for (int i = 0; i < x.length; i++) {
        out[i] = x[i] / level.a();
      }
      return;
    }
    for (int i = 0; i < x.length; i += d) {
      Observation.Linear seen = at(level, x, i);
      Score given =
          conditionable()
              .given(seen)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          law + " knows no law given a linear observation of it"));
      double[] z = mean(given);
      double[] mean = image(z);
      double[] rest = seen.y();
      Vectors.add(-1, Vectors.product(seen.h(), z), rest);
      double[] solved = Vectors.product(Symmetric.of(seen.r()).inverse(), rest);
      Vectors.add(level.a(), Vectors.product(noise, solved), mean);
      System.arraycopy(mean, 0, out, i, d);
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = conditionable().logEvidence(at(level, x, i * columns())).orElseThrow();
    }
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[] z = new double[law.columns()];
    law.ability(DirectSampler.class).orElseThrow().draw(random, z);
    double[] image = image(z);
    double[] normal = new double[row.length];
    for (int i = 0; i < normal.length; i++) {
      normal[i] = random.nextGaussian();
    }
    Vectors.add(1, Vectors.product(Symmetric.of(noise).root(), normal), image);
    System.arraycopy(image, 0, row, 0, row.length);
  }

  /**
   * The law given {@code y = H·g + e}, {@code e ~ N(0, R)}: z sees {@code y − H·c} through {@code
   * H·B} with the noise covariance {@code A = H·N·Hᵀ + R}; then n given z and y is normal with the
   * gain {@code N·Hᵀ·A⁻¹}. Given an interval, exact for mixtures of normal laws. Empty for other
   * observations.
   */
  @Override
  public Optional<Score> given(Observation observation) {
    if (observation instanceof Observation.Columns seen) {
      return seen.values().isEmpty() ? Optional.of(this) : given(linear(seen));
    }
    if (observation instanceof Observation.Between && law instanceof GaussianMixture) {
      return simplest().ability(Conditionable.class).flatMap(each -> each.given(observation));
    }
    if (!(observation instanceof Observation.Linear linear)) {
      return Optional.empty();
    }
    if (law instanceof GaussianMixture) {
      return simplest().ability(Conditionable.class).flatMap(mixture -> mixture.given(linear));
    }
    Observation.Linear inner = inner(linear);
    Optional<Score> given = conditionable().given(inner);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    double[][] cross = Vectors.product(linear.h(), noise, columns());
    double[][] gain =
        Vectors.transpose(
            Vectors.product(Symmetric.of(inner.r()).inverse(), cross, columns()), columns());
    double[] moved = Vectors.product(gain, inner.y());
    Vectors.add(1, shift, moved);
    double[][] turned = Vectors.product(gain, inner.h(), law.columns());
    double[][] left = Vectors.product(gain, cross, columns());
    for (int i = 0; i < columns(); i++) {
      for (int k = 0; k < law.columns(); k++) {
        turned[i][k] = matrix[i][k] - turned[i][k];
      }
      for (int j = 0; j <= i; j++) {
        left[i][j] = noise[i][j] - 0.5 * (left[i][j] + left[j][i]);
        left[j][i] = left[i][j];
      }
      left[i][i] = Math.max(0, left[i][i]);
    }
    return Optional.of(new LinearImage(given.get(), moved, turned, left));
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    if (observation instanceof Observation.Columns seen) {
      return seen.values().isEmpty() ? OptionalDouble.of(0) : logEvidence(linear(seen));
    }
    if (observation instanceof Observation.Between && law instanceof GaussianMixture) {
      return simplest().ability(Conditionable.class).orElseThrow().logEvidence(observation);
    }
    return observation instanceof Observation.Linear linear
        ? conditionable().logEvidence(inner(linear))
        : OptionalDouble.empty();
  }

  private Observation.Linear linear(Observation.Columns seen) {
    int m = seen.values().size();
    double[][] h = new double[m][columns()];
    double[] y = new double[m];
    int row = 0;
    for (int column : seen.values().keySet()) {
      if (column >= columns()) {
        throw new IllegalArgumentException(
            "need columns below " + columns() + ", got column " + column);
      }
      h[row][column] = 1;
      y[row++] = seen.values().get(column);
    }
    return new Observation.Linear(h, y, new double[m][m]);
  }

  /** What an observation of g says of z. */
  private Observation.Linear inner(Observation.Linear seen) {
    double[][] h = seen.h();
    double[] y = seen.y();
    double[][] r = seen.r();
    Vectors.add(-1, Vectors.product(h, shift), y);
    double[][] cross = Vectors.product(h, noise, columns());
    for (int i = 0; i < r.length; i++) {
      for (int j = 0; j <= i; j++) {
        r[i][j] += Vectors.dot(cross[i], h[j]);
        r[j][i] = r[i][j];
      }
    }
    return new Observation.Linear(Vectors.product(h, matrix, law.columns()), y, r);
  }

  @Override
  public String toString() {
    return "LinearImage[" + columns() + " columns of " + law + "]";
  }
}
