package dev.espalier.plugins.gmm;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The rows of one fit, centred and scaled, in fixed blocks.
 *
 * <p>Columns that never vary are left out; rows without any observed cell too, as they say nothing.
 * Incomplete rows come last, sorted by which cells are missing.
 */
final class Rows {

  /** The fewest rows in a block, but for the last. */
  private static final int BLOCK = 1024;

  private static final int MOST_BLOCKS = 32;

  /** Blocks that are larger have a multiple of so many rows. */
  private static final int GRAIN = 128;

  private final int allColumns;
  private final double[] centres;
  private final double[] scales;
  private final int[] varying;
  private final Block[] blocks;
  private final double total;
  private final double logScale;
  private final int empty;
  private final int incomplete;

  private Rows(
      int allColumns,
      double[] centres,
      double[] scales,
      int[] varying,
      Block[] blocks,
      double total,
      double logScale,
      int empty,
      int incomplete) {
    this.allColumns = allColumns;
    this.centres = centres;
    this.scales = scales;
    this.varying = varying;
    this.blocks = blocks;
    this.total = total;
    this.logScale = logScale;
    this.empty = empty;
    this.incomplete = incomplete;
  }

  /**
   * Prepares the rows of a request.
   *
   * @param common whether all columns share one scale, as spherical covariances need
   */
  static Rows of(FitRequest request, boolean common) {
    Samples samples = request.rows();
    int n = samples.count();
    int d = samples.columns();
    if (n == 0) {
      throw new InvalidDataException("need at least one row to fit a mixture, got none");
    }
    double[][] values = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = samples.row(i);
    }
    double[] centres = new double[d];
    double[] scales = new double[d];
    double[] masses = new double[d];
    boolean[] constant = new boolean[d];
    for (int j = 0; j < d; j++) {
      describe(request, values, j, centres, scales, masses, constant);
    }
    int[] varying = new int[d];
    int kept = 0;
    for (int j = 0; j < d; j++) {
      if (!constant[j]) {
        varying[kept++] = j;
      }
    }
    if (common && kept > 0) {
      kept = d;
      Arrays.setAll(varying, j -> j);
      shareScale(scales);
    }
    varying = Arrays.copyOf(varying, kept);
    double logScale = 0;
    for (int j : varying) {
      logScale += masses[j] * StrictMath.log(scales[j]);
    }
    for (int i = 0; i < n; i++) {
      double[] scaled = new double[kept];
      for (int j = 0; j < kept; j++) {
        int column = varying[j];
        scaled[j] = (values[i][column] - centres[column]) / scales[column];
      }
      values[i] = scaled;
    }
    return arranged(request, values, d, centres, scales, varying, logScale);
  }

  private static void describe(
      FitRequest request,
      double[][] values,
      int j,
      double[] centres,
      double[] scales,
      double[] masses,
      boolean[] constant) {
    double mass = 0;
    double sum = 0;
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < values.length; i++) {
      double value = values[i][j];
      if (!Double.isNaN(value)) {
        mass += request.weight(i);
        sum += request.weight(i) * value;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    if (!(mass > 0)) {
      throw new InvalidDataException(
          "need at least one observed cell in every column, got none in column "
              + j
              + ". Leave the column out");
    }
    double mean = sum / mass;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      double value = values[i][j];
      if (!Double.isNaN(value)) {
        squares += request.weight(i) * (value - mean) * (value - mean);
      }
    }
    double deviation = Math.sqrt(squares / mass);
    constant[j] = low == high || !(deviation > 0);
    centres[j] = constant[j] ? low : mean;
    scales[j] = constant[j] ? 0 : deviation;
    masses[j] = mass;
  }

  /** The root of the mean variance, for all columns. */
  private static void shareScale(double[] scales) {
    double greatest = 0;
    for (double scale : scales) {
      greatest = Math.max(greatest, scale);
    }
    double sum = 0;
    for (double scale : scales) {
      sum += scale / greatest * (scale / greatest);
    }
    Arrays.fill(scales, greatest * Math.sqrt(sum / scales.length));
  }

  private static Rows arranged(
      FitRequest request,
      double[][] values,
      int d,
      double[] centres,
      double[] scales,
      int[] varying,
      double logScale) {
    List<Integer> complete = new ArrayList<>();
    List<Integer> partial = new ArrayList<>();
    int empty = 0;
    for (int i = 0; i < values.length; i++) {
      int missing = 0;
      for (double value : values[i]) {
        missing += Double.isNaN(value) ? 1 : 0;
      }
      if (missing == 0) {
        complete.add(i);
      } else if (missing < varying.length) {
        partial.add(i);
      } else {
        empty++;
      }
    }
    partial.sort(Comparator.comparing(i -> values[i], Rows::comparePatterns));
    double total = 0;
    List<Block> blocks = new ArrayList<>();
    for (List<Integer> part : List.of(complete, partial)) {
      int size =
          Math.max(BLOCK, (part.size() + MOST_BLOCKS * GRAIN - 1) / (MOST_BLOCKS * GRAIN) * GRAIN);
      for (int from = 0; from < part.size(); from += size) {
        int to = Math.min(part.size(), from + size);
        double[][] rows = new double[to - from][];
        double[] weights = new double[to - from];
        for (int i = from; i < to; i++) {
          rows[i - from] = values[part.get(i)];
          weights[i - from] = request.weight(part.get(i));
          total += weights[i - from];
        }
        blocks.add(new Block(rows, weights, varying.length, part == complete));
      }
    }
    return new Rows(
        d,
        centres,
        scales,
        varying,
        blocks.toArray(new Block[0]),
        total,
        logScale,
        empty,
        partial.size());
  }

  /** Orders rows by which cells are missing. */
  private static int comparePatterns(double[] one, double[] other) {
    for (int j = 0; j < one.length; j++) {
      int order = Boolean.compare(Double.isNaN(one[j]), Double.isNaN(other[j]));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** The number of columns that vary. */
  int columns() {
    return varying.length;
  }

  /** The number of columns of the request. */
  int allColumns() {
    return allColumns;
  }

  /** The index in the request of varying column {@code j}. */
  int column(int j) {
    return varying[j];
  }

  /** The centre of a column of the request: its value if it never varies. */
  double centre(int column) {
    return centres[column];
  }

  /** The scale of a column of the request. */
  double scale(int column) {
    return scales[column];
  }

  Block[] blocks() {
    return blocks;
  }

  /** The number of rows that say something. */
  int count() {
    int count = 0;
    for (Block block : blocks) {
      count += block.count();
    }
    return count;
  }

  /** The sum of the weights of these rows. */
  double total() {
    return total;
  }

  /** What a log-likelihood in scaled units exceeds the one in the units of the request by. */
  double logScale() {
    return logScale;
  }

  /** The number of rows left out, having no observed cell. */
  int empty() {
    return empty;
  }

  /** The number of rows with missing cells. */
  int incomplete() {
    return incomplete;
  }

  /** The sums of the products of columns over all complete rows, weighted. */
  double[][] scatter(Tasks tasks, Progress progress) {
    Features features = new Features(Features.Order.PRODUCTS, columns());
    Block[] all = blocks;
    List<double[][]> parts =
        tasks.map(
            all.length,
            (index, inner) -> {
              double[][] sums = features.sums();
              Block block = all[index];
              for (int t = 0; t < features.tiles() && block.complete(); t++) {
                double[] buffer = new double[features.length(t)];
                for (int i = 0; i < block.count(); i++) {
                  features.fill(t, block.row(i), buffer);
                  Kernels.add(buffer.length, sums[t], block.weight(i), buffer);
                }
              }
              return sums;
            },
            progress);
    double[][] whole = features.sums();
    for (double[][] part : parts) {
      Moments.add(whole, part);
    }
    return whole;
  }
}
