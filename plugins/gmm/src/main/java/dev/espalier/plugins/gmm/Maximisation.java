package dev.espalier.plugins.gmm;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The M-step: the most likely weights, means and covariances for given responsibilities, among
 * covariances whose variances lie above the floor in every direction.
 *
 * <p>Raising the eigenvalues of the sample covariance to the floor is the exact maximum under that
 * bound, so that the log-likelihood never decreases, floor or not.
 */
final class Maximisation implements Serializable {
  private static final long serialVersionUID = 1;

  /** Steps of factor analysis within one M-step. */
  private static final int FACTOR_STEPS = 20;

  /** Components with a smaller share of the rows are dropped. */
  private static final double LEAST_SHARE = 1e-10;

  private final Form form;
  private final Features features;
  private final double floor;

  /** The products of all complete rows where covariances are tied, else empty. */
  private final double[][] scatter;

  Maximisation(Form form, int columns, double floor, double[][] scatter) {
    this.form = form;
    this.features = new Features(Expectation.order(form), columns);
    this.floor = floor;
    this.scatter = scatter;
  }

  /** The M-step without a mixture before it. */
  Mixture first(Moments moments) {
    return of(moments, new Mixture.Shape[0]);
  }

  /** The M-step after {@code before}, whose moments these are. */
  Mixture after(Mixture before, Moments moments) {
    Mixture.Shape[] shapes = new Mixture.Shape[before.components()];
    for (int k = 0; k < shapes.length; k++) {
      shapes[k] = before.shape(k);
    }
    return of(moments, shapes);
  }

  private Mixture of(Moments moments, Mixture.Shape[] before) {
    double total = 0;
    for (int k = 0; k < moments.components(); k++) {
      total += moments.mass(k);
    }
    int[] kept = new int[moments.components()];
    int count = 0;
    double keptMass = 0;
    for (int k = 0; k < moments.components(); k++) {
      if (moments.mass(k) > LEAST_SHARE * total) {
        kept[count++] = k;
        keptMass += moments.mass(k);
      }
    }
    kept = Arrays.copyOf(kept, count);
    double[] weights = new double[count];
    double[][] means = new double[count][];
    for (int i = 0; i < count; i++) {
      double mass = moments.mass(kept[i]);
      weights[i] = mass / keptMass;
      means[i] = new double[features.columns()];
      for (int j = 0; j < features.columns(); j++) {
        means[i][j] = moments.sums(kept[i])[0][j] / mass;
      }
    }
    Mixture.Shape[] shapes = new Mixture.Shape[count];
    for (int i = 0; i < count; i++) {
      int k = kept[i];
      shapes[i] =
          switch (form.kind()) {
            case FULL -> above(covariance(moments, k, means[i]));
            case TIED -> i == 0 ? above(pooled(moments, kept, means)) : shapes[0];
            case LOWRANK -> {
              double[][] sample = covariance(moments, k, means[i]);
              yield factors(sample, before.length == 0 ? leading(sample) : before[k]);
            }
            default -> diagonal(moments, k, means[i]);
          };
    }
    return new Mixture(form, weights, means, shapes);
  }

  private double[][] covariance(Moments moments, int k, double[] mean) {
    int d = mean.length;
    double mass = moments.mass(k);
    double[][] sums = moments.sums(k);
    double[][] covariance = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double value = features.product(sums, i, j) / mass - mean[i] * mean[j];
        covariance[i][j] = value;
        covariance[j][i] = value;
      }
    }
    return covariance;
  }

  private double[][] pooled(Moments moments, int[] kept, double[][] means) {
    Features products = new Features(Features.Order.PRODUCTS, features.columns());
    int d = features.columns();
    double mass = 0;
    for (int k : kept) {
      mass += moments.mass(k);
    }
    double[][] covariance = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double value = products.product(scatter, i, j) + products.product(moments.pooled(), i, j);
        for (int c = 0; c < kept.length; c++) {
          value -= moments.mass(kept[c]) * means[c][i] * means[c][j];
        }
        covariance[i][j] = value / mass;
        covariance[j][i] = covariance[i][j];
      }
    }
    return covariance;
  }

  /** The nearest covariance with variances above the floor in all directions. */
  private Mixture.Shape above(double[][] covariance) {
    if (Matrices.cholesky(covariance, floor).length > 0) {
      return Mixture.Shape.dense(covariance, false);
    }
    int d = covariance.length;
    Matrices.Eigen eigen = Matrices.eigen(covariance);
    double[][] raised = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = i == j ? floor : 0;
        for (int r = 0; r < d && eigen.values()[r] > floor; r++) {
          double[] vector = eigen.vectors()[r];
          sum += (eigen.values()[r] - floor) * vector[i] * vector[j];
        }
        raised[i][j] = sum;
        raised[j][i] = sum;
      }
    }
    return Mixture.Shape.dense(raised, true);
  }

  private Mixture.Shape diagonal(Moments moments, int k, double[] mean) {
    double mass = moments.mass(k);
    double[] variances = new double[mean.length];
    double sum = 0;
    for (int j = 0; j < mean.length; j++) {
      variances[j] = features.square(moments.sums(k), j) / mass - mean[j] * mean[j];
      sum += variances[j];
    }
    if (form.kind() == CovarianceKind.SPHERICAL) {
      Arrays.fill(variances, sum / mean.length);
    }
    return Mixture.Shape.diagonal(variances, raise(variances));
  }

  /** Raises variances to the floor. */
  private boolean raise(double[] variances) {
    boolean floored = false;
    for (int j = 0; j < variances.length; j++) {
      if (!(variances[j] > floor)) {
        variances[j] = floor;
        floored = true;
      }
    }
    return floored;
  }

  /** The leading eigenvectors of a sample covariance, and what they leave. */
  private Mixture.Shape leading(double[][] sample) {
    int d = sample.length;
    int rank = Math.min(form.rank(), d);
    Matrices.Eigen eigen = Matrices.eigen(sample);
    double rest = 0;
    for (int r = rank; r < d; r++) {
      rest += Math.max(0, eigen.values()[r]) / (d - rank);
    }
    double[][] factor = new double[d][rank];
    double[] variances = new double[d];
    for (int j = 0; j < d; j++) {
      variances[j] = sample[j][j];
      for (int r = 0; r < rank; r++) {
        factor[j][r] = Math.sqrt(Math.max(floor, eigen.values()[r] - rest)) * eigen.vectors()[r][j];
        variances[j] -= factor[j][r] * factor[j][r];
      }
    }
    boolean floored = raise(variances);
    return Mixture.Shape.lowRank(factor, variances, floored);
  }

  /**
   * Factor analysis of a sample covariance {@code S} by EM (Rubin and Thayer 1982): with {@code β =
   * (I + ΛᵀΨ⁻¹Λ)⁻¹ΛᵀΨ⁻¹}, {@code Λ ← Sβᵀ(I − βΛ + βSβᵀ)⁻¹} and {@code Ψ ← diag(S − ΛβS)}.
   */
  private Mixture.Shape factors(double[][] sample, Mixture.Shape before) {
    int d = sample.length;
    double[][] factor = before.factor();
    double[] variances = before.variances();
    boolean floored = before.floored();
    for (int step = 0; step < FACTOR_STEPS; step++) {
      double[][] inner = inner(factor, variances);
      double[][] beta = new double[d][];
      for (int j = 0; j < d; j++) {
        beta[j] = factor[j].clone();
        for (int r = 0; r < beta[j].length; r++) {
          beta[j][r] /= variances[j];
        }
        Matrices.solve(inner, beta[j]);
      }
      double[][] cross = new double[d][];
      for (int i = 0; i < d; i++) {
        cross[i] = new double[beta[i].length];
        for (int j = 0; j < d; j++) {
          Kernels.add(cross[i].length, cross[i], sample[i][j], beta[j]);
        }
      }
      double[][] second = second(inner, beta, cross);
      factor = new double[d][];
      variances = new double[d];
      for (int j = 0; j < d; j++) {
        factor[j] = cross[j].clone();
        Matrices.solve(second, factor[j]);
        variances[j] = sample[j][j];
        for (int r = 0; r < factor[j].length; r++) {
          variances[j] -= factor[j][r] * cross[j][r];
        }
      }
      floored = raise(variances);
    }
    return Mixture.Shape.lowRank(factor, variances, floored);
  }

  /** The Cholesky factor of {@code I + ΛᵀΨ⁻¹Λ}. */
  private static double[][] inner(double[][] factor, double[] variances) {
    int rank = factor[0].length;
    double[][] a = new double[rank][rank];
    for (int r = 0; r < rank; r++) {
      a[r][r] = 1;
    }
    for (int j = 0; j < factor.length; j++) {
      for (int r = 0; r < rank; r++) {
        Kernels.add(rank, a[r], factor[j][r] / variances[j], factor[j]);
      }
    }
    return Expectation.factor(a);
  }

  /** The Cholesky factor of {@code (I + ΛᵀΨ⁻¹Λ)⁻¹ + βSβᵀ}. */
  private static double[][] second(double[][] inner, double[][] beta, double[][] cross) {
    int rank = inner.length;
    double[][] b = new double[rank][rank];
    for (int r = 0; r < rank; r++) {
      b[r][r] = 1;
      Matrices.solve(inner, b[r]);
    }
    for (int j = 0; j < beta.length; j++) {
      for (int r = 0; r < rank; r++) {
        Kernels.add(rank, b[r], beta[j][r], cross[j]);
      }
    }
    return Expectation.factor(b);
  }
}
