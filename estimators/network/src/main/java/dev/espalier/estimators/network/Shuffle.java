package dev.espalier.estimators.network;

import java.util.random.RandomGenerator;

/** Random orders. */
final class Shuffle {

  private Shuffle() {}

  /** A random order of 0 to {@code count − 1} (Fisher and Yates). */
  static int[] order(int count, RandomGenerator random) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
