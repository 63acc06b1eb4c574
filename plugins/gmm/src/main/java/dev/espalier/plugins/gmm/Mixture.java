package dev.espalier.plugins.gmm;

import java.io.Serializable;

/** A Gaussian mixture in scaled units, in the course of EM. */
final class Mixture implements Serializable {
  private static final long serialVersionUID = 1;

  private final Form form;
  private final double[] weights;
  private final double[][] means;
  private final Shape[] shapes;

  /**
   * The shape of one component.
   *
   * @see Maximisation
   */
  static final class Shape implements Serializable {
    private static final long serialVersionUID = 1;

    private final double[][] covariance;
    private final double[] variances;
    private final double[][] factor;
    private final boolean floored;

    private Shape(double[][] covariance, double[] variances, double[][] factor, boolean floored) {
      this.covariance = covariance;
      this.variances = variances;
      this.factor = factor;
      this.floored = floored;
    }

    static Shape dense(double[][] covariance, boolean floored) {
      return new Shape(covariance, new double[0], new double[0][], floored);
    }

    static Shape diagonal(double[] variances, boolean floored) {
      return new Shape(new double[0][], variances, new double[0][], floored);
    }

    /** {@code factor·factorᵀ + diag(variances)}, the factor as d rows. */
    static Shape lowRank(double[][] factor, double[] variances, boolean floored) {
      int d = variances.length;
      double[][] covariance = new double[d][d];
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          double sum = i == j ? variances[i] : 0;
          for (int r = 0; r < factor[i].length; r++) {
            sum += factor[i][r] * factor[j][r];
          }
          covariance[i][j] = sum;
          covariance[j][i] = sum;
        }
      }
      return new Shape(covariance, variances, factor, floored);
    }

    /** The covariance matrix of a dense form. */
    double[][] covariance() {
      return covariance;
    }

    /** The variances of a diagonal form, or what the factors leave. */
    double[] variances() {
      return variances;
    }

    /** The factor of a low-rank form, d rows. */
    double[][] factor() {
      return factor;
    }

    /** Whether the variance floor acted. */
    boolean floored() {
      return floored;
    }
  }

  Mixture(Form form, double[] weights, double[][] means, Shape[] shapes) {
    this.form = form;
    this.weights = weights;
    this.means = means;
    this.shapes = shapes;
  }

  Form form() {
    return form;
  }

  int components() {
    return weights.length;
  }

  double weight(int k) {
    return weights[k];
  }

  double[] mean(int k) {
    return means[k];
  }

  Shape shape(int k) {
    return shapes[k];
  }

  int floored() {
    int count = 0;
    for (Shape shape : shapes) {
      count += shape.floored() ? 1 : 0;
    }
    return count;
  }
}
