package dev.espalier.api;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Rows to fit and complete rows held out, on which scores are compared over one grid of levels.
 *
 * <p>The grid is fixed in log SNR for rows of unit variance: −2, 0, 2, 4, 6, 8 and 10, where v is
 * the average variance of the columns of the rows to fit: {@code x0 + √b·w}, {@code b = v·e^−λ}.
 * All scores see the same noise.
 */
public final class HeldOut {

  /** The fewest rows that are split. */
  public static final int LEAST_ROWS = 20;

  private static final double SHARE = 0.25;
  private static final int MOST = 2_000;
  private static final int DRAWS = 8;
  private static final List<Double> GRID = List.of(-2.0, 0.0, 2.0, 4.0, 6.0, 8.0, 10.0);

  private final FitRequest training;
  private final Samples rows;
  private final double variance;
  private final List<NoiseLevel> levels;

  private HeldOut(FitRequest training, Samples rows, double variance) {
    this.training = training;
    this.rows = rows;
    this.variance = variance;
    List<NoiseLevel> grid = new ArrayList<>();
    for (double logSnr : GRID) {
      grid.add(new NoiseLevel(1, variance * StrictMath.exp(-logSnr)));
    }
    this.levels = List.copyOf(grid);
  }

  /**
   * Holds out the request's validation rows where it has some, else a quarter of the complete rows,
   * at most 2,000, chosen by the seed.
   *
   * @throws InvalidDataException if there are too few rows, fewer than two complete ones to hold
   *     out, or no column varies
   */
  public static HeldOut of(FitRequest request) {
    Samples all = request.rows();
    FitRequest training = request;
    Samples held;
    if (request.validation().isPresent()) {
      held = complete(request.validation().get());
    } else {
      if (all.count() < LEAST_ROWS) {
        throw new InvalidDataException(
            "need at least " + LEAST_ROWS + " rows to hold some out, got " + all.count());
      }
      int[] order = shuffled(request, all.count());
      int most = (int) Math.min(MOST, Math.ceil(SHARE * all.count()));
      int[] kept = new int[order.length];
      int[] out = new int[order.length];
      int k = 0;
      int h = 0;
      for (int i : order) {
        if (h < most && !all.rows(i, i + 1).hasMissing()) {
          out[h++] = i;
        } else {
          kept[k++] = i;
        }
      }
      if (k < 2) {
        throw new InvalidDataException("need rows left to fit, got " + k);
      }
      held = all.rows(Arrays.copyOf(out, h));
      training = request.select(Arrays.copyOf(kept, k));
    }
    if (held.count() < 2) {
      throw new InvalidDataException(
          "need at least 2 complete rows to hold out, got "
              + held.count()
              + ". Fill missing cells first, or leave out columns that are mostly missing");
    }
    double variance = variance(training.rows());
    if (!(variance > 0)) {
      throw new InvalidDataException("need a column that varies, got none");
    }
    return new HeldOut(training, held, variance);
  }

  /** The request for the rows that are left to fit. */
  public FitRequest training() {
    return training;
  }

  /** The rows held out, complete. */
  public Samples rows() {
    return rows;
  }

  /** The average variance of the columns of the rows to fit. */
  public double variance() {
    return variance;
  }

  /** From the noisiest of the levels that are compared to the cleanest. */
  public NoiseRange range() {
    return new NoiseRange(levels.get(0).logSnr(), levels.get(levels.size() - 1).logSnr());
  }

  /**
   * The losses of a score at every level, each row's averaged over several draws of its noise: 8
   * where there are few rows, 1 from 2,000 rows on.
   */
  public LossCurve loss(Score score) {
    int draws = Math.max(1, Math.min(DRAWS, MOST / rows.count()));
    double[][] losses = new double[levels.size()][rows.count()];
    for (int draw = 0; draw < draws; draw++) {
      long seed = training.streams().seed("held out noise", draw);
      for (int k = 0; k < losses.length; k++) {
        NoiseLevel level = levels.get(k);
        double[] once = ScoreLoss.perRow(score, level, rows, seed);
        double spherical = variance * level.b() / (variance + level.b());
        for (int i = 0; i < once.length; i++) {
          losses[k][i] += once[i] / (draws * spherical);
        }
      }
    }
    return new LossCurve(levels, losses);
  }

  private static Samples complete(Samples rows) {
    int[] whole = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < whole.length; i++) {
      if (!rows.rows(i, i + 1).hasMissing()) {
        whole[count++] = i;
      }
    }
    return rows.rows(Arrays.copyOf(whole, count));
  }

  private static int[] shuffled(FitRequest request, int count) {
    RandomGenerator random = request.streams().stream("held out", 0);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static double variance(Samples rows) {
    double sum = 0;
    for (int j = 0; j < rows.columns(); j++) {
      double mean = 0;
      double square = 0;
      int seen = 0;
      for (double value : rows.column(j)) {
        if (!Double.isNaN(value)) {
          seen++;
          double above = value - mean;
          mean += above / seen;
          square += above * (value - mean);
        }
      }
      sum += seen == 0 ? 0 : square / seen;
    }
    return sum / rows.columns();
  }

  @Override
  public String toString() {
    return "HeldOut[" + rows.count() + " of " + (training.rows().count() + rows.count()) + " rows]";
  }
}
