package dev.espalier.samplers;

import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The method of Dormand and Prince (1980), order 5 with an estimate of order 4, with steps of its
 * own for every row.
 *
 * <p>Steps are the whole interval divided by powers of two and start at multiples of themselves, so
 * rows at one place with one step are evaluated together, and what becomes of a row depends on the
 * row alone.
 */
final class DormandPrince {
  private static final int DEPTH = 40;
  private static final int FIRST = DEPTH - 5;
  private static final int LONGEST = DEPTH - 3;

  private static final double[] C = {0, 0.2, 0.3, 0.8, 8.0 / 9, 1, 1};
  private static final double[][] A = {
    {},
    {0.2},
    {3.0 / 40, 9.0 / 40},
    {44.0 / 45, -56.0 / 15, 32.0 / 9},
    {19372.0 / 6561, -25360.0 / 2187, 64448.0 / 6561, -212.0 / 729},
    {9017.0 / 3168, -355.0 / 33, 46732.0 / 5247, 49.0 / 176, -5103.0 / 18656},
    {35.0 / 384, 0, 500.0 / 1113, 125.0 / 192, -2187.0 / 6784, 11.0 / 84}
  };
  private static final double[] E = {
    71.0 / 57600, 0, -71.0 / 16695, 71.0 / 1920, -17253.0 / 339200, 22.0 / 525, -1.0 / 40
  };

  private final Slope slope;
  private final int width;
  private final double rtol;
  private final double atol;

  /** The right-hand side, for rows of the state at one time. */
  @FunctionalInterface
  interface Slope {

    /**
     * Writes the derivative.
     *
     * @param rows which rows these are, by index in the integration
     */
    void write(double time, int[] rows, double[] state, double[] out);
  }

  /** Is told of every step that is taken, of one row after the other. */
  @FunctionalInterface
  interface Watcher {

    /** Takes no note. */
    Watcher NONE = (time, row, slope, error, at) -> {};

    /**
     * Takes note of a step.
     *
     * @param time at its end
     * @param slope of the row there, from {@code at} on
     * @param error that is estimated of the step, from {@code at} on
     */
    void taken(double time, int row, double[] slope, double[] error, int at);
  }

  /**
   * An integration of rows of {@code width} numbers.
   *
   * @param rtol tolerance relative to the size of each number
   * @param atol tolerance added to it
   */
  DormandPrince(Slope slope, int width, double rtol, double atol) {
    this.slope = slope;
    this.width = width;
    this.rtol = rtol;
    this.atol = atol;
  }

  /**
   * Takes every row of {@code state} from one time to another, in place.
   *
   * @param watcher is told of every step taken
   * @throws NotConvergedException if a row needs steps below 2^-40 of the interval
   */
  void integrate(double from, double to, double[] state, Watcher watcher, Progress progress) {
    int rows = state.length / width;
    double[] slopes = new double[state.length];
    int[] all = new int[rows];
    Arrays.setAll(all, i -> i);
    slope.write(from, all, state, slopes);
    TreeMap<Long, int[]> waiting = new TreeMap<>();
    if (rows > 0) {
      waiting.put(key(0, FIRST), all);
    }
    long end = 1L << DEPTH;
    while (!waiting.isEmpty()) {
      progress.check();
      Map.Entry<Long, int[]> next = waiting.pollFirstEntry();
      long position = next.getKey() >>> 6;
      int size = (int) (next.getKey() & 63);
      int[] chosen = next.getValue();
      double start = time(from, to, position);
      double length = (to - from) * StrictMath.scalb(1.0, size - DEPTH);
      Step step = step(start, length, chosen, state, slopes);
      for (int i = 0; i < chosen.length; i++) {
        double error = step.error(i);
        long place = position;
        int now = size;
        if (error <= 1) {
          step.accept(i, chosen[i], state, slopes);
          watcher.taken(start + length, chosen[i], step.slope, step.error, i * width);
          place += 1L << size;
          long doubled = 1L << (size + 1);
          if (error < 0.008 && size < LONGEST && place % doubled == 0 && place + doubled <= end) {
            now++;
          }
        } else {
          now -= error > 64 ? 2 : 1;
          if (!(now >= 0)) {
            throw new NotConvergedException(
                "row "
                    + chosen[i]
                    + " needs ever shorter steps at log SNR "
                    + 2 * start
                    + ": the score is not smooth or not finite there. Take larger tolerances or"
                    + " other levels");
          }
        }
        if (place < end) {
          append(waiting, key(place, now), chosen[i]);
        }
      }
      progress.report("integrating", (double) position / end);
    }
  }

  private static double time(double from, double to, long position) {
    double share = StrictMath.scalb((double) position, -DEPTH);
    return from * (1 - share) + to * share;
  }

  private static long key(long position, int size) {
    return position << 6 | size;
  }

  private static void append(TreeMap<Long, int[]> waiting, long key, int row) {
    int[] before = waiting.getOrDefault(key, new int[0]);
    int[] more = Arrays.copyOf(before, before.length + 1);
    more[before.length] = row;
    waiting.put(key, more);
  }

  private Step step(double start, double length, int[] chosen, double[] state, double[] slopes) {
    int n = chosen.length * width;
    double[] before = gather(chosen, state);
    double[][] k = new double[7][n];
    k[0] = gather(chosen, slopes);
    double[] now = before;
    for (int stage = 1; stage < 7; stage++) {
      now = before.clone();
      for (int j = 0; j < stage; j++) {
        double factor = length * A[stage][j];
        for (int i = 0; i < n; i++) {
          now[i] += factor * k[j][i];
        }
      }
      slope.write(start + C[stage] * length, chosen, now, k[stage]);
    }
    double[] error = new double[n];
    for (int j = 0; j < 7; j++) {
      for (int i = 0; i < n; i++) {
        error[i] += length * E[j] * k[j][i];
      }
    }
    return new Step(before, now, k[6], error);
  }

  private double[] gather(int[] chosen, double[] from) {
    double[] gathered = new double[chosen.length * width];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(from, chosen[i] * width, gathered, i * width, width);
    }
    return gathered;
  }

  /** One step of some rows. */
  private final class Step {
    private final double[] before;
    private final double[] after;
    private final double[] slope;
    private final double[] error;

    Step(double[] before, double[] after, double[] slope, double[] error) {
      this.before = before;
      this.after = after;
      this.slope = slope;
      this.error = error;
    }

    /** The greatest error of a number in units of its tolerance; infinite if it is no number. */
    double error(int row) {
      double most = 0;
      for (int i = row * width; i < (row + 1) * width; i++) {
        double size = Math.max(Math.abs(before[i]), Math.abs(after[i]));
        double ratio = Math.abs(error[i]) / (atol + rtol * size);
        most = ratio <= most ? most : Double.isNaN(ratio) ? Double.POSITIVE_INFINITY : ratio;
      }
      return most;
    }

    void accept(int row, int index, double[] state, double[] slopes) {
      System.arraycopy(after, row * width, state, index * width, width);
      System.arraycopy(slope, row * width, slopes, index * width, width);
    }
  }
}
