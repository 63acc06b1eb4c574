package dev.espalier.evaluation;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Checks and selections that all metrics share. */
final class Rows {

  private Rows() {}

  /** Fails unless both have rows, the same columns and no missing cell. */
  static void requirePair(Samples one, Samples other) {
    if (one.columns() != other.columns()) {
      throw new IllegalArgumentException(
          "need the same columns in both sets, got " + one.columns() + " and " + other.columns());
    }
    requireComplete(one);
    requireComplete(other);
  }

  private static void requireComplete(Samples rows) {
    if (rows.count() == 0) {
      throw new InvalidDataException("need at least one row to compare, got none");
    }
    if (rows.hasMissing()) {
      throw new InvalidDataException(
          "need rows without missing cells to compare, got "
              + rows
              + " with some; fill or drop"
              + " them first");
    }
  }

  /** At most {@code limit} of the rows, chosen by the stream, in rising order. */
  static Samples atMost(int limit, Samples rows, Streams streams, String consumer) {
    if (rows.count() <= limit) {
      return rows;
    }
    int[] order = permutation(rows.count(), streams.stream(consumer, 0));
    int[] chosen = Arrays.copyOf(order, limit);
    Arrays.sort(chosen);
    return rows.rows(chosen);
  }

  /** A uniform permutation of 0 to count − 1. */
  static int[] permutation(int count, RandomGenerator random) {
    int[] order = new int[count];
    Arrays.setAll(order, i -> i);
    shuffle(order, random);
    return order;
  }

  static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
  }
}
