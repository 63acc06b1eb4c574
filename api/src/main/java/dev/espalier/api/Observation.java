package dev.espalier.api;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Something that was observed of a row and that a law can be conditioned on. */
public sealed interface Observation extends Serializable {

  /** Some columns observed exactly. */
  static Observation columns(Map<Integer, Double> values) {
    return new Columns(values);
  }

  /** A noisy linear observation; see {@link Linear}. */
  static Observation linear(double[][] h, double[] y, double[][] r) {
    return new Linear(h, y, r);
  }

  /** A column in an interval; see {@link Range}. */
  static Observation range(int column, double low, double high) {
    return new Range(column, low, high);
  }

  /** A category; see {@link Label}. */
  static Observation label(String label, String category) {
    return new Label(label, category);
  }

  /**
   * A weighted sum of columns known exactly.
   *
   * @param weights one a column, finite, not all 0
   */
  static Observation sum(double[] weights, double value) {
    return new Linear(
        new double[][] {new Between(weights, value, Double.POSITIVE_INFINITY).weights},
        new double[] {value},
        new double[1][1]);
  }

  /** A weighted sum of columns in an interval; see {@link Between}. */
  static Observation between(double[] weights, double low, double high) {
    return new Between(weights, low, high);
  }

  /**
   * Columns observed exactly, by index; in rising order of the index.
   *
   * @param values finite values
   */
  record Columns(Map<Integer, Double> values) implements Observation {
    /** Copies and checks. */
    public Columns {
      values.forEach(
          (column, value) -> {
            if (!(column >= 0 && Double.isFinite(value))) {
              throw new IllegalArgumentException(
                  "need a column index >= 0 and a finite value, got column "
                      + column
                      + " = "
                      + value);
            }
          });
      values = Collections.unmodifiableMap(new TreeMap<>(values));
    }
  }

  /**
   * A column known to lie in an interval.
   *
   * @param column its index
   * @param low the lower end, maybe {@code -∞}
   * @param high the upper end, above {@code low}, maybe {@code +∞}
   */
  record Range(int column, double low, double high) implements Observation {
    /** Checks the order. */
    public Range {
      if (!(column >= 0 && low < high)) {
        throw new IllegalArgumentException(
            "need a column index >= 0 and low < high, got column "
                + column
                + ", "
                + low
                + " and "
                + high);
      }
    }

    /**
     * The same of rows of so many columns.
     *
     * @throws IllegalArgumentException if there is no such column
     */
    public Between over(int columns) {
      if (column >= columns) {
        throw new IllegalArgumentException(
            "need columns below " + columns + ", got column " + column);
      }
      double[] weights = new double[columns];
      weights[column] = 1;
      return new Between(weights, low, high);
    }
  }

  /** A weighted sum of columns known to lie in an interval: {@code low <= w·x0 <= high}. */
  final class Between implements Observation {
    private static final long serialVersionUID = 1;

    private final double[] weights;
    private final double low;
    private final double high;

    /**
     * Copies and checks.
     *
     * @param weights one a column, finite, not all 0
     * @param low the lower end, maybe {@code -∞}
     * @param high the upper end, above {@code low}, maybe {@code +∞}
     */
    public Between(double[] weights, double low, double high) {
      boolean some = false;
      for (double weight : weights) {
        if (!Double.isFinite(weight)) {
          throw new IllegalArgumentException("need finite weights, got " + weight);
        }
        some |= weight != 0;
      }
      if (!(some && low < high)) {
        throw new IllegalArgumentException(
            "need a weight other than 0 and low < high, got "
                + Arrays.toString(weights)
                + ", "
                + low
                + " and "
                + high);
      }
      this.weights = weights.clone();
      this.low = low;
      this.high = high;
    }

    /** The number of columns of the rows observed. */
    public int columns() {
      return weights.length;
    }

    /** A copy of the weights, one a column. */
    public double[] weights() {
      return weights.clone();
    }

    /** The lower end. */
    public double low() {
      return low;
    }

    /** The upper end. */
    public double high() {
      return high;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Between that
          && Arrays.equals(weights, that.weights)
          && low == that.low
          && high == that.high;
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Arrays.hashCode(weights) + Double.hashCode(low)) + Double.hashCode(high);
    }

    @Override
    public String toString() {
      return "Between[weights="
          + Arrays.toString(weights)
          + ", low="
          + low
          + ", high="
          + high
          + "]";
    }
  }

  /**
   * A category observed.
   *
   * @param label the name of the label, such as {@code species}
   * @param category its value, such as {@code Adelie}
   */
  record Label(String label, String category) implements Observation {}

  /**
   * A noisy linear observation {@code y = H·x0 + e} with {@code e ~ N(0, R)}.
   *
   * <p>{@code R} is a full covariance matrix, because a structure that passes an observation on to
   * its inner part makes the noise of the parts dependent. It may be singular.
   */
  final class Linear implements Observation {
    private static final long serialVersionUID = 1;

    private final double[][] h;
    private final double[] y;
    private final double[][] r;

    /** Copies and checks: {@code h} is m × d, {@code y} has m values, {@code r} is m × m. */
    public Linear(double[][] h, double[] y, double[][] r) {
      int m = y.length;
      if (!(m > 0 && h.length == m && r.length == m)) {
        throw new IllegalArgumentException(
            "need as many rows in H and R as values in y, at least one, got "
                + h.length
                + ", "
                + r.length
                + " and "
                + m);
      }
      this.h = copy(h, h[0].length, "H");
      this.y = y.clone();
      this.r = copy(r, m, "R");
      for (double value : y) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("need finite observed values, got " + value);
        }
      }
      for (int i = 0; i < m; i++) {
        for (int j = 0; j <= i; j++) {
          double scale = Math.sqrt(Math.max(0, r[i][i]) * Math.max(0, r[j][j]));
          if (!(r[i][i] >= 0 && Math.abs(r[i][j] - r[j][i]) <= 1e-9 * scale)) {
            throw new IllegalArgumentException(
                "need a symmetric noise covariance R with a diagonal >= 0, got R["
                    + i
                    + "]["
                    + j
                    + "]="
                    + r[i][j]
                    + " and R["
                    + j
                    + "]["
                    + i
                    + "]="
                    + r[j][i]);
          }
        }
      }
    }

    private static double[][] copy(double[][] matrix, int columns, String name) {
      double[][] copy = new double[matrix.length][];
      for (int i = 0; i < matrix.length; i++) {
        if (matrix[i].length != columns) {
          throw new IllegalArgumentException(
              "need "
                  + columns
                  + " columns in every row of "
                  + name
                  + ", got "
                  + matrix[i].length
                  + " in row "
                  + i);
        }
        for (double value : matrix[i]) {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("need finite entries in " + name + ", got " + value);
          }
        }
        copy[i] = matrix[i].clone();
      }
      return copy;
    }

    /** The number m of observed values. */
    public int count() {
      return y.length;
    }

    /** The number of columns of the rows observed. */
    public int columns() {
      return h[0].length;
    }

    /** A copy of {@code H}, m × d. */
    public double[][] h() {
      return copy(h, columns(), "H");
    }

    /** A copy of {@code y}. */
    public double[] y() {
      return y.clone();
    }

    /** A copy of {@code R}, m × m. */
    public double[][] r() {
      return copy(r, y.length, "R");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Linear that
          && Arrays.deepEquals(h, that.h)
          && Arrays.equals(y, that.y)
          && Arrays.deepEquals(r, that.r);
    }

    @Override
    public int hashCode() {
      return 31 * (31 * Arrays.deepHashCode(h) + Arrays.hashCode(y)) + Arrays.deepHashCode(r);
    }

    @Override
    public String toString() {
      return "Linear[H="
          + Arrays.deepToString(h)
          + ", y="
          + Arrays.toString(y)
          + ", R="
          + Arrays.deepToString(r)
          + "]";
    }
  }
}
