package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import java.io.Serializable;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.CholeskyDecomposition_F64;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/** A centred normal law of many columns, by its covariance matrix. */
final class NormalLaw implements Serializable {
  private static final long serialVersionUID = 1;

  private final DMatrixRMaj covariance;

  private NormalLaw(DMatrixRMaj covariance) {
    this.covariance = covariance;
  }

  /** The chain whose precision has 1.1 on and −0.5 beside the diagonal, at mean variance 1. */
  static NormalLaw chain(int d) {
    DMatrixRMaj precision = new DMatrixRMaj(d, d);
    for (int j = 0; j < d; j++) {
      precision.set(j, j, 1.1);
      if (j > 0) {
        precision.set(j, j - 1, -0.5);
        precision.set(j - 1, j, -0.5);
      }
    }
    DMatrixRMaj covariance = inverse(precision);
    CommonOps_DDRM.scale(d / CommonOps_DDRM.trace(covariance), covariance);
    return new NormalLaw(covariance);
  }

  /** The stationary path of that correlation from step to step, at variance 1. */
  static NormalLaw path(int d, double correlation) {
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        covariance.set(i, j, StrictMath.pow(correlation, Math.abs(i - j)));
      }
    }
    return new NormalLaw(covariance);
  }

  /** The law of that covariance. */
  static NormalLaw of(DMatrixRMaj covariance) {
    return new NormalLaw(covariance);
  }

  int columns() {
    return covariance.numCols;
  }

  /** {@code a²C + bI}. */
  DMatrixRMaj noisy(NoiseLevel level) {
    DMatrixRMaj noisy = covariance.copy();
    CommonOps_DDRM.scale(level.a() * level.a(), noisy);
    for (int j = 0; j < columns(); j++) {
      noisy.add(j, j, level.b());
    }
    return noisy;
  }

  /** The scores of rows at a level: {@code −(a²C + bI)⁻¹x}. */
  double[] scores(NoiseLevel level, double[] x) {
    int d = columns();
    DMatrixRMaj rows = new DMatrixRMaj(x.length / d, d, true, x);
    DMatrixRMaj scores = new DMatrixRMaj(x.length / d, d);
    CommonOps_DDRM.mult(-1, rows, inverse(noisy(level)), scores);
    return scores.data;
  }

  /** The covariance of some columns. */
  NormalLaw marginal(int[] chosen) {
    DMatrixRMaj part = new DMatrixRMaj(chosen.length, chosen.length);
    for (int i = 0; i < chosen.length; i++) {
      for (int j = 0; j < chosen.length; j++) {
        part.set(i, j, covariance.get(chosen[i], chosen[j]));
      }
    }
    return new NormalLaw(part);
  }

  /** 2d rows whose mean is 0 and whose covariance is that of this law, to rounding. */
  Samples exactRows() {
    DMatrixRMaj root = root();
    CommonOps_DDRM.transpose(root);
    CommonOps_DDRM.scale(Math.sqrt(columns()), root);
    return mirrored(root.data);
  }

  /**
   * Draws, each followed by its mirror image: the covariance of all is the second moment of the
   * draws, as it is estimated where the mean is known.
   */
  Samples rows(int count, long seed) {
    int d = columns();
    DMatrixRMaj root = root();
    double[] values = new double[count * d];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(seed).stream("normal law", i);
      double[] noise = new double[d];
      for (int j = 0; j < d; j++) {
        noise[j] = random.nextGaussian();
        for (int k = 0; k <= j; k++) {
          values[i * d + j] += root.get(j, k) * noise[k];
        }
      }
    }
    return mirrored(values);
  }

  private Samples mirrored(double[] values) {
    double[] both = new double[2 * values.length];
    for (int i = 0; i < values.length; i++) {
      both[i] = values[i];
      both[values.length + i] = -values[i];
    }
    return Samples.of(columns(), both);
  }

  /** The lower triangle L with {@code C = L·Lᵀ}. */
  private DMatrixRMaj root() {
    CholeskyDecomposition_F64<DMatrixRMaj> cholesky =
        DecompositionFactory_DDRM.chol(columns(), true);
    if (!cholesky.decompose(covariance.copy())) {
      throw new IllegalStateException("need a positive definite covariance");
    }
    return cholesky.getT(null);
  }

  static DMatrixRMaj inverse(DMatrixRMaj matrix) {
    DMatrixRMaj inverse = new DMatrixRMaj(matrix.numRows, matrix.numCols);
    if (!CommonOps_DDRM.invert(matrix, inverse)) {
      throw new IllegalStateException("need a regular matrix");
    }
    return inverse;
  }

  /** The matrix of a score that is linear: column k is its answer to the unit vector k. */
  static DMatrixRMaj matrix(Score score, NoiseLevel level) {
    int d = score.columns();
    double[] answers = new double[d * d];
    score.score(level, CommonOps_DDRM.identity(d).data, answers);
    DMatrixRMaj matrix = new DMatrixRMaj(d, d, true, answers);
    CommonOps_DDRM.transpose(matrix);
    return matrix;
  }

  /** {@code E‖ŝ − s‖²} column by column, at a level, for a score that is linear. */
  double[] errors(Score score, NoiseLevel level) {
    DMatrixRMaj noisy = noisy(level);
    DMatrixRMaj difference = matrix(score, level);
    CommonOps_DDRM.addEquals(difference, inverse(noisy));
    DMatrixRMaj spread = new DMatrixRMaj(columns(), columns());
    CommonOps_DDRM.mult(difference, noisy, spread);
    double[] errors = new double[columns()];
    for (int j = 0; j < errors.length; j++) {
      for (int k = 0; k < errors.length; k++) {
        errors[j] += spread.get(j, k) * difference.get(j, k);
      }
    }
    return errors;
  }

  /** {@code E‖ŝ − s‖²/d}. */
  double error(Score score, NoiseLevel level) {
    double sum = 0;
    for (double error : errors(score, level)) {
      sum += error;
    }
    return sum / columns();
  }

  /** The Wasserstein distance of order 2 to another centred normal law, over {@code √d}. */
  double distance(NormalLaw other) {
    DMatrixRMaj root = symmetricRoot(covariance);
    DMatrixRMaj half = new DMatrixRMaj(columns(), columns());
    DMatrixRMaj product = new DMatrixRMaj(columns(), columns());
    CommonOps_DDRM.mult(root, other.covariance, half);
    CommonOps_DDRM.mult(half, root, product);
    double square =
        CommonOps_DDRM.trace(covariance)
            + CommonOps_DDRM.trace(other.covariance)
            - 2 * CommonOps_DDRM.trace(symmetricRoot(product));
    return Math.sqrt(Math.max(0, square) / columns());
  }

  private static DMatrixRMaj symmetricRoot(DMatrixRMaj matrix) {
    int d = matrix.numRows;
    DMatrixRMaj symmetric = matrix.copy();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        double mean = 0.5 * (symmetric.get(i, j) + symmetric.get(j, i));
        symmetric.set(i, j, mean);
        symmetric.set(j, i, mean);
      }
    }
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(d, true, true);
    eigen.decompose(symmetric);
    DMatrixRMaj root = new DMatrixRMaj(d, d);
    for (int e = 0; e < d; e++) {
      DMatrixRMaj vector = eigen.getEigenVector(e);
      double value = Math.sqrt(Math.max(0, eigen.getEigenvalue(e).real));
      CommonOps_DDRM.multAddTransB(value, vector, vector, root);
    }
    return root;
  }
}
