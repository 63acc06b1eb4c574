package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.ArrayList;
import java.util.List;

/** The mixtures that the experiments use: equal weights, one spherical variance. */
final class Laws {
  private Laws() {}

  /** Components at the given places of a line. */
  static GaussianMixture line(double variance, List<Double> means) {
    return along(variance, means, new double[] {1});
  }

  /** {@code count} components with the given spacing around zero, on a line. */
  static List<Double> spaced(int count, double spacing) {
    List<Double> means = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      means.add(spacing * (k - 0.5 * (count - 1)));
    }
    return List.copyOf(means);
  }

  /** Components at the given places of the line along a unit vector. */
  static GaussianMixture along(double variance, List<Double> places, double[] direction) {
    List<double[]> means = new ArrayList<>();
    for (double place : places) {
      double[] mean = direction.clone();
      for (int j = 0; j < mean.length; j++) {
        mean[j] *= place;
      }
      means.add(mean);
    }
    return at(variance, means);
  }

  /** Components at the given means. */
  static GaussianMixture at(double variance, List<double[]> means) {
    List<Component> components = new ArrayList<>();
    for (double[] mean : means) {
      components.add(Component.of(1, mean, Covariance.spherical(mean.length, variance)));
    }
    return GaussianMixture.of(components);
  }

  /** The density of a law on a line at the points, at a level. */
  static double[] density(GaussianMixture law, NoiseLevel level, double[] points) {
    double[] density = new double[points.length];
    law.logDensity(level, points, density);
    for (int i = 0; i < density.length; i++) {
      density[i] = StrictMath.exp(density[i]);
    }
    return density;
  }

  /** The standard normal density at the points. */
  static double[] standardNormal(double[] points) {
    double[] density = new double[points.length];
    for (int i = 0; i < density.length; i++) {
      density[i] = StrictMath.exp(-0.5 * points[i] * points[i]) / StrictMath.sqrt(2 * Math.PI);
    }
    return density;
  }
}
