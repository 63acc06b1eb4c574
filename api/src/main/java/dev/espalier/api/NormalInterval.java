package dev.espalier.api;

/**
 * A standard normal number that is known to lie in an interval, however far in the tail.
 *
 * <p>Probabilities are kept as logarithms and formed from the tail nearer by, so that nothing
 * cancels: from a series for {@code Φ(z) − ½} below z = 2.3 and from Laplace's continued fraction
 * for the ratio of Mills beyond. Immutable.
 */
public final class NormalInterval {

  private static final double LOG_ROOT_TWO_PI = 0.9189385332046727;
  private static final double LOG_HALF = -0.6931471805599453;

  /** Beyond this the continued fraction is used. */
  private static final double FAR = 2.3;

  /** Where the lower end is at least this, everything is measured from the tail beyond it. */
  private static final double TAIL = 0.5;

  /** A length below which moments are series in the length. */
  private static final double NARROW = 0.03;

  /** A length below which the density is a line over the interval. */
  private static final double LINE = 1e-4;

  /** Beyond this the density falls off as an exponential one. */
  private static final double EXPONENTIAL = 1e3;

  private enum Shape {
    NARROW,
    TAIL,
    WIDE
  }

  /** Whether the ends are those of the mirror image. */
  private final boolean mirrored;

  private final double low;
  private final double high;
  private final Shape shape;
  private final double logMass;

  /** In a tail, the share of it that lies beyond the upper end. */
  private final double beyond;

  private NormalInterval(double from, double to) {
    mirrored = from + to < 0;
    low = mirrored ? -to : from;
    high = mirrored ? -from : to;
    double width = high - low;
    boolean tail = low >= TAIL;
    beyond = tail && high < Double.POSITIVE_INFINITY ? StrictMath.exp(fall(low, high)) : 0;
    if (length(width) < NARROW) {
      shape = Shape.NARROW;
      double m2 = square(low + 0.5 * width);
      double w2 = width * width;
      logMass =
          -0.5 * m2
              - LOG_ROOT_TWO_PI
              + StrictMath.log(width)
              + StrictMath.log1p((m2 - 1) * w2 / 24 + ((m2 - 6) * m2 + 3) * w2 * w2 / 1920);
    } else if (tail) {
      shape = Shape.TAIL;
      logMass = logUpper(low) + StrictMath.log1p(-beyond);
    } else {
      shape = Shape.WIDE;
      logMass = StrictMath.log(central(high) - central(low));
    }
  }

  /**
   * The interval between two ends.
   *
   * @param low maybe {@code -∞}
   * @param high above {@code low}, maybe {@code +∞}
   */
  public static NormalInterval of(double low, double high) {
    if (!(low < high)) {
      throw new IllegalArgumentException("need low < high, got " + low + " and " + high);
    }
    return new NormalInterval(low, high);
  }

  /** The width beside how fast the density changes. */
  private double length(double width) {
    return width * (1 + Math.max(Math.abs(low), Math.abs(high)));
  }

  private static double square(double x) {
    return x * x;
  }

  /** The logarithm of the probability of the interval. */
  public double logMass() {
    return logMass;
  }

  /** The mean of a normal number in the interval. */
  public double mean() {
    double mean;
    if (shape == Shape.NARROW) {
      double width = high - low;
      double w2 = width * width;
      double middle = low + 0.5 * width;
      mean = middle - middle * w2 / 12 * (1 - w2 * (middle * middle / 60 + 1.0 / 30));
    } else if (shape == Shape.TAIL) {
      double upper = beyond == 0 ? 0 : beyond / mills(high);
      mean = (1 / mills(low) - upper) / (1 - beyond);
    } else {
      mean = (density(low) - density(high)) / StrictMath.exp(logMass);
    }
    mean = Math.max(low, Math.min(high, mean));
    return mirrored ? -mean : mean;
  }

  /** The variance of a normal number in the interval, from 0 to 1. */
  public double variance() {
    double width = high - low;
    if (shape == Shape.NARROW) {
      double w2 = width * width;
      return w2 / 12 * (1 - w2 * (square(low + 0.5 * width) / 20 + 1.0 / 30));
    }
    if (low > EXPONENTIAL) {
      double lost = low * width < 700 ? low * width / StrictMath.expm1(low * width) : 0;
      return (1 - lost * lost * StrictMath.exp(Math.min(700, low * width))) / low / low;
    }
    double mean = mirrored ? -mean() : mean();
    double variance;
    if (shape == Shape.TAIL) {
      double upper = beyond == 0 ? 0 : high * beyond / mills(high);
      variance = 1 + (low / mills(low) - upper) / (1 - beyond) - mean * mean;
    } else {
      double ends =
          (Double.isInfinite(low) ? 0 : low * density(low))
              - (Double.isInfinite(high) ? 0 : high * density(high));
      variance = 1 + ends / StrictMath.exp(logMass) - mean * mean;
    }
    double most = Math.min(1, 0.25 * width * width);
    return Math.max(0, Math.min(most, variance));
  }

  /**
   * The number below which a normal number in the interval lies with probability {@code u}.
   *
   * @param u from 0 to 1
   */
  public double quantile(double u) {
    if (!(u >= 0 && u <= 1)) {
      throw new IllegalArgumentException("need 0 <= u <= 1, got " + u);
    }
    double from = mirrored ? 1 - u : u;
    double found;
    double width = high - low;
    if (length(width) < LINE) {
      double middle = low + 0.5 * width;
      found = low + width * (from + 0.5 * middle * width * (from * from - from));
    } else if (low >= TAIL) {
      double fall =
          from < 0.5
              ? StrictMath.log1p(-from * (1 - beyond))
              : StrictMath.log(1 - from + from * beyond);
      found = descend(low, fall);
    } else {
      double mass = StrictMath.exp(logMass);
      double below = StrictMath.exp(logUpper(-low)) + from * mass;
      double above = StrictMath.exp(logUpper(high)) + (1 - from) * mass;
      found =
          below < above
              ? -descend(0, StrictMath.log(below) - LOG_HALF)
              : descend(0, StrictMath.log(above) - LOG_HALF);
    }
    found = Math.max(low, Math.min(high, found));
    return mirrored ? -found : found;
  }

  /** The logarithm of the probability beyond {@code z}. */
  private static double logUpper(double z) {
    if (z == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    if (z >= FAR) {
      return -0.5 * z * z - LOG_ROOT_TWO_PI + StrictMath.log(mills(z));
    }
    return z <= -FAR
        ? StrictMath.log1p(-StrictMath.exp(logUpper(-z)))
        : StrictMath.log(0.5 - central(z));
  }

  /** {@code log(Q(z)/Q(from))} for {@code 0 <= from <= z}. */
  private static double fall(double from, double z) {
    return -0.5 * (z - from) * (z + from) + StrictMath.log(mills(z) / mills(from));
  }

  /** The {@code z >= from} where {@link #fall} has a value, by Newton's method from above. */
  private static double descend(double from, double fall) {
    if (fall >= 0) {
      return from;
    }
    if (fall == Double.NEGATIVE_INFINITY) {
      return Double.POSITIVE_INFINITY;
    }
    double z = from - fall * mills(from);
    for (int round = 0; round < 100; round++) {
      double next = z + (fall(from, z) - fall) * mills(z);
      if (!(next < z && next > from)) {
        break;
      }
      z = next;
    }
    return z;
  }

  /** {@code Q(z)/φ(z)} for {@code z >= 0}. */
  private static double mills(double z) {
    if (z < FAR) {
      return (0.5 - central(z)) / density(z);
    }
    double fraction = z;
    for (int k = (int) (12 + 400 / (z * z)); k >= 1; k--) {
      fraction = z + k / fraction;
    }
    return 1 / fraction;
  }

  private static double density(double z) {
    return StrictMath.exp(-0.5 * z * z - LOG_ROOT_TWO_PI);
  }

  /** {@code Φ(z) − ½}. */
  private static double central(double z) {
    double size = Math.abs(z);
    if (size >= FAR) {
      double tail = size == Double.POSITIVE_INFINITY ? 0 : mills(size) * density(size);
      return z > 0 ? 0.5 - tail : tail - 0.5;
    }
    double term = z;
    double sum = z;
    for (int k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
      term *= z * z / k;
      sum += term;
    }
    return sum * density(z);
  }
}
