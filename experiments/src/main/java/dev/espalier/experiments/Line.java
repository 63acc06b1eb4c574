package dev.espalier.experiments;

import java.io.Serializable;

/**
 * Evenly spaced points of a line, and what can be done exactly with functions on them.
 *
 * <p>Densities are smooth at the scale of the spacing, so that interpolation by polynomials of
 * degree five and sums over all points are exact to about ten digits.
 *
 * @param low the first point
 * @param high the end, one spacing after the last point
 * @param size the number of points, a power of two
 */
record Line(double low, double high, int size) implements Serializable {

  /** Points that an interpolation uses. */
  private static final int STENCIL = 6;

  /** Deviations after which a normal density is nothing. */
  private static final double REACH = 8;

  /** An exponent below which an exponential is nothing. */
  private static final double NEVER = -100;

  /** A share of the density that changes no digit. */
  private static final double NOTHING = 1e-22;

  /** The line from {@code low} to {@code high} with a spacing of at most {@code spacing}. */
  static Line of(double low, double high, double spacing) {
    int size = 1;
    while ((high - low) / size > spacing) {
      size *= 2;
    }
    return new Line(low, high, size);
  }

  double spacing() {
    return (high - low) / size;
  }

  double[] points() {
    double[] points = new double[size];
    for (int i = 0; i < size; i++) {
      points[i] = low + i * spacing();
    }
    return points;
  }

  /** The integral of a density up to each point, by the rule of degree five around each spacing. */
  double[] cumulative(double[] density) {
    double[] below = new double[size];
    for (int i = 1; i < size; i++) {
      double outer = 0;
      double middle = density[i - 1] + density[i];
      if (i >= 3 && i + 2 < size) {
        outer = (11 * (density[i - 3] + density[i + 2]) - 93 * (density[i - 2] + density[i + 1]));
        middle = 802 * middle;
      } else {
        middle = 720 * middle;
      }
      below[i] = below[i - 1] + spacing() * (outer + middle) / 1440;
    }
    return below;
  }

  /** Half the sum of the absolute differences of what lies between the points. */
  double totalVariationBetween(double[] below, double[] otherBelow) {
    double sum = 0;
    for (int i = 1; i < size; i++) {
      sum += Math.abs(below[i] - below[i - 1] - (otherBelow[i] - otherBelow[i - 1]));
    }
    return 0.5 * sum;
  }

  /** Half the integral of the absolute difference. */
  double totalVariation(double[] p, double[] q) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += Math.abs(p[i] - q[i]);
    }
    return 0.5 * spacing() * sum;
  }

  /**
   * A function known at other points, at the points of this line.
   *
   * @param nodes where it is known, rising
   * @param values what it is there
   * @param before its value below the first node
   * @param after its value above the last node
   */
  double[] interpolate(double[] nodes, double[] values, double before, double after) {
    int count = nodes.length;
    for (int k = 1; k < count; k++) {
      if (!(nodes[k] > nodes[k - 1])) {
        throw new IllegalStateException(
            "need a rising map to follow a density, got " + nodes[k - 1] + " and " + nodes[k]);
      }
    }
    double[] out = new double[size];
    int right = 0;
    for (int i = 0; i < size; i++) {
      double at = low + i * spacing();
      while (right < count && nodes[right] < at) {
        right++;
      }
      if (right == 0 || right == count) {
        boolean exact = right < count && nodes[right] == at;
        out[i] = exact ? values[right] : right == 0 ? before : after;
      } else {
        int first = Math.max(0, Math.min(count - STENCIL, right - STENCIL / 2));
        out[i] = neville(nodes, values, first, at);
      }
    }
    return out;
  }

  private static double neville(double[] nodes, double[] values, int first, double at) {
    double[] work = new double[STENCIL];
    System.arraycopy(values, first, work, 0, STENCIL);
    for (int order = 1; order < STENCIL; order++) {
      for (int k = 0; k < STENCIL - order; k++) {
        double left = nodes[first + k];
        double right = nodes[first + k + order];
        work[k] = ((right - at) * work[k] + (at - left) * work[k + 1]) / (right - left);
      }
    }
    return work[0];
  }

  /** A density spread from every point by a normal law with a mean and deviation of its own. */
  double[] spread(double[] density, double[] mean, double[] deviation) {
    double[] out = new double[size];
    double unit = spacing() / StrictMath.sqrt(2 * Math.PI);
    for (int j = 0; j < size; j++) {
      double reach = REACH * deviation[j];
      int first = (int) Math.max(0, Math.ceil((mean[j] - reach - low) / spacing()));
      int last = (int) Math.min(size - 1, Math.floor((mean[j] + reach - low) / spacing()));
      double weight = unit * density[j] / deviation[j];
      if (weight > NOTHING) {
        for (int i = first; i <= last; i++) {
          double z = (low + i * spacing() - mean[j]) / deviation[j];
          out[i] += weight * StrictMath.exp(-0.5 * z * z);
        }
      }
    }
    return out;
  }

  /**
   * A function convolved with the normal density of the given variance.
   *
   * @param fourier of this size
   */
  double[] blur(double[] values, double variance, Fourier fourier) {
    double[] real = values.clone();
    double[] imaginary = new double[size];
    fourier.transform(real, imaginary, -1);
    double unit = 2 * Math.PI / (high - low);
    for (int k = 0; k < size; k++) {
      double frequency = unit * Math.min(k, size - k);
      double exponent = -0.5 * variance * frequency * frequency;
      double factor = exponent < NEVER ? 0 : StrictMath.exp(exponent) / size;
      real[k] *= factor;
      imaginary[k] *= factor;
    }
    fourier.transform(real, imaginary, 1);
    return real;
  }
}
