package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.util.Arrays;
import java.util.List;

/**
 * One walk over the rows of a batch at one level, a block of rows at a time; belongs to one thread.
 *
 * <p>At {@code b = 0}, where components may be degenerate, a row belongs to those components on
 * whose support it lies, and among them to the most degenerate, which are infinitely denser; a row
 * on no support belongs to the nearest. These are the limits for {@code b → 0}.
 */
final class Pass {

  /** The natural logarithm of 2π. */
  static final double LOG_TWO_PI = 1.8378770664093453;

  /** A share below which a component adds less than a rounding error to any sum over them. */
  private static final double NEGLIGIBLE = 1e-18;

  private static final double ON_SUPPORT = 1e-9;

  private final int columns;
  private final boolean pureNoise;
  private final boolean degenerate;
  private final double[] logWeights;
  private final double[][] centres;
  private final double[] spreads;
  private final Form.AtLevel[] laws;
  private final int[] nullities;
  private final double[][][] deltas;
  private final double[][] logs;
  private final double[][] shares;
  private final double[] logSums;
  private final int[] tops;
  private final boolean[] supported;
  private final int[] directions;

  Pass(List<Component> components, NoiseLevel level, int rows) {
    int k = components.size();
    columns = components.get(0).covariance().columns();
    int capacity = capacity(k, columns, rows);
    pureNoise = level.a() == 0;
    logWeights = new double[k];
    centres = new double[k][];
    spreads = new double[k];
    nullities = new int[k];
    boolean any = false;
    for (int c = 0; c < k; c++) {
      Component component = components.get(c);
      Form form = component.covariance().form();
      logWeights[c] = StrictMath.log(component.weight());
      centres[c] = component.mean();
      for (int j = 0; j < columns; j++) {
        centres[c][j] *= level.a();
      }
      spreads[c] = level.a() * Math.sqrt(form.scale());
      nullities[c] = level.b() == 0 ? form.nullity() : 0;
      any |= nullities[c] > 0;
    }
    degenerate = any;
    laws = laws(components, level, capacity);
    deltas = new double[k][capacity][columns];
    logs = new double[k][capacity];
    shares = new double[k][capacity];
    logSums = new double[capacity];
    tops = new int[capacity];
    supported = new boolean[capacity];
    directions = new int[capacity];
  }

  /** The rows of a block: as many as fit into a fast cache with the work on them. */
  private static int capacity(int components, int columns, int rows) {
    long fitting = 16384 / Math.max(1, (long) components * columns);
    return (int) Math.max(1, Math.min(rows, Math.max(12, Math.min(48, fitting / 3 * 3))));
  }

  static Form.AtLevel[] laws(List<Component> components, NoiseLevel level, int capacity) {
    Form.AtLevel[] laws = new Form.AtLevel[components.size()];
    for (int c = 0; c < laws.length; c++) {
      laws[c] = components.get(c).covariance().form().at(level, capacity);
    }
    return laws;
  }

  /** The greatest number of rows in a block. */
  int capacity() {
    return logSums.length;
  }

  /** Takes {@code count} rows of {@code x}, the first of them row {@code from}. */
  void load(double[] x, int from, int count) {
    for (int c = 0; c < laws.length; c++) {
      double[] centre = centres[c];
      for (int i = 0; i < count; i++) {
        double[] delta = deltas[c][i];
        System.arraycopy(x, (from + i) * columns, delta, 0, columns);
        subtract(delta, centre);
      }
      laws[c].load(deltas[c], count);
      double constant = -0.5 * (laws[c].logDeterminant() + (columns - nullities[c]) * LOG_TWO_PI);
      for (int i = 0; i < count; i++) {
        double log =
            pureNoise && c > 0 ? logs[0][i] - logWeights[0] : constant - 0.5 * laws[c].quadratic(i);
        logs[c][i] = logWeights[c] + log;
      }
    }
    Arrays.fill(supported, 0, count, true);
    Arrays.fill(directions, 0, count, 0);
    if (degenerate) {
      for (int i = 0; i < count; i++) {
        exclude(x, (from + i) * columns, i);
      }
    }
    for (int i = 0; i < count; i++) {
      share(i);
    }
  }

  private static void subtract(double[] delta, double[] centre) {
    for (int j = 0; j < delta.length; j++) {
      delta[j] = delta[j] - centre[j];
    }
  }

  /** Takes out the components that a row cannot be of, as they are degenerate or the row is. */
  private void exclude(double[] x, int at, int i) {
    double norm = 0;
    for (int j = 0; j < columns; j++) {
      norm = Math.max(norm, Math.abs(x[at + j]));
    }
    double nearest = Double.POSITIVE_INFINITY;
    boolean on = false;
    for (int c = 0; c < laws.length; c++) {
      nearest = Math.min(nearest, laws[c].residual(i));
      on |= onSupport(c, i, norm);
    }
    supported[i] = on;
    int greatest = 0;
    for (int c = 0; c < laws.length; c++) {
      if (on ? onSupport(c, i, norm) : laws[c].residual(i) <= nearest * (1 + ON_SUPPORT)) {
        greatest = Math.max(greatest, nullities[c]);
      } else {
        logs[c][i] = Double.NEGATIVE_INFINITY;
      }
    }
    directions[i] = greatest;
    for (int c = 0; c < laws.length; c++) {
      if (nullities[c] < greatest) {
        logs[c][i] = Double.NEGATIVE_INFINITY;
      }
    }
  }

  private boolean onSupport(int c, int i, double norm) {
    double centre = 0;
    for (int j = 0; j < columns; j++) {
      centre = Math.max(centre, Math.abs(centres[c][j]));
    }
    double tolerance = ON_SUPPORT * (norm + centre + spreads[c]);
    return laws[c].residual(i) <= tolerance * tolerance;
  }

  private void share(int i) {
    int top = 0;
    for (int c = 1; c < laws.length; c++) {
      if (logs[c][i] > logs[top][i]) {
        top = c;
      }
    }
    double greatest = logs[top][i];
    double sum = 0;
    for (int c = 0; c < laws.length; c++) {
      double below = logs[c][i] - greatest;
      shares[c][i] = c == top ? 1 : below < -746 ? 0 : StrictMath.exp(below);
      sum += shares[c][i];
    }
    for (int c = 0; c < laws.length; c++) {
      shares[c][i] /= sum;
    }
    tops[i] = top;
    logSums[i] = greatest + StrictMath.log(sum);
  }

  /** {@code log p(x)} of row {@code i} of the block. */
  double logDensity(int i) {
    return logSums[i];
  }

  /** {@code log(w_c p_c(x))} of row {@code i}. */
  double logJoint(int c, int i) {
    return logs[c][i];
  }

  /** The probability that row {@code i} is of component {@code c}. */
  double share(int c, int i) {
    return shares[c][i];
  }

  /** The most probable component of row {@code i}. */
  int top(int i) {
    return tops[i];
  }

  /** Whether row {@code i} lies where the law has probability at all. */
  boolean supported(int i) {
    return supported[i];
  }

  /** The number of directions without variance of the components that row {@code i} can be of. */
  int nullity(int i) {
    return directions[i];
  }

  /** The law of component {@code c}, with the rows loaded. */
  Form.AtLevel law(int c) {
    return laws[c];
  }

  /** The shares of component {@code c} in a block, those that add nothing being 0. */
  double[] weights(int c) {
    double[] kept = shares[c].clone();
    for (int i = 0; i < kept.length; i++) {
      kept[i] = kept[i] < NEGLIGIBLE ? 0 : kept[i];
    }
    return kept;
  }
}
