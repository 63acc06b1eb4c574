package dev.espalier.samplers;

import dev.espalier.api.Curvature;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The log density of rows by the probability-flow equation, which needs a score and no density
 * (Song et al., 2021).
 *
 * <p>With {@code λ = −log σ} the equation is {@code dy/dλ = m(y) − y}, and the log density changes
 * along it by the divergence {@code tr J − d}, {@code J} the Jacobian of the posterior mean. Both
 * are integrated together from the data to the noise by the method of Dormand and Prince, with
 * steps of its own for every row; there the law is taken to be normal with the mean, the gradient
 * and the trace of the curvature that the score gives. Products with {@code J} are the score's own
 * where it has {@link Curvature}, else central differences.
 *
 * <p>The density is that of the law with noise of deviation 1e-4, or of the cleanest level that the
 * score knows, with respect to Lebesgue measure on its columns.
 *
 * @param tolerance of a step, relative to each number and added to it; finite and positive
 * @param probes 0 for the exact trace, with as many products a step as there are columns; else as
 *     many random signs (Hutchinson) for each row, at least 2
 * @param seed of the random signs
 */
public record OdeLikelihood(double tolerance, int probes, long seed) {

  /** The usual tolerance. */
  public static final double TOLERANCE = 1e-5;

  private static final double CLEANEST = 1e-4;
  private static final double NOISIEST = 1e3;
  private static final int BLOCK = 64;

  /** Checks the ranges. */
  public OdeLikelihood {
    Checks.positive("tolerance", tolerance);
    if (!(probes == 0 || probes >= 2)) {
      throw new IllegalArgumentException("need 0 probes or at least 2, got " + probes);
    }
  }

  /** The exact trace within the usual tolerance. */
  public static OdeLikelihood standard() {
    return new OdeLikelihood(TOLERANCE, 0, 0);
  }

  /** The log density of every row, and an estimate of its error. */
  public static final class Result {
    private final double[] logDensities;
    private final double[] errors;

    private Result(double[] logDensities, double[] errors) {
      this.logDensities = logDensities;
      this.errors = errors;
    }

    /** The natural logarithms of the densities. */
    public double[] logDensities() {
      return logDensities.clone();
    }

    /**
     * The estimated error of each: what the steps may have added up to, how far the law at the
     * noisy end is from a spherical one, and twice the standard error of the random signs if there
     * are any.
     */
    public double[] errors() {
      return errors.clone();
    }
  }

  /**
   * Computes the log density of every row; row i depends on row i alone, and on i if signs are
   * random.
   *
   * @throws IllegalArgumentException if the rows are not complete rows of the score's columns
   * @throws NotConvergedException if a row needs ever shorter steps
   */
  public Result of(Score score, Samples rows, Tasks tasks, Progress progress) {
    if (rows.columns() != score.columns() || rows.hasMissing()) {
      throw new IllegalArgumentException(
          "need complete rows of " + score.columns() + " columns, got " + rows);
    }
    int count = rows.count();
    double[] all = rows.toArray();
    OdeLikelihood settings = this;
    List<double[]> parts =
        tasks.map(
            (count + BLOCK - 1) / BLOCK,
            (index, share) -> {
              int from = index * BLOCK;
              int to = Math.min(count, from + BLOCK);
              return new Ascent(score, settings, from, to - from).run(all, share);
            },
            progress);
    double[] logs = new double[count];
    double[] errors = new double[count];
    int at = 0;
    for (double[] part : parts) {
      for (int i = 0; i < part.length; i += 2) {
        logs[at] = part[i];
        errors[at++] = part[i + 1];
      }
    }
    return new Result(logs, errors);
  }

  /** A block of rows on its way to the noise: each row with its divergences so far. */
  private static final class Ascent {
    private final Score score;
    private final OdeLikelihood settings;
    private final int first;
    private final int count;
    private final int columns;
    private final int traces;
    private final double[][] signs;

    Ascent(Score score, OdeLikelihood settings, int first, int count) {
      this.score = score;
      this.settings = settings;
      this.first = first;
      this.count = count;
      this.columns = score.columns();
      this.traces = Math.max(1, settings.probes);
      this.signs = signs();
    }

    private double[][] signs() {
      double[][] each = new double[count][settings.probes * columns];
      for (int i = 0; i < count && settings.probes > 0; i++) {
        RandomGenerator random =
            new Streams(settings.seed).stream("samplers.probes", (long) first + i);
        for (int j = 0; j < each[i].length; j++) {
          each[i][j] = random.nextBoolean() ? 1 : -1;
        }
      }
      return each;
    }

    double[] run(double[] rows, Progress progress) {
      int width = columns + traces;
      double[] state = new double[count * width];
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows, (first + i) * columns, state, i * width, columns);
      }
      double clean = Math.min(-StrictMath.log(CLEANEST), 0.5 * score.range().cleanest());
      double noisy = Math.max(-StrictMath.log(NOISIEST), 0.5 * score.range().noisiest());
      double[] errors = new double[count * traces];
      new DormandPrince(this::slope, width, settings.tolerance, settings.tolerance)
          .integrate(
              clean,
              noisy,
              state,
              (time, row, slope, error, at) -> note(time, row, slope, error, at, errors),
              progress);
      double[] slopes = new double[state.length];
      int[] all = new int[count];
      for (int i = 0; i < count; i++) {
        all[i] = i;
      }
      slope(noisy, all, state, slopes);
      double[] mean = new double[columns];
      NoiseLevel level = NoiseLevel.exploding(StrictMath.exp(-noisy));
      score.posteriorMean(level, new double[columns], mean);
      double[] result = new double[2 * count];
      for (int i = 0; i < count; i++) {
        end(level, mean, i, state, slopes, errors, result);
      }
      return result;
    }

    /** What the error of a step does to the log density: to the place by the score, and to it. */
    private void note(
        double time, int row, double[] slope, double[] error, int at, double[] errors) {
      double moved = 0;
      for (int j = at; j < at + columns; j++) {
        moved += slope[j] * error[j];
      }
      moved *= StrictMath.exp(2 * time);
      for (int k = 0; k < traces; k++) {
        errors[row * traces + k] += Math.abs(moved) + Math.abs(error[at + columns + k]);
      }
    }

    /** Adds the normal law at the noisy end to the mean of the divergences. */
    private void end(
        NoiseLevel level,
        double[] mean,
        int row,
        double[] state,
        double[] slopes,
        double[] errors,
        double[] result) {
      int at = row * (columns + traces);
      int to = 2 * row;
      double square = 0;
      for (int j = at; j < at + columns; j++) {
        square -= (state[j] - mean[j - at]) * slopes[j];
      }
      double[] logs = new double[traces];
      double spread = 0;
      double sum = 0;
      double error = 0;
      for (int k = 0; k < traces; k++) {
        double curvature = -slopes[at + columns + k] / columns;
        double variance = level.b() / curvature;
        logs[k] =
            state[at + columns + k]
                - 0.5 * (square / level.b() + columns * StrictMath.log(2 * Math.PI * variance));
        double excess = 1 - curvature;
        error += (errors[row * traces + k] + columns * excess * excess) / traces;
        sum += logs[k] / traces;
      }
      for (int k = 0; k < traces; k++) {
        spread += (logs[k] - sum) * (logs[k] - sum);
      }
      result[to] = sum;
      result[to + 1] = error + (traces > 1 ? 2 * Math.sqrt(spread / (traces - 1.0) / traces) : 0);
    }

    /** The flow, and its divergence once for every probe. */
    private void slope(double time, int[] rows, double[] state, double[] out) {
      NoiseLevel level = NoiseLevel.exploding(StrictMath.exp(-time));
      int width = columns + traces;
      double[] y = new double[rows.length * columns];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(state, i * width, y, i * columns, columns);
      }
      double[] mean = new double[y.length];
      score.posteriorMean(level, y, mean);
      for (int i = 0; i < rows.length; i++) {
        for (int j = 0; j < columns; j++) {
          out[i * width + j] = mean[i * columns + j] - y[i * columns + j];
        }
        for (int k = 0; k < traces; k++) {
          out[i * width + columns + k] = -columns;
        }
      }
      boolean exact = settings.probes == 0;
      double[] v = new double[y.length];
      double[] image = new double[y.length];
      for (int k = 0; k < (exact ? columns : settings.probes); k++) {
        for (int i = 0; i < rows.length; i++) {
          for (int j = 0; j < columns; j++) {
            v[i * columns + j] = exact ? (j == k ? 1 : 0) : signs[rows[i]][k * columns + j];
          }
        }
        jacobianTimes(level, y, v, image);
        for (int i = 0; i < rows.length; i++) {
          double dot = 0;
          for (int j = i * columns; j < (i + 1) * columns; j++) {
            dot += v[j] * image[j];
          }
          out[i * width + columns + (exact ? 0 : k)] += dot;
        }
      }
    }

    private void jacobianTimes(NoiseLevel level, double[] y, double[] v, double[] image) {
      Curvature curvature = score.ability(Curvature.class).orElse(null);
      if (curvature != null) {
        curvature.jacobianTimes(level, y, v, image);
        return;
      }
      double length = 1e-4 * level.sigma();
      double[] there = new double[y.length];
      double[] behind = new double[y.length];
      for (int i = 0; i < y.length; i++) {
        there[i] = y[i] + length * v[i];
      }
      score.posteriorMean(level, there, image);
      for (int i = 0; i < y.length; i++) {
        there[i] = y[i] - length * v[i];
      }
      score.posteriorMean(level, there, behind);
      for (int i = 0; i < y.length; i++) {
        image[i] = (image[i] - behind[i]) / (2 * length);
      }
    }
  }
}
