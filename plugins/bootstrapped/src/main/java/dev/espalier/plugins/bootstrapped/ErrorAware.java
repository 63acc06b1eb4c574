package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Samples;
import dev.espalier.api.TrainingTarget;
import java.io.Serializable;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.eig.SymmetricQRAlgorithmDecomposition_DDRM;
import org.ejml.dense.row.decomposition.hessenberg.TridiagonalDecompositionHouseholder_DDRM;
import org.jspecify.annotations.Nullable;

/**
 * The weights that leave the least expected error, along the axes of the covariance of clean rows.
 *
 * <p>The columns themselves are the axes where cells are missing or there are very many columns.
 */
final class ErrorAware implements Serializable {
  private static final long serialVersionUID = 1;

  /** The most columns whose covariance is decomposed. */
  private static final int MOST = 256;

  private final double[] variances;

  /** An axis each; the columns where there are none. */
  private final double @Nullable [][] axes;

  private ErrorAware(double[] variances, double @Nullable [][] axes) {
    this.variances = variances;
    this.axes = axes;
  }

  static ErrorAware of(Samples rows) {
    int d = rows.columns();
    double[] mean = new double[d];
    double[] variances = new double[d];
    for (int j = 0; j < d; j++) {
      int seen = 0;
      for (double value : rows.column(j)) {
        if (!Double.isNaN(value)) {
          double above = value - mean[j];
          mean[j] += above / ++seen;
          variances[j] += above * (value - mean[j]);
        }
      }
      variances[j] = seen == 0 ? 0 : variances[j] / seen;
    }
    if (d == 1 || d > MOST || rows.count() == 0 || rows.hasMissing()) {
      return new ErrorAware(variances, null);
    }
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    for (int i = 0; i < rows.count(); i++) {
      double[] row = rows.row(i);
      for (int j = 0; j < d; j++) {
        for (int k = 0; k <= j; k++) {
          covariance.add(j, k, (row[j] - mean[j]) * (row[k] - mean[k]) / rows.count());
        }
      }
    }
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < j; k++) {
        covariance.set(k, j, covariance.get(j, k));
      }
    }
    SymmetricQRAlgorithmDecomposition_DDRM found =
        new SymmetricQRAlgorithmDecomposition_DDRM(
            new TridiagonalDecompositionHouseholder_DDRM(), true);
    if (!found.decompose(covariance)) {
      throw new NotConvergedException("the axes of the covariance of " + d + " columns");
    }
    double[][] axes = new double[d][d];
    for (int k = 0; k < d; k++) {
      variances[k] = Math.max(0, found.getEigenvalue(k).getReal());
      for (int j = 0; j < d; j++) {
        axes[k][j] = found.getEigenVector(k).get(j);
      }
    }
    return new ErrorAware(variances, axes);
  }

  /**
   * One step of a path, along an axis.
   *
   * @param weight of the earlier score divided by {@code r}, beside {@code −W/σ_τ²}
   * @param error the squared error of the slope that is left, times the number of rows
   */
  record Step(double weight, double error) {

    /** Denoising: nothing is earlier. */
    static Step first(double variance, NoiseLevel level) {
      double v = level.a() * level.a() * variance + level.b();
      return new Step(0, level.a() * level.a() * variance / (level.b() * v * v));
    }

    /** The best weight of a step. */
    Step then(double variance, NoiseLevel before, NoiseLevel level) {
      return then(variance, before, level, Double.NaN);
    }

    /** A step with a weight; {@code NaN} for the best. */
    Step then(double variance, NoiseLevel before, NoiseLevel level, double weight) {
      NoiseLevel step = before.to(level);
      double r = step.a();
      double early = before.a() * before.a() * variance + before.b();
      double late = level.a() * level.a() * variance + level.b();
      double passed = error * early * early / (late * late);
      double spread = early * step.b() / (late * late);
      double noise = r / step.b();
      double slope = noise + 1 / (r * early);
      double chosen =
          Double.isNaN(weight)
              ? spread * noise * slope / (passed + spread * slope * slope)
              : weight;
      double off = noise - chosen * slope;
      return new Step(chosen, chosen * chosen * passed + spread * off * off);
    }
  }

  /** The weight of the last step to a level, along an axis of a variance. */
  private static double weight(double variance, List<NoiseLevel> path, NoiseLevel level) {
    Step step = Step.first(variance, path.get(0));
    for (int k = 1; k < path.size(); k++) {
      step = step.then(variance, path.get(k - 1), path.get(k));
    }
    return step.then(variance, path.get(path.size() - 1), level).weight();
  }

  /**
   * Writes targets in units of the clean row: that of the weight w differs from that of the
   * cancelling weight c by {@code (b/a)·(w − c)·(s(t', x')/r + W/σ_τ²)} along each axis.
   */
  void write(TrainingTarget.Batch batch, TrainingTarget.Earlier earlier, double[] out) {
    NoiseLevel before = earlier.level();
    NoiseLevel level = batch.level();
    NoiseLevel step = before.to(level);
    double[] rows = earlier.rows();
    earlier.frozen().posteriorMean(before, rows, out);
    int d = batch.columns();
    double r = step.a();
    double[] factors = new double[d];
    for (int k = 0; k < d && step.b() > 0; k++) {
      double cancel = r * r * before.b() / level.b();
      double more = weight(variances[k], earlier.path(), level) - cancel;
      factors[k] = level.b() / (level.a() * r * before.b()) * more;
    }
    double share = r * before.b() / step.b();
    double[] off = new double[d];
    for (int at = 0; at < out.length && step.b() > 0; at += d) {
      for (int j = 0; j < d; j++) {
        double x = rows[at + j];
        off[j] = before.a() * out[at + j] - x + share * (batch.noisy()[at + j] - r * x);
      }
      for (int k = 0; k < d; k++) {
        if (axes == null) {
          out[at + k] += factors[k] * off[k];
          continue;
        }
        double along = 0;
        for (int j = 0; j < d; j++) {
          along += axes[k][j] * off[j];
        }
        for (int j = 0; j < d; j++) {
          out[at + j] += factors[k] * along * axes[k][j];
        }
      }
    }
  }
}
