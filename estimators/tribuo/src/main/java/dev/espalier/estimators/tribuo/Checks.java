package dev.espalier.estimators.tribuo;

/** Checks that several settings share. */
final class Checks {

  private Checks() {}

  static void boosting(int trees, int depth, double rate) {
    if (!(trees >= 1 && depth >= 1 && depth <= 30 && rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException(
          "need trees >= 1, depth from 1 to 30 and rate in (0, 1], got trees="
              + trees
              + ", depth="
              + depth
              + ", rate="
              + rate);
    }
  }

  static void forest(int trees, double share) {
    if (!(trees >= 2 && share > 0 && share < 1)) {
      throw new IllegalArgumentException(
          "need trees >= 2 and 0 < share < 1, got trees=" + trees + ", share=" + share);
    }
  }

  static void tree(int depth, double leaf) {
    if (!(depth >= 1 && leaf > 0 && leaf < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "need depth >= 1 and a finite leaf > 0, got depth=" + depth + ", leaf=" + leaf);
    }
  }
}
