package dev.espalier.filtering;

/** Range checks that several records share. */
final class Checks {
  private Checks() {}

  static void inflation(double inflation) {
    if (!(inflation >= 1 && inflation < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite inflation >= 1, got " + inflation);
    }
  }
}
