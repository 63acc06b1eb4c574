package dev.espalier.plots;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** The values of one axis, from where to where, and its marks. */
record Span(Axis axis, double low, double high) {

  /** Fits the axis to values; those that have no place on it are not looked at. */
  static Span of(Axis axis, Iterable<Double> values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double each : values) {
      if (placed(axis, each)) {
        low = Math.min(low, each);
        high = Math.max(high, each);
      }
    }
    if (!(low <= high)) {
      low = axis.scale() == Axis.Scale.LOG ? 1 : 0;
      high = 1;
    }
    if (axis.scale() == Axis.Scale.LOG) {
      return low == high ? new Span(axis, low / 2, high * 2) : new Span(axis, low, high);
    }
    if (low == high) {
      double wide = low == 0 ? 1 : Math.abs(low) * 0.5;
      return new Span(axis, low - wide, high + wide);
    }
    return new Span(axis, low, high);
  }

  static boolean placed(Axis axis, double value) {
    return Double.isFinite(value) && (axis.scale() == Axis.Scale.LINEAR || value > 0);
  }

  boolean has(double value) {
    return placed(axis, value) && value >= low && value <= high;
  }

  /** Where a value lies, from 0 at the low end to 1 at the high end. */
  double place(double value) {
    if (axis.scale() == Axis.Scale.LOG) {
      double from = StrictMath.log(low);
      return (StrictMath.log(value) - from) / (StrictMath.log(high) - from);
    }
    // halves, for the difference of two finite numbers may be infinite
    return (value / 2 - low / 2) / (high / 2 - low / 2);
  }

  /** With a little room on both sides, and 0 included where it is nearly reached. */
  Span padded() {
    if (axis.scale() == Axis.Scale.LOG) {
      double room = StrictMath.exp(0.04 * (StrictMath.log(high) - StrictMath.log(low)));
      return new Span(axis, low / room, high * room);
    }
    double room = 0.04 * (high - low);
    boolean grounded = low >= 0 && low < 0.3 * high;
    return Double.isFinite(room) ? new Span(axis, grounded ? 0 : low - room, high + room) : this;
  }

  List<Axis.Tick> ticks(int about) {
    if (!axis.ticks().isEmpty()) {
      return axis.ticks().stream().filter(tick -> has(tick.at())).toList();
    }
    if (axis.scale() == Axis.Scale.LOG) {
      List<Axis.Tick> decades = decades(about);
      if (decades.size() >= 2) {
        return decades;
      }
    }
    return regular(about);
  }

  /** Powers of ten, every one or every few of them. */
  private List<Axis.Tick> decades(int about) {
    int first = (int) StrictMath.ceil(StrictMath.log10(low) - 1e-9);
    int last = (int) StrictMath.floor(StrictMath.log10(high) + 1e-9);
    int every = Math.max(1, (last - first + about) / about);
    List<Axis.Tick> ticks = new ArrayList<>();
    for (int power = Math.floorDiv(first + every - 1, every) * every;
        power <= last;
        power += every) {
      double at = new BigDecimal("1E" + power).doubleValue();
      ticks.add(new Axis.Tick(at, brief(at)));
    }
    return ticks;
  }

  /** Multiples of 1, 2 or 5 times a power of ten. */
  private List<Axis.Tick> regular(int about) {
    BigDecimal from = new BigDecimal(low);
    BigDecimal width = new BigDecimal(high).subtract(from);
    BigDecimal rough = width.divide(BigDecimal.valueOf(about), MathContext.DECIMAL64);
    BigDecimal unit = BigDecimal.ONE.scaleByPowerOfTen(rough.precision() - rough.scale() - 1);
    double ratio = rough.divide(unit, MathContext.DECIMAL64).doubleValue();
    BigDecimal step =
        unit.multiply(BigDecimal.valueOf(ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10));
    BigDecimal at = from.divide(step, 0, RoundingMode.CEILING).multiply(step);
    List<Axis.Tick> ticks = new ArrayList<>();
    for (; at.doubleValue() <= high && ticks.size() <= 2 * about; at = at.add(step)) {
      ticks.add(new Axis.Tick(at.doubleValue(), text(at)));
    }
    return ticks;
  }

  private static String text(BigDecimal at) {
    BigDecimal plain = at.signum() == 0 ? BigDecimal.ZERO : at.stripTrailingZeros();
    int top = plain.precision() - plain.scale();
    return plain.signum() == 0 || top <= 6 && top >= -3 ? plain.toPlainString() : exponent(plain);
  }

  private static String exponent(BigDecimal plain) {
    int power = plain.precision() - plain.scale() - 1;
    return plain.scaleByPowerOfTen(-power).stripTrailingZeros().toPlainString() + "e" + power;
  }

  /** A number in four significant digits. */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return "none";
    }
    return text(new BigDecimal(value).round(new MathContext(4)));
  }
}
