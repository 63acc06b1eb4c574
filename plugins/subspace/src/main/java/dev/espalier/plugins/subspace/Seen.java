package dev.espalier.plugins.subspace;

import dev.espalier.api.Observation;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A linear observation of rows, and what it says of coordinates. */
final class Seen {

  /** The share of a direction's length below which it is a rounding error. */
  private static final double NOTHING = 1e-9;

  private final double[][] h;

  /** {@code y − H·mean}. */
  private final double[] delta;

  private final double[][] r;

  /** The columns seen exactly, with their values. */
  private final Map<Integer, Double> exact;

  private Seen(double[][] h, double[] y, double[][] r, Map<Integer, Double> exact, double[] mean) {
    this.h = h;
    this.r = r;
    this.exact = exact;
    this.delta = y;
    for (int i = 0; i < h.length; i++) {
      delta[i] -= Vectors.dot(h[i], mean);
    }
  }

  /** The observation; empty if it is of another kind. */
  static Optional<Seen> of(Observation observation, Frame frame) {
    int d = frame.columns();
    if (observation instanceof Observation.Linear linear) {
      if (linear.columns() != d) {
        throw new IllegalArgumentException("need " + d + " columns in H, got " + linear.columns());
      }
      return Optional.of(new Seen(linear.h(), linear.y(), linear.r(), Map.of(), frame.mean()));
    }
    if (observation instanceof Observation.Columns columns) {
      Map<Integer, Double> values = columns.values();
      int m = values.size();
      double[][] h = new double[m][d];
      double[] y = new double[m];
      int row = 0;
      for (Map.Entry<Integer, Double> each : values.entrySet()) {
        if (each.getKey() >= d) {
          throw new IllegalArgumentException(
              "need columns below " + d + ", got column " + each.getKey());
        }
        h[row][each.getKey()] = 1;
        y[row++] = each.getValue();
      }
      return Optional.of(new Seen(h, y, new double[m][m], values, frame.mean()));
    }
    return Optional.empty();
  }

  /** Whether nothing was seen. */
  boolean isEmpty() {
    return h.length == 0;
  }

  /** The columns known by this and before, with their values. */
  Map<Integer, Double> together(Map<Integer, Double> known) {
    TreeMap<Integer, Double> all = new TreeMap<>(known);
    all.putAll(exact);
    return all;
  }

  /** The directions, and those that this looks at beside them. */
  double[][] widen(double[][] directions) {
    double[][] wide = Arrays.copyOf(directions, directions.length + h.length);
    int count = directions.length;
    for (double[] each : h) {
      if (count == each.length) {
        break;
      }
      wide[count] = each.clone();
      double length = Math.sqrt(Vectors.dot(each, each));
      if (Vectors.orthonormalise(wide, count) > NOTHING * length) {
        count++;
      }
    }
    return Arrays.copyOf(wide, count);
  }

  /** This as an observation of coordinates that are all it looks at; one silent one if none. */
  Observation.Linear from(double[][] directions) {
    return from(directions, 0);
  }

  /** The same where the rest of the row is independent noise of this variance. */
  Observation.Linear from(double[][] directions, double variance) {
    double[][] seen = new double[h.length][Math.max(1, directions.length)];
    double[][] noise = new double[h.length][];
    double[][] rest = new double[h.length][];
    for (int i = 0; i < h.length; i++) {
      noise[i] = r[i].clone();
      rest[i] = h[i].clone();
      for (int k = 0; k < directions.length; k++) {
        seen[i][k] = Vectors.dot(directions[k], h[i]);
        Vectors.add(-seen[i][k], directions[k], rest[i]);
      }
      for (int j = 0; j <= i && variance > 0; j++) {
        noise[i][j] += variance * Vectors.dot(rest[i], rest[j]);
        noise[j][i] = noise[i][j];
      }
    }
    return new Observation.Linear(seen, delta, noise);
  }
}
