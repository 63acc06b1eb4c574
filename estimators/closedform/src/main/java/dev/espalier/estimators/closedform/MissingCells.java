package dev.espalier.estimators.closedform;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Mean and covariance of a normal law from rows with missing cells, by expectation and
 * maximisation.
 *
 * <p>Rows that miss the same columns share the regression of what they miss on what they have, so
 * they are handled together, and many of them as the root of their scatter: a round costs d³ for
 * every pattern, whatever the number of rows.
 */
final class MissingCells {

  private static final int ROUNDS = 1000;
  private static final int SHARES = 10;
  private static final int GROUPS = 16;
  private static final double SETTLED = 1e-9;

  private MissingCells() {}

  /** A fitted law of standardised columns. */
  static final class Fit {
    private final double[] mean;
    private final double[][] moments;
    private final double share;
    private final String note;

    private Fit(double[] mean, double[][] moments, double share, String note) {
      this.mean = mean;
      this.moments = moments;
      this.share = share;
      this.note = note;
    }

    /**
     * The mean of the chosen column at position {@code i}, in its deviations from the given one.
     */
    double shift(int i) {
      return mean[i];
    }

    /** The covariance before shrinkage. */
    double[][] moments() {
      return moments;
    }

    /** The share of shrinkage. */
    double share() {
      return share;
    }

    /** What a reader of the fit should know. */
    String note() {
      return note;
    }
  }

  static Fit fit(
      FitRequest request,
      Gaussian.Shrinkage shrinkage,
      int[] chosen,
      double[] weights,
      Moments.Columns columns) {
    int d = chosen.length;
    List<Pattern> patterns = patterns(request.rows(), chosen, weights, columns);
    double known = 0;
    double squares = 0;
    double cells = 0;
    for (Pattern pattern : patterns) {
      known += pattern.weight;
      cells += pattern.weight * pattern.seen.length / d;
      for (double weight : pattern.rowWeights) {
        squares += weight * weight;
      }
    }
    double count = known * known / squares * (cells / known);
    double[] mean = new double[d];
    double[][] moments = new double[d][d];
    for (int i = 0; i < d; i++) {
      moments[i][i] = 1;
    }
    double share = shrinkage == Gaussian.Shrinkage.NONE ? 0 : d / (d + count);
    int rounds = 0;
    double change = Double.POSITIVE_INFINITY;
    for (int outer = 0; outer < SHARES; outer++) {
      change = Double.POSITIVE_INFINITY;
      for (int round = 0; round < ROUNDS && change > SETTLED; round++) {
        request.progress().check();
        change = step(request, patterns, mean, moments, share);
        rounds++;
      }
      double fourth = 0;
      Law law = new Law(shrunk(moments, share));
      for (Pattern pattern : patterns) {
        fourth += pattern.fourth(mean, law);
      }
      double next = shrinkage.share(moments, fourth / known, count);
      boolean settled = Math.abs(next - share) <= 1e-4 * Math.max(next, share);
      share = next;
      if (settled) {
        break;
      }
    }
    String note =
        "missing cells were accounted for in "
            + rounds
            + " rounds"
            + (change > SETTLED
                ? ", after which means and correlations still moved by " + change
                : "");
    return new Fit(mean, moments, share, note);
  }

  private static double[][] shrunk(double[][] moments, double share) {
    double[][] law = Products.copy(moments);
    Gaussian.shrink(law, share);
    return law;
  }

  /** How many different sets of columns are missing. */
  static int patterns(Samples rows) {
    Set<BitSet> found = new HashSet<>();
    double[] row = new double[rows.columns()];
    for (int i = 0; i < rows.count(); i++) {
      rows.copyRows(i, i + 1, row, 0);
      BitSet missing = new BitSet();
      for (int j = 0; j < row.length; j++) {
        missing.set(j, Double.isNaN(row[j]));
      }
      found.add(missing);
    }
    return found.size();
  }

  /** One round, in place; the greatest change of a mean or a covariance. */
  private static double step(
      FitRequest request, List<Pattern> patterns, double[] mean, double[][] moments, double share) {
    int d = mean.length;
    Law law = new Law(shrunk(moments, share));
    int groups = Math.min(GROUPS, patterns.size());
    List<double[][]> parts =
        request
            .tasks()
            .near()
            .map(
                groups,
                (group, on) -> {
                  double[][] sums = new double[d + 2][d];
                  int from = (int) ((long) patterns.size() * group / groups);
                  int to = (int) ((long) patterns.size() * (group + 1) / groups);
                  for (Pattern pattern : patterns.subList(from, to)) {
                    on.check();
                    pattern.expect(mean, law, sums);
                  }
                  return sums;
                },
                request.progress());
    double[][] total = parts.get(0);
    for (double[][] part : parts.subList(1, parts.size())) {
      for (int i = 0; i < d + 2; i++) {
        for (int j = 0; j < d; j++) {
          total[i][j] += part[i][j];
        }
      }
    }
    double known = total[d + 1][0];
    double change = 0;
    double[] shift = new double[d];
    for (int j = 0; j < d; j++) {
      shift[j] = total[d][j] / known;
      change = Math.max(change, Math.abs(shift[j]));
      mean[j] += shift[j];
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double moment = total[i][j] / known - shift[i] * shift[j];
        change = Math.max(change, Math.abs(moment - moments[i][j]));
        moments[i][j] = moment;
        moments[j][i] = moment;
      }
    }
    return change;
  }

  private static List<Pattern> patterns(
      Samples rows, int[] chosen, double[] weights, Moments.Columns columns) {
    Map<BitSet, List<Integer>> groups = new LinkedHashMap<>();
    double[] row = new double[rows.columns()];
    for (int i = 0; i < rows.count(); i++) {
      rows.copyRows(i, i + 1, row, 0);
      BitSet seen = new BitSet(chosen.length);
      for (int j = 0; j < chosen.length; j++) {
        seen.set(j, !Double.isNaN(row[chosen[j]]));
      }
      if (!seen.isEmpty()) {
        groups.computeIfAbsent(seen, key -> new ArrayList<>()).add(i);
      }
    }
    List<Pattern> patterns = new ArrayList<>();
    for (var group : groups.entrySet()) {
      int[] seen = group.getKey().stream().toArray();
      double[][] cells = new double[group.getValue().size()][seen.length];
      double[] kept = new double[cells.length];
      for (int i = 0; i < cells.length; i++) {
        int at = group.getValue().get(i);
        kept[i] = weights[at];
        for (int j = 0; j < seen.length; j++) {
          int column = chosen[seen[j]];
          cells[i][j] =
              (rows.get(at, column) - columns.means()[column]) / columns.deviations()[column];
        }
      }
      patterns.add(new Pattern(chosen.length, seen, cells, kept));
    }
    return patterns;
  }

  private static double[][] part(double[][] matrix, int[] rows, int[] columns) {
    double[][] part = new double[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        part[i][j] = matrix[rows[i]][columns[j]];
      }
    }
    return part;
  }

  private static double[][] identity(int n) {
    double[][] identity = new double[n][n];
    for (int i = 0; i < n; i++) {
      identity[i][i] = 1;
    }
    return identity;
  }

  /** The covariance of a round, and its inverse where that is known well. */
  private static final class Law implements Serializable {
    private static final long serialVersionUID = 1;

    private static final double WELL = 1e6;

    private final double[][] covariance;
    private final double[][] precision;

    Law(double[][] covariance) {
      int d = covariance.length;
      this.covariance = covariance;
      Optional<Cholesky> regular = Cholesky.of(covariance);
      double[][] inverse = new double[0][];
      if (regular.isPresent()) {
        inverse = identity(d);
        regular.get().solve(inverse, d);
        for (int i = 0; i < d; i++) {
          if (!(inverse[i][i] * covariance[i][i] <= WELL)) {
            inverse = new double[0][];
            break;
          }
        }
      }
      this.precision = inverse;
    }
  }

  /** The rows that have values in the same columns. */
  private static final class Pattern implements Serializable {
    private static final long serialVersionUID = 1;

    private final int[] seen;
    private final int[] missing;
    private final double[][] cells;
    private final double[] rowWeights;
    private final double weight;
    private final double[] centre;

    /** Rows with the scatter of the weighted rows around their centre. */
    private final double[][] roots;

    Pattern(int d, int[] seen, double[][] cells, double[] rowWeights) {
      this.seen = seen;
      this.cells = cells;
      this.rowWeights = rowWeights;
      this.missing = new int[d - seen.length];
      int next = 0;
      for (int j = 0; j < d; j++) {
        if (Arrays.binarySearch(seen, j) < 0) {
          missing[next++] = j;
        }
      }
      double total = 0;
      centre = new double[seen.length];
      for (int i = 0; i < cells.length; i++) {
        total += rowWeights[i];
        for (int j = 0; j < seen.length; j++) {
          centre[j] += rowWeights[i] * cells[i][j];
        }
      }
      weight = total;
      for (int j = 0; j < seen.length; j++) {
        centre[j] /= total;
      }
      roots = cells.length <= seen.length + 1 ? deviations() : compressed();
    }

    private double[][] deviations() {
      double[][] rows = new double[cells.length][seen.length];
      for (int i = 0; i < cells.length; i++) {
        double root = Math.sqrt(rowWeights[i]);
        for (int j = 0; j < seen.length; j++) {
          rows[i][j] = root * (cells[i][j] - centre[j]);
        }
      }
      return rows;
    }

    private double[][] compressed() {
      Moments.Accumulator sum = new Moments.Accumulator(seen.length);
      double[] row = new double[seen.length];
      for (int i = 0; i < cells.length; i++) {
        for (int j = 0; j < seen.length; j++) {
          row[j] = cells[i][j] - centre[j];
        }
        sum.add(rowWeights[i], row);
      }
      double[][] scatter = Arrays.copyOf(sum.result(), seen.length);
      return Products.transpose(FullForm.of(scatter).root(), seen.length);
    }

    /** The regression of what is missing on what is seen, and what it leaves open. */
    private static final class Regression {
      /** Seen × missing. */
      private final double[][] coefficients;

      private final double[][] rest;

      Regression(double[][] coefficients, double[][] rest) {
        this.coefficients = coefficients;
        this.rest = rest;
      }
    }

    private Regression regression(Law law) {
      if (law.precision.length > 0 && missing.length < seen.length) {
        return regressionByPrecision(law.precision);
      }
      double[][] inner = part(law.covariance, seen, seen);
      double[][] cross = part(law.covariance, seen, missing);
      double[][] coefficients = Products.copy(cross);
      Optional<Cholesky> regular = Cholesky.of(inner);
      if (regular.isPresent()) {
        regular.get().solve(coefficients, missing.length);
      } else {
        double[][] gain = FullForm.of(inner).gain(cross);
        coefficients = Products.transpose(gain, seen.length);
      }
      double[][] rest = part(law.covariance, missing, missing);
      FullForm.subtract(Products.transpose(coefficients, missing.length), cross, rest);
      return new Regression(coefficients, rest);
    }

    /**
     * With the precision Q the rest is {@code Q_mm⁻¹} and the coefficients {@code −Q_mm⁻¹ Q_ms}.
     */
    private Regression regressionByPrecision(double[][] precision) {
      int m = missing.length;
      Cholesky inner = Cholesky.of(part(precision, missing, missing)).orElseThrow();
      double[][] rest = identity(m);
      inner.solve(rest, m);
      double[][] cross = part(precision, missing, seen);
      inner.solve(cross, seen.length);
      double[][] coefficients = Products.transpose(cross, seen.length);
      for (double[] row : coefficients) {
        for (int j = 0; j < m; j++) {
          row[j] = -row[j];
        }
      }
      return new Regression(coefficients, rest);
    }

    /** The seen values with the expected ones in the places of the missing. */
    private double[][] complete(double[][] values, Regression regression) {
      int d = seen.length + missing.length;
      double[][] expected = Products.of(values, regression.coefficients, missing.length);
      double[][] complete = new double[values.length][d];
      for (int i = 0; i < values.length; i++) {
        for (int j = 0; j < seen.length; j++) {
          complete[i][seen[j]] = values[i][j];
        }
        for (int j = 0; j < missing.length; j++) {
          complete[i][missing[j]] = expected[i][j];
        }
      }
      return complete;
    }

    /** Adds the expected second moments around the mean, the shift of the mean, and the weight. */
    void expect(double[] mean, Law law, double[][] sums) {
      int d = mean.length;
      double[][] values = Arrays.copyOf(roots, roots.length + 1);
      values[roots.length] = new double[seen.length];
      for (int j = 0; j < seen.length; j++) {
        values[roots.length][j] = centre[j] - mean[seen[j]];
      }
      double[][] complete = values;
      if (missing.length > 0) {
        Regression regression = regression(law);
        complete = complete(values, regression);
        for (int i = 0; i < missing.length; i++) {
          for (int j = 0; j < missing.length; j++) {
            sums[missing[i]][missing[j]] += weight * regression.rest[i][j];
          }
        }
      }
      double[] shift = complete[roots.length];
      for (int j = 0; j < d; j++) {
        sums[d][j] += weight * shift[j];
        shift[j] *= Math.sqrt(weight);
      }
      sums[d + 1][0] += weight;
      Products.add(Products.transpose(complete, d), complete, sums, d, d);
    }

    /** {@code Σ w ‖E[x xᵀ | seen]‖²} around the mean. */
    double fourth(double[] mean, Law law) {
      double[][] values = new double[cells.length][seen.length];
      for (int i = 0; i < cells.length; i++) {
        for (int j = 0; j < seen.length; j++) {
          values[i][j] = cells[i][j] - mean[seen[j]];
        }
      }
      double[][] complete = values;
      double[][] rest = new double[0][];
      double open = 0;
      if (missing.length > 0) {
        Regression regression = regression(law);
        complete = complete(values, regression);
        rest = regression.rest;
        for (double[] row : rest) {
          open += Products.dot(row, row, missing.length);
        }
      }
      double sum = 0;
      double[] expected = new double[missing.length];
      for (int i = 0; i < cells.length; i++) {
        double square = Products.dot(complete[i], complete[i], complete[i].length);
        double along = 0;
        for (int j = 0; j < missing.length; j++) {
          expected[j] = complete[i][missing[j]];
        }
        for (int j = 0; j < missing.length; j++) {
          along += expected[j] * Products.dot(rest[j], expected, missing.length);
        }
        sum += rowWeights[i] * (square * square + 2 * along + open);
      }
      return sum;
    }
  }
}
