package dev.espalier.experiments;

import java.io.Serializable;
import java.util.List;

/**
 * A mixture of multivariate Student's t laws with covariance I, its components on a line.
 *
 * <p>Its density depends on the place along the line and the distance from it alone, so that
 * integrals over any number of dimensions are over two.
 */
final class HeavyMixture implements Serializable {
  private static final long serialVersionUID = 1;

  /** Points of the logarithm of the distance from the line, around that of most normal vectors. */
  private static final int POINTS = 300;

  private static final double NEAREST = -7;
  private static final double FARTHEST = 5;

  /** The line goes on this many times its own length on each side, where only this law is. */
  private static final int FARTHER = 20;

  private static final int POINTS_BEYOND = 4000;

  private final List<Double> places;
  private final int freedom;
  private final int columns;
  private final double constant;

  private HeavyMixture(List<Double> places, int freedom, int columns) {
    this.places = places;
    this.freedom = freedom;
    this.columns = columns;
    this.constant =
        Radial.logGammaOfHalf(freedom + columns)
            - Radial.logGammaOfHalf(freedom)
            - 0.5 * columns * StrictMath.log(Math.PI * (freedom - 2));
  }

  /**
   * Components of equal weight.
   *
   * @param places of the components on the line
   * @param freedom the degrees of freedom, above 2
   * @param columns the number of dimensions
   */
  static HeavyMixture of(List<Double> places, int freedom, int columns) {
    return new HeavyMixture(List.copyOf(places), freedom, columns);
  }

  /**
   * Total variation to a law whose places along the line have a density and whose coordinates off
   * it are standard normal.
   */
  double totalVariation(Line line, double[] density) {
    double[] points = line.points();
    double[] distances = new double[columns == 1 ? 0 : POINTS];
    double[] volumes = new double[distances.length];
    double[] normals = new double[distances.length];
    int off = columns - 1;
    double step = (FARTHEST - NEAREST) / POINTS;
    for (int k = 0; k < distances.length; k++) {
      double log = NEAREST + (k + 0.5) * step + 0.5 * StrictMath.log(off);
      distances[k] = StrictMath.exp(2 * log);
      volumes[k] = Radial.logSphere(off) + off * log + StrictMath.log(step);
      double normal = -0.5 * off * StrictMath.log(2 * Math.PI) - 0.5 * distances[k];
      normals[k] = StrictMath.exp(volumes[k] + normal);
    }
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      double other = Math.max(0, density[i]);
      if (columns == 1) {
        sum += Math.abs(density(points[i], 0, 0) - other);
      }
      for (int k = 0; k < distances.length; k++) {
        sum += Math.abs(density(points[i], distances[k], volumes[k]) - other * normals[k]);
      }
    }
    return 0.5 * (line.spacing() * sum + of(places, freedom, 1).beyond(line));
  }

  /** What this law of one column has beyond a line. */
  private double beyond(Line line) {
    double spacing = FARTHER * (line.high() - line.low()) / POINTS_BEYOND;
    double sum = 0;
    for (int i = 0; i < POINTS_BEYOND; i++) {
      double past = (i + 0.5) * spacing;
      sum += density(line.low() - past, 0, 0) + density(line.high() + past, 0, 0);
    }
    return spacing * sum;
  }

  /** The density at a place and a squared distance, times the exponential of {@code logVolume}. */
  private double density(double place, double squaredDistance, double logVolume) {
    double scale = freedom - 2;
    double sum = 0;
    for (double mean : places) {
      double square = (place - mean) * (place - mean) + squaredDistance;
      double log =
          logVolume + constant - 0.5 * (freedom + columns) * StrictMath.log1p(square / scale);
      sum += StrictMath.exp(log);
    }
    return sum / places.size();
  }
}
