package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;

/**
 * The linear multistep method for the probability-flow equation in exponential form, with one
 * evaluation a step (exponential Adams–Bashforth; Hochbruck and Ostermann, 2010).
 *
 * <p>With {@code y = x/a} and {@code λ = log(a/√b)} the equation is {@code dy/dλ = m − y}. A step
 * of length {@code h} is {@code y' = e^{−h}·y + ∫ e^{s−h}·P(s) ds}, {@code P} the polynomial
 * through the posterior means of this and the steps before. The first steps have fewer means to go
 * by, and just as many as their order needs: one by a midpoint for order 3, two by the classical
 * Runge–Kutta method for order 4. The step from a level without signal and the step to the data are
 * {@link Euler}'s.
 *
 * @param order the number of posterior means in a step, from 1 to 4
 */
public record Lms(int order) implements Stepper {
  private static final Euler EULER = new Euler();

  /** The usual order. */
  public static final int ORDER = 3;

  /** Checks the range. */
  public Lms {
    if (!(order >= 1 && order <= 4)) {
      throw new IllegalArgumentException("need an order from 1 to 4, got " + order);
    }
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public int memory() {
    return order - 1;
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    NoiseLevel from = move.from();
    NoiseLevel to = move.to();
    if (from.a() == 0 || to.b() == 0) {
      EULER.step(move, x, out);
      return;
    }
    double[] mean = new double[x.length];
    move.score().posteriorMean(from, x, mean);
    int first = move.before(move.index()).a() == 0 ? 1 : 0;
    int past = move.index() - first;
    if (past >= order - 2) {
      adams(move, Math.min(past + 1, order), mean, x, out);
    } else if (order == 3) {
      midpoint(move.score(), from, to, mean, x, out);
    } else {
      rungeKutta(move.score(), from, to, mean, x, out);
    }
    if (order > 1) {
      for (int j = order - 2; j > 0; j--) {
        System.arraycopy(move.memory(j - 1), 0, move.memory(j), 0, x.length);
      }
      System.arraycopy(mean, 0, move.memory(0), 0, x.length);
    }
  }

  private static void adams(Move move, int means, double[] mean, double[] x, double[] out) {
    double[] nodes = new double[means];
    for (int j = 1; j < means; j++) {
      nodes[j] = -Levels.length(move.before(j), move.from());
    }
    double[] weights = weights(nodes, Levels.length(move.from(), move.to()));
    double keep = Math.sqrt(move.to().b() / move.from().b());
    double a = move.to().a();
    for (int i = 0; i < x.length; i++) {
      double sum = weights[0] * mean[i];
      for (int j = 1; j < means; j++) {
        sum += weights[j] * move.memory(j - 1)[i];
      }
      out[i] = keep * x[i] + a * sum;
    }
  }

  /** The integrals of {@code e^{s−h}} times the Lagrange polynomials of the nodes, over [0, h]. */
  static double[] weights(double[] nodes, double h) {
    double[] weights = new double[nodes.length];
    for (int k = 0; k < Gauss.NODES; k++) {
      double s = h * Gauss.node(k);
      for (int j = 0; j < nodes.length; j++) {
        double product = Gauss.weight(k, h);
        for (int l = 0; l < nodes.length; l++) {
          product *= l == j ? 1 : (s - nodes[l]) / (nodes[j] - nodes[l]);
        }
        weights[j] += product;
      }
    }
    return weights;
  }

  /** With the posterior mean in the middle of the step. */
  private static void midpoint(
      Score score, NoiseLevel from, NoiseLevel to, double[] mean, double[] x, double[] out) {
    NoiseLevel middle = Levels.between(from, to, 0.5);
    Affine.Factors half = EULER.factors(from, middle);
    Affine.Factors whole = EULER.factors(from, to);
    double[] halfway = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      halfway[i] = half.keep() * x[i] + half.pull() * mean[i];
    }
    score.posteriorMean(middle, halfway, out);
    for (int i = 0; i < x.length; i++) {
      out[i] = whole.keep() * x[i] + whole.pull() * out[i];
    }
  }

  /** The classical method of fourth order for {@code dy/dλ = m − y}. */
  private static void rungeKutta(
      Score score, NoiseLevel from, NoiseLevel to, double[] mean, double[] x, double[] out) {
    double h = Levels.length(from, to);
    NoiseLevel middle = NoiseLevel.exploding(Math.sqrt(from.sigma() * to.sigma()));
    NoiseLevel end = NoiseLevel.exploding(to.sigma());
    int n = x.length;
    double[] start = new double[n];
    double[] slope = new double[n];
    double[] sum = new double[n];
    for (int i = 0; i < n; i++) {
      start[i] = x[i] / from.a();
      slope[i] = mean[i] - start[i];
      sum[i] = slope[i];
    }
    double[] y = new double[n];
    for (int stage = 1; stage < 4; stage++) {
      double length = stage == 3 ? h : 0.5 * h;
      for (int i = 0; i < n; i++) {
        y[i] = start[i] + length * slope[i];
      }
      score.posteriorMean(stage == 3 ? end : middle, y, slope);
      for (int i = 0; i < n; i++) {
        slope[i] -= y[i];
        sum[i] += (stage == 3 ? 1 : 2) * slope[i];
      }
    }
    for (int i = 0; i < n; i++) {
      out[i] = to.a() * (start[i] + h / 6 * sum[i]);
    }
  }
}
