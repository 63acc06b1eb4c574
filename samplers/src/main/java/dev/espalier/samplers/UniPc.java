package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * The multistep predictor and corrector for the probability-flow equation, of third order, with one
 * evaluation a step (UniPC-2 of Zhao et al., 2023, in exponential Adams form).
 *
 * <p>With {@code y = x/a} and {@code λ = log(a/√b)} the equation is {@code dy/dλ = m − y}. A step
 * predicts by {@code y' = e^{−h}·y + ∫ e^{s−h}·P(s) ds} with {@code P} the line through the
 * posterior means of this step and the one before. The posterior mean at the predicted row, which
 * the next step needs anyway, first corrects that row: the step is taken again with the parabola
 * through it too. So the first steps need no other method. The step from a level without signal and
 * the step to the data are {@link Euler}'s.
 */
public record UniPc() implements Stepper {
  private static final Euler EULER = new Euler();

  @Override
  public int memory() {
    return 3;
  }

  @Override
  public int order() {
    return 3;
  }

  @Override
  public boolean isRandom() {
    return false;
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    NoiseLevel from = move.from();
    NoiseLevel to = move.to();
    if (from.a() == 0) {
      EULER.step(move, x, out);
      return;
    }
    double[] mean = new double[x.length];
    move.score().posteriorMean(from, x, mean);
    double[] rows = move.memory(0);
    double[] before = move.memory(1);
    double[] earlier = move.memory(2);
    int past = move.index() - (move.before(move.index()).a() == 0 ? 1 : 0);
    if (past == 0) {
      System.arraycopy(x, 0, rows, 0, x.length);
    } else {
      correct(move, past, mean, rows);
    }
    System.arraycopy(before, 0, earlier, 0, x.length);
    System.arraycopy(mean, 0, before, 0, x.length);
    if (to.b() == 0) {
      Affine.Factors factors = EULER.factors(from, to);
      for (int i = 0; i < x.length; i++) {
        out[i] = factors.keep() * rows[i] + factors.pull() * mean[i];
      }
      return;
    }
    double[] nodes =
        past == 0 ? new double[1] : new double[] {0, -Levels.length(move.before(1), from)};
    double[] weights = Lms.weights(nodes, Levels.length(from, to));
    double keep = Math.sqrt(to.b() / from.b());
    for (int i = 0; i < x.length; i++) {
      double sum = weights[0] * mean[i] + (past == 0 ? 0 : weights[1] * earlier[i]);
      out[i] = keep * rows[i] + to.a() * sum;
    }
  }

  /** Takes the step before again, with the posterior mean at its end; in place. */
  private static void correct(Move move, int past, double[] mean, double[] rows) {
    NoiseLevel start = move.before(1);
    NoiseLevel end = move.from();
    double length = Levels.length(start, end);
    double[] nodes =
        past == 1
            ? new double[] {length, 0}
            : new double[] {length, 0, -Levels.length(move.before(2), start)};
    double[] weights = Lms.weights(nodes, length);
    double keep = Math.sqrt(end.b() / start.b());
    double[] before = move.memory(1);
    double[] earlier = move.memory(2);
    for (int i = 0; i < rows.length; i++) {
      double sum = weights[0] * mean[i] + weights[1] * before[i];
      sum += past == 1 ? 0 : weights[2] * earlier[i];
      rows[i] = keep * rows[i] + end.a() * sum;
    }
  }
}
