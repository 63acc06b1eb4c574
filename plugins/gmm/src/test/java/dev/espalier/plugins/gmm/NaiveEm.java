package dev.espalier.plugins.gmm;

/**
 * EM written from the formulas with explicit inverses, one row at a time, without any floor: slow,
 * and independent of the one under test. Missing cells are {@code NaN}.
 */
final class NaiveEm {
  final double[] weights;
  final double[][] means;
  final double[][][] covariances;

  /** Of low-rank mixtures: the factors, d × r, and what they leave. */
  final double[][][] factors;

  final double[][] left;

  NaiveEm(
      double[] weights,
      double[][] means,
      double[][][] covariances,
      double[][][] factors,
      double[][] left) {
    this.weights = weights;
    this.means = means;
    this.covariances = covariances;
    this.factors = factors;
    this.left = left;
  }

  /** The same mixture in the engine's form, as a start. */
  Mixture mixture(Form form) {
    Mixture.Shape[] shapes = new Mixture.Shape[weights.length];
    for (int k = 0; k < shapes.length; k++) {
      double[] variances = new double[means[k].length];
      for (int j = 0; j < variances.length; j++) {
        variances[j] = covariances[k][j][j];
      }
      shapes[k] =
          form.kind() == CovarianceKind.LOWRANK
              ? Mixture.Shape.lowRank(factors[k], left[k], false)
              : form.dense()
                  ? Mixture.Shape.dense(covariances[k], false)
                  : Mixture.Shape.diagonal(variances, false);
    }
    return new Mixture(form, weights, means, shapes);
  }

  private static int[] cells(double[] row, boolean missing) {
    int[] all = new int[row.length];
    int count = 0;
    for (int j = 0; j < row.length; j++) {
      if (Double.isNaN(row[j]) == missing) {
        all[count++] = j;
      }
    }
    return java.util.Arrays.copyOf(all, count);
  }

  private double logDensity(int k, double[] row) {
    int[] seen = cells(row, false);
    double[][] part = new double[seen.length][seen.length];
    double[] delta = new double[seen.length];
    for (int i = 0; i < seen.length; i++) {
      delta[i] = row[seen[i]] - means[k][seen[i]];
      for (int j = 0; j < seen.length; j++) {
        part[i][j] = covariances[k][seen[i]][seen[j]];
      }
    }
    double[][] inverse = inverse(part);
    double sum = seen.length * Math.log(2 * Math.PI) + Math.log(determinant(part));
    for (int i = 0; i < seen.length; i++) {
      for (int j = 0; j < seen.length; j++) {
        sum += delta[i] * inverse[i][j] * delta[j];
      }
    }
    return -0.5 * sum;
  }

  private double[] joint(double[] row) {
    double[] joint = new double[weights.length];
    for (int k = 0; k < joint.length; k++) {
      joint[k] = weights[k] * Math.exp(logDensity(k, row));
    }
    return joint;
  }

  double logLikelihood(double[][] rows, double[] w) {
    double sum = 0;
    for (int i = 0; i < rows.length; i++) {
      double density = 0;
      for (double each : joint(rows[i])) {
        density += each;
      }
      sum += w[i] * Math.log(density);
    }
    return sum;
  }

  /** One step of EM. */
  NaiveEm step(double[][] rows, double[] w, Form form) {
    int count = weights.length;
    int d = means[0].length;
    double[] mass = new double[count];
    double[][] first = new double[count][d];
    double[][][] second = new double[count][d][d];
    double total = 0;
    for (int i = 0; i < rows.length; i++) {
      double[] joint = joint(rows[i]);
      double sum = 0;
      for (double each : joint) {
        sum += each;
      }
      total += w[i];
      for (int k = 0; k < count; k++) {
        double r = w[i] * joint[k] / sum;
        double[][] c = new double[d][d];
        double[] filled = filled(k, rows[i], c);
        mass[k] += r;
        for (int p = 0; p < d; p++) {
          first[k][p] += r * filled[p];
          for (int q = 0; q < d; q++) {
            second[k][p][q] += r * (filled[p] * filled[q] + c[p][q]);
          }
        }
      }
    }
    double[] nextWeights = new double[count];
    double[][] nextMeans = new double[count][d];
    double[][][] next = new double[count][d][d];
    double[][] pooled = new double[d][d];
    for (int k = 0; k < count; k++) {
      nextWeights[k] = mass[k] / total;
      for (int p = 0; p < d; p++) {
        nextMeans[k][p] = first[k][p] / mass[k];
      }
      for (int p = 0; p < d; p++) {
        for (int q = 0; q < d; q++) {
          next[k][p][q] = second[k][p][q] / mass[k] - nextMeans[k][p] * nextMeans[k][q];
          pooled[p][q] += nextWeights[k] * next[k][p][q];
        }
      }
    }
    double[][][] nextFactors = new double[count][][];
    double[][] nextLeft = new double[count][];
    for (int k = 0; k < count; k++) {
      switch (form.kind()) {
        case TIED -> next[k] = pooled;
        case DIAGONAL -> next[k] = diagonal(next[k], false);
        case SPHERICAL -> next[k] = diagonal(next[k], true);
        case LOWRANK -> {
          double[][] sample = next[k];
          double[][] factor = factors[k];
          double[] rest = left[k];
          for (int s = 0; s < 20; s++) {
            double[][] model = product(factor, transposed(factor));
            for (int j = 0; j < d; j++) {
              model[j][j] += rest[j];
            }
            double[][] beta = product(transposed(factor), inverse(model));
            double[][] cross = product(sample, transposed(beta));
            double[][] inner = product(beta, cross);
            double[][] explained = product(beta, factor);
            for (int a = 0; a < inner.length; a++) {
              for (int b = 0; b < inner.length; b++) {
                inner[a][b] += (a == b ? 1 : 0) - explained[a][b];
              }
            }
            factor = product(cross, inverse(inner));
            double[][] away = product(factor, product(beta, sample));
            rest = new double[d];
            for (int j = 0; j < d; j++) {
              rest[j] = sample[j][j] - away[j][j];
            }
          }
          next[k] = product(factor, transposed(factor));
          for (int j = 0; j < d; j++) {
            next[k][j][j] += rest[j];
          }
          nextFactors[k] = factor;
          nextLeft[k] = rest;
        }
        default -> {}
      }
    }
    return new NaiveEm(nextWeights, nextMeans, next, nextFactors, nextLeft);
  }

  /** The row with conditional means in its gaps; their covariance goes to {@code c}. */
  private double[] filled(int k, double[] row, double[][] c) {
    int[] seen = cells(row, false);
    int[] gaps = cells(row, true);
    double[] filled = row.clone();
    double[][] part = new double[seen.length][seen.length];
    for (int i = 0; i < seen.length; i++) {
      for (int j = 0; j < seen.length; j++) {
        part[i][j] = covariances[k][seen[i]][seen[j]];
      }
    }
    double[][] inverse = inverse(part);
    for (int gap : gaps) {
      filled[gap] = means[k][gap];
      for (int other : gaps) {
        c[gap][other] = covariances[k][gap][other];
      }
      for (int i = 0; i < seen.length; i++) {
        for (int j = 0; j < seen.length; j++) {
          double slope = covariances[k][gap][seen[i]] * inverse[i][j];
          filled[gap] += slope * (row[seen[j]] - means[k][seen[j]]);
          for (int other : gaps) {
            c[gap][other] -= slope * covariances[k][seen[j]][other];
          }
        }
      }
    }
    return filled;
  }

  private static double[][] diagonal(double[][] a, boolean same) {
    double[][] diagonal = new double[a.length][a.length];
    double trace = 0;
    for (int j = 0; j < a.length; j++) {
      trace += a[j][j];
    }
    for (int j = 0; j < a.length; j++) {
      diagonal[j][j] = same ? trace / a.length : a[j][j];
    }
    return diagonal;
  }

  static double[][] transposed(double[][] a) {
    double[][] t = new double[a[0].length][a.length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < t.length; j++) {
        t[j][i] = a[i][j];
      }
    }
    return t;
  }

  static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < c[i].length; j++) {
        for (int k = 0; k < b.length; k++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static double determinant(double[][] a) {
    return reduce(a, new double[a.length][a.length]);
  }

  private static double[][] inverse(double[][] a) {
    double[][] inverse = new double[a.length][a.length];
    reduce(a, inverse);
    return inverse;
  }

  /** Gauss and Jordan's elimination without pivoting; the determinant. */
  private static double reduce(double[][] matrix, double[][] inverse) {
    int n = matrix.length;
    double[][] a = new double[n][];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      inverse[i][i] = 1;
    }
    double determinant = 1;
    for (int p = 0; p < n; p++) {
      double pivot = a[p][p];
      determinant *= pivot;
      for (int j = 0; j < n; j++) {
        a[p][j] /= pivot;
        inverse[p][j] /= pivot;
      }
      for (int i = 0; i < n; i++) {
        double factor = i == p ? 0 : a[i][p];
        for (int j = 0; j < n; j++) {
          a[i][j] -= factor * a[p][j];
          inverse[i][j] -= factor * inverse[p][j];
        }
      }
    }
    return determinant;
  }
}
