package dev.espalier.estimators.closedform;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Weighted rows and their moments, column by column and jointly.
 *
 * <p>Sums run over a fixed partition of the rows, whose parts are added in order, so they do not
 * depend on where the parts were computed.
 */
final class Moments {

  private static final int PART = 4096;
  private static final int PARTS = 16;
  private static final int BLOCK = 96;
  private static final int STRIP = 48;

  private final Samples rows;
  private final double[] weights;
  private final Tasks tasks;
  private final Progress progress;

  private Moments(Samples rows, double[] weights, Tasks tasks, Progress progress) {
    this.rows = rows;
    this.weights = weights;
    this.tasks = tasks;
    this.progress = progress;
  }

  /**
   * The moments of the rows of a request.
   *
   * @throws InvalidDataException if there are no rows
   */
  static Moments of(FitRequest request) {
    int n = request.rows().count();
    if (n == 0) {
      throw new InvalidDataException("need at least one row to fit, got none");
    }
    double[] weights = new double[n];
    double total = request.totalWeight();
    for (int i = 0; i < n; i++) {
      weights[i] = request.weight(i) / total;
    }
    return new Moments(request.rows(), weights, request.tasks().near(), request.progress());
  }

  /** The weights, with sum 1. */
  double[] weights() {
    return weights;
  }

  /** The number of equally weighted rows that know as much: {@code 1/Σ w²}. */
  double effectiveCount() {
    double sum = 0;
    for (double weight : weights) {
      sum += weight * weight;
    }
    return 1 / sum;
  }

  private static int parts(int n) {
    return Math.max(1, Math.min(PARTS, n / PART));
  }

  private static int start(int part, int n) {
    return (int) ((long) n * part / parts(n));
  }

  /** Means and deviations of the columns over the cells that are not missing. */
  record Columns(double[] means, double[] deviations, double[] observed) {}

  /**
   * The columns' means, standard deviations (exactly 0 where a column is constant) and weights of
   * the cells observed.
   *
   * @throws InvalidDataException if a column is missing throughout
   */
  Columns columns() {
    Samples rows = this.rows;
    double[] weights = this.weights;
    int d = rows.columns();
    int n = rows.count();
    double[][] first =
        sum(tasks.map(parts(n), (p, on) -> sums(rows, weights, p, new double[d]), progress));
    double[] means = new double[d];
    for (int j = 0; j < d; j++) {
      if (first[2][j] == 0) {
        throw new InvalidDataException(
            "column " + j + " has no value in any of " + n + " rows. Leave it out");
      }
      means[j] = first[0][j] / first[2][j];
    }
    double[][] second =
        sum(tasks.map(parts(n), (p, on) -> sums(rows, weights, p, means), progress));
    double[] deviations = new double[d];
    for (int j = 0; j < d; j++) {
      double shift = second[0][j] / second[2][j];
      means[j] += shift;
      deviations[j] = Math.sqrt(Math.max(0, second[1][j] / second[2][j] - shift * shift));
    }
    settleConstants(means, deviations);
    return new Columns(means, deviations, second[2]);
  }

  /** For every column the weighted sums of {@code x − c}, of its square, and of 1. */
  private static double[][] sums(Samples rows, double[] weights, int part, double[] centres) {
    int d = rows.columns();
    double[][] sums = new double[3][d];
    double[] block = new double[BLOCK * d];
    int end = start(part + 1, rows.count());
    for (int from = start(part, rows.count()); from < end; from += BLOCK) {
      int to = Math.min(end, from + BLOCK);
      rows.copyRows(from, to, block, 0);
      for (int i = from; i < to; i++) {
        for (int j = 0; j < d; j++) {
          double value = block[(i - from) * d + j] - centres[j];
          if (value == value) {
            sums[0][j] += weights[i] * value;
            sums[1][j] += weights[i] * value * value;
            sums[2][j] += weights[i];
          }
        }
      }
    }
    return sums;
  }

  private static double[][] sum(List<double[][]> parts) {
    double[][] total = parts.get(0);
    for (double[][] part : parts.subList(1, parts.size())) {
      for (int i = 0; i < total.length; i++) {
        for (int j = 0; j < total[i].length; j++) {
          total[i][j] += part[i][j];
        }
      }
    }
    return total;
  }

  /** Gives a constant column its value as the mean, exactly, and deviation 0. */
  private void settleConstants(double[] means, double[] deviations) {
    int d = means.length;
    double[] value = new double[d];
    Arrays.fill(value, Double.NaN);
    boolean[] varies = new boolean[d];
    double[] block = new double[BLOCK * d];
    for (int from = 0; from < rows.count(); from += BLOCK) {
      int to = Math.min(rows.count(), from + BLOCK);
      rows.copyRows(from, to, block, 0);
      for (int i = 0; i < to - from; i++) {
        for (int j = 0; j < d; j++) {
          double cell = block[i * d + j];
          if (cell == cell) {
            varies[j] |= cell != value[j] && value[j] == value[j];
            value[j] = cell;
          }
        }
      }
    }
    for (int j = 0; j < d; j++) {
      if (!varies[j]) {
        means[j] = value[j];
        deviations[j] = 0;
      }
    }
  }

  /** Second moments, and the weighted sum of the fourth powers of the rows' lengths. */
  record Joint(double[][] moments, double fourth) {}

  /**
   * The second moments of {@code (x − centre)/scale} in the chosen columns, of complete rows.
   *
   * @param chosen the columns, at least one
   */
  Joint joint(int[] chosen, double[] centres, double[] scales) {
    Samples rows = this.rows;
    double[] weights = this.weights;
    List<double[][]> partial =
        tasks.map(
            parts(rows.count()),
            (part, on) -> {
              int from = start(part, rows.count());
              int to = start(part + 1, rows.count());
              Accumulator sum = new Accumulator(chosen.length);
              double[] row = new double[rows.columns()];
              double[] kept = new double[chosen.length];
              for (int i = from; i < to; i++) {
                rows.copyRows(i, i + 1, row, 0);
                for (int j = 0; j < chosen.length; j++) {
                  kept[j] = (row[chosen[j]] - centres[chosen[j]]) / scales[chosen[j]];
                }
                sum.add(weights[i], kept);
                if ((i - from) % PART == 0) {
                  on.report("covariance", (double) (i - from) / (to - from));
                  on.check();
                }
              }
              return sum.result();
            },
            progress);
    double[][] total = sum(partial);
    return new Joint(Arrays.copyOf(total, chosen.length), total[chosen.length][0]);
  }

  /** Sums {@code w·x·xᵀ}, a block of rows at a time. */
  static final class Accumulator {
    private final int d;
    private final double[][] moments;
    private final double[][] block;
    private final double[][] transposed;
    private double fourth;
    private int held;

    Accumulator(int d) {
      this.d = d;
      this.moments = new double[d][d];
      this.block = new double[BLOCK][d];
      this.transposed = new double[d][BLOCK];
    }

    /** Adds a row, which is copied. */
    void add(double weight, double[] x) {
      System.arraycopy(x, 0, block[held], 0, d);
      double square = 0;
      for (int j = 0; j < d; j++) {
        transposed[j][held] = weight * x[j];
        square += x[j] * x[j];
      }
      fourth += weight * square * square;
      if (++held == BLOCK) {
        flush();
      }
    }

    private void flush() {
      double[][] filled = Arrays.copyOf(block, held);
      for (int from = 0; from < d; from += STRIP) {
        int to = Math.min(d, from + STRIP);
        Products.add(
            Arrays.copyOfRange(transposed, from, to),
            filled,
            Arrays.copyOfRange(moments, from, to),
            to - from,
            to);
      }
      held = 0;
    }

    /** The sums, with a last row that holds {@code Σ w‖x‖⁴}. */
    double[][] result() {
      flush();
      List<double[]> rows = new ArrayList<>(List.of(moments));
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < i; j++) {
          moments[j][i] = moments[i][j];
        }
      }
      rows.add(new double[] {fourth});
      return rows.toArray(new double[0][]);
    }
  }
}
