package dev.espalier.estimators.tribuo;

/** Checks that several settings share. */
final class Checks {

  private Checks() {}

  static void tree(int depth, double leaf) {
    if (!(depth >= 1 && leaf > 0 && leaf < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "need depth >= 1 and a finite leaf > 0, got depth=" + depth + ", leaf=" + leaf);
    }
  }
}
