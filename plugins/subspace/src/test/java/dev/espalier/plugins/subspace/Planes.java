package dev.espalier.plugins.subspace;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.List;
import java.util.random.RandomGenerator;

/** Random subspaces, rows near them, and laws on them. */
final class Planes {
  private Planes() {}

  /** Orthonormal random directions. */
  static double[][] directions(int columns, int rank, long seed) {
    RandomGenerator random = new Streams(seed).stream("directions", 0);
    double[][] directions = new double[rank][columns];
    for (int k = 0; k < rank; k++) {
      for (int j = 0; j < columns; j++) {
        directions[k][j] = random.nextGaussian();
      }
      Vectors.orthonormalise(directions, k);
    }
    return directions;
  }

  static double[] normal(int count, long seed) {
    RandomGenerator random = new Streams(seed).stream("normal", 0);
    double[] normal = new double[count];
    for (int i = 0; i < count; i++) {
      normal[i] = random.nextGaussian();
    }
    return normal;
  }

  /** Rows with coordinates of variances 1, 2, 3, …, and noise of a deviation everywhere. */
  static Samples rows(int count, int columns, int rank, double noise, long seed) {
    double[][] directions = directions(columns, rank, seed);
    double[] values = new double[count * columns];
    double[] row = new double[columns];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(seed).stream("rows", i);
      for (int j = 0; j < columns; j++) {
        row[j] = 2 + noise * random.nextGaussian();
      }
      for (int k = 0; k < rank; k++) {
        Vectors.add(Math.sqrt(k + 1) * random.nextGaussian(), directions[k], row);
      }
      System.arraycopy(row, 0, values, i * columns, columns);
    }
    return Samples.of(columns, values);
  }

  /** Two normal laws of two coordinates. */
  static GaussianMixture latent() {
    return GaussianMixture.of(
        List.of(
            Component.of(
                0.3, new double[] {2, -1}, Covariance.full(new double[][] {{1, 0.3}, {0.3, 0.4}})),
            Component.of(
                0.7,
                new double[] {-1, 0.5},
                Covariance.full(new double[][] {{0.2, -0.1}, {-0.1, 2}}))));
  }

  /** The law of {@code mean + V·z + e} without any structure. */
  static GaussianMixture dense(
      double[] mean, double[][] directions, double variance, GaussianMixture latent) {
    int d = mean.length;
    List<Component> components =
        latent.components().stream()
            .map(
                each -> {
                  double[] centre = mean.clone();
                  double[][] covariance = new double[d][d];
                  double[][] inner = each.covariance().matrix();
                  for (int k = 0; k < directions.length; k++) {
                    Vectors.add(each.mean(k), directions[k], centre);
                    for (int l = 0; l < directions.length; l++) {
                      double weight = inner[k][l] - (k == l ? variance : 0);
                      for (int i = 0; i < d; i++) {
                        Vectors.add(weight * directions[k][i], directions[l], covariance[i]);
                      }
                    }
                  }
                  for (int i = 0; i < d; i++) {
                    covariance[i][i] += variance;
                    for (int j = 0; j < i; j++) {
                      covariance[i][j] = covariance[j][i];
                    }
                  }
                  return Component.of(each.weight(), centre, Covariance.full(covariance));
                })
            .toList();
    return GaussianMixture.of(components);
  }
}
