package dev.espalier.samplers;

/** Range checks that several records share. */
final class Checks {
  private Checks() {}

  static void positive(String name, double value) {
    if (!(value > 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite " + name + " > 0, got " + value);
    }
  }

  static void atLeast(String name, int least, int value) {
    if (!(value >= least)) {
      throw new IllegalArgumentException("need " + name + " >= " + least + ", got " + value);
    }
  }

  static double time(double t) {
    if (!(t >= 0 && t <= 1)) {
      throw new IllegalArgumentException("need a time from 0 to 1, got " + t);
    }
    return t;
  }

  static double clamp(double t) {
    return Math.max(0, Math.min(1, t));
  }
}
