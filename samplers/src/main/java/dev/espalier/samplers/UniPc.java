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
    return 2;
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
    double[] before = move.memory(0);
    double[] earlier = move.memory(1);
    int past = move.index() - (move.before(move.index()).a() == 0 ? 1 : 0);
    double[] rows = past == 0 ? x : corrected(move, past, mean, x);
    System.arraycopy(before, 0, earlier, 0, x.length);
    System.arraycopy(mean, 0, before, 0, x.length);
    if (to.b() == 0) {
      Affine.Factors factors = EULER.factors(from, to);
      for (int i = 0; i < x.length; i++) {
        out[i] = factors.keep() * rows[i] + factors.pull() * mean[i];
      }
      return;
    }
    double[] weights = predicting(move, past, from, to, 1);
    double keep = Math.sqrt(to.b() / from.b());
    for (int i = 0; i < x.length; i++) {
      out[i] = keep * rows[i] + to.a() * (weights[0] * mean[i] + weights[1] * earlier[i]);
    }
  }

  /**
   * The rows moved by what the step before takes them to with the posterior mean at its end, less
   * what it took them to. What else became of the rows since, such as noise, stays.
   */
  private static double[] corrected(Move move, int past, double[] mean, double[] x) {
    NoiseLevel start = move.before(1);
    NoiseLevel end = move.from();
    double length = Levels.length(start, end);
    double[] predicted = predicting(move, past - 1, start, end, 2);
    double[] nodes =
        past == 1
            ? new double[] {length, 0}
            : new double[] {length, 0, -Levels.length(move.before(2), start)};
    double[] weights = Lms.weights(nodes, length);
    double now = weights[0];
    double last = weights[1] - predicted[0];
    double second = (past == 1 ? 0 : weights[2]) - predicted[1];
    double[] before = move.memory(0);
    double[] earlier = move.memory(1);
    double[] rows = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      rows[i] = x[i] + end.a() * (now * mean[i] + last * before[i] + second * earlier[i]);
    }
    return rows;
  }

  /**
   * The weights of two posterior means in a step: that at its start, and that of the step before
   * it, which is at the level {@code back} steps ago; the latter 0 in the first step.
   */
  private static double[] predicting(
      Move move, int past, NoiseLevel start, NoiseLevel end, int back) {
    double length = Levels.length(start, end);
    return past == 0
        ? new double[] {Lms.weights(new double[1], length)[0], 0}
        : Lms.weights(new double[] {0, -Levels.length(move.before(back), start)}, length);
  }
}
