package dev.espalier.samplers;

import dev.espalier.api.Curvature;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import java.io.Serializable;

/** How the posterior means of noisy rows move for some conditions. */
interface Bend extends Serializable {

  /** Moves the posterior mean of one noisy row. */
  void move(Seen seen);

  /** Whether products with the posterior covariance are needed. */
  default boolean needsCovariance() {
    return true;
  }

  /**
   * One noisy row and what is known of the clean one.
   *
   * @param level the noise
   * @param conditions what is observed
   * @param at where the row starts in {@code means}
   * @param means the posterior means of all rows, to be moved
   * @param sweeps for every form the product of the posterior covariance with its weights, for all
   *     rows; may be changed
   */
  record Seen(NoiseLevel level, Conditions conditions, int at, double[] means, double[][] sweeps) {

    /** The number of forms. */
    int count() {
      return conditions.forms.length;
    }

    /** The value of a form at the mean. */
    double value(int form) {
      return conditions.value(form, means, at);
    }

    /** The covariance of the values of the forms. */
    double[][] covariance() {
      int k = sweeps.length;
      double[][] m = new double[k][k];
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < k; j++) {
          m[i][j] = conditions.value(i, sweeps[j], at);
        }
      }
      for (int i = 0; i < k; i++) {
        for (int j = 0; j < i; j++) {
          m[i][j] = 0.5 * (m[i][j] + m[j][i]);
          m[j][i] = m[i][j];
        }
      }
      return m;
    }

    /** Adds {@code factor} times a form's sweep to the mean. */
    void add(double factor, int form) {
      add(factor, sweeps[form], at);
    }

    /** Adds a multiple of a vector of the row's length. */
    void add(double factor, double[] vector, int from) {
      int d = conditions.forms[0].length;
      for (int j = 0; j < d; j++) {
        means[at + j] += factor * vector[from + j];
      }
    }
  }

  /**
   * The products of every form with the posterior covariance {@code (b/a)·J}, for all rows: by the
   * curvature of the score, else by differences of its posterior mean, which takes {@code J} to be
   * symmetric.
   */
  static double[][] sweeps(Score score, NoiseLevel level, double[] x, Conditions conditions) {
    // Without signal the covariance is that of the law, which a trace of signal leaves as it is.
    NoiseLevel at = level.a() > 0 ? level : new NoiseLevel(1e-6 * Math.sqrt(level.b()), level.b());
    double factor = at.b() / at.a();
    int d = score.columns();
    Curvature curvature = score.ability(Curvature.class).orElse(null);
    double[][] sweeps = new double[conditions.forms.length][x.length];
    double[] tiled = new double[x.length];
    for (int k = 0; k < sweeps.length; k++) {
      double[] form = conditions.forms[k];
      for (int i = 0; i < x.length; i++) {
        tiled[i] = form[i % d];
      }
      if (curvature != null) {
        curvature.transposedJacobianTimes(at, x, tiled, sweeps[k]);
      } else {
        difference(score, at, x, form, sweeps[k]);
      }
      for (int i = 0; i < x.length; i++) {
        sweeps[k][i] *= factor;
      }
    }
    return sweeps;
  }

  private static void difference(
      Score score, NoiseLevel level, double[] x, double[] form, double[] out) {
    int d = form.length;
    double length = 0;
    for (double each : form) {
      length += each * each;
    }
    double step = 0.01 * Math.sqrt(level.b() / length);
    double[] moved = new double[x.length];
    double[] below = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      moved[i] = x[i] - step * form[i % d];
    }
    score.posteriorMean(level, moved, below);
    for (int i = 0; i < x.length; i++) {
      moved[i] = x[i] + step * form[i % d];
    }
    score.posteriorMean(level, moved, out);
    for (int i = 0; i < x.length; i++) {
      out[i] = (out[i] - below[i]) / (2 * step);
    }
  }
}
