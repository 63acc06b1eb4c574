package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Random laws and rows of them, for tests. */
final class Laws {

  private Laws() {}

  /** The kinds of covariance. */
  enum Kind {
    FULL,
    DIAGONAL,
    SPHERICAL,
    LOW_RANK
  }

  static RandomGenerator random(String name) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(name.hashCode());
  }

  static double[] normals(int count, RandomGenerator random) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextGaussian();
    }
    return values;
  }

  static double[][] normals(int rows, int columns, RandomGenerator random) {
    double[][] values = new double[rows][];
    for (int i = 0; i < rows; i++) {
      values[i] = normals(columns, random);
    }
    return values;
  }

  /** A well-conditioned covariance with variances of the order of 1. */
  static Covariance covariance(Kind kind, int d, RandomGenerator random) {
    double[] variances = new double[d];
    for (int j = 0; j < d; j++) {
      variances[j] = 0.2 + random.nextDouble();
    }
    return switch (kind) {
      case FULL -> {
        double[][] root = normals(d, d, random);
        double[][] matrix = new double[d][d];
        for (int i = 0; i < d; i++) {
          for (int j = 0; j < d; j++) {
            for (int k = 0; k < d; k++) {
              matrix[i][j] += root[i][k] * root[j][k] / d;
            }
          }
          matrix[i][i] += variances[i];
        }
        yield Covariance.full(matrix);
      }
      case DIAGONAL -> Covariance.diagonal(variances);
      case SPHERICAL -> Covariance.spherical(d, variances[0]);
      case LOW_RANK -> Covariance.lowRank(normals(d, 1 + d / 3, random), variances);
    };
  }

  static GaussianMixture mixture(Kind kind, int components, int d, RandomGenerator random) {
    List<Component> all = new ArrayList<>();
    for (int c = 0; c < components; c++) {
      all.add(
          Component.of(0.2 + random.nextDouble(), normals(d, random), covariance(kind, d, random)));
    }
    return GaussianMixture.of(all);
  }

  /** Rows of the law, noised to the level. */
  static double[] rows(GaussianMixture law, NoiseLevel level, int count, RandomGenerator random) {
    int d = law.columns();
    double[] rows = new double[count * d];
    double[] row = new double[d];
    for (int i = 0; i < count; i++) {
      law.draw(random, row);
      for (int j = 0; j < d; j++) {
        rows[i * d + j] = level.a() * row[j] + Math.sqrt(level.b()) * random.nextGaussian();
      }
    }
    return rows;
  }

  static double norm(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += value * value;
    }
    return Math.sqrt(sum);
  }

  static double distance(double[] x, double[] y) {
    double[] difference = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      difference[i] = x[i] - y[i];
    }
    return norm(difference);
  }
}
