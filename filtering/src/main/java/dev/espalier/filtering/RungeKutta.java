package dev.espalier.filtering;

/** The classical method of fourth order with steps of even length. */
final class RungeKutta {
  private RungeKutta() {}

  /** The right-hand side. */
  @FunctionalInterface
  interface Slope {
    void write(double[] state, double[] out);
  }

  /** Moves a state on, in steps of at most the given length. */
  static void advance(Slope slope, double[] state, double duration, double longest) {
    int steps = (int) Math.ceil(duration / longest - 1e-9);
    double h = duration / steps;
    int d = state.length;
    double[] first = new double[d];
    double[] second = new double[d];
    double[] third = new double[d];
    double[] fourth = new double[d];
    double[] at = new double[d];
    for (int step = 0; step < steps; step++) {
      slope.write(state, first);
      move(state, 0.5 * h, first, at);
      slope.write(at, second);
      move(state, 0.5 * h, second, at);
      slope.write(at, third);
      move(state, h, third, at);
      slope.write(at, fourth);
      for (int j = 0; j < d; j++) {
        state[j] += h / 6 * (first[j] + 2 * second[j] + 2 * third[j] + fourth[j]);
      }
    }
  }

  private static void move(double[] state, double h, double[] slope, double[] out) {
    for (int j = 0; j < out.length; j++) {
      out[j] = state[j] + h * slope[j];
    }
  }
}
