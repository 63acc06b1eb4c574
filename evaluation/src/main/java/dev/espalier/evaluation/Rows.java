package dev.espalier.evaluation;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Checks and selections that all metrics share. */
final class Rows {

  private Rows() {}

  /** Fails unless both have at least so many rows, the same columns and no missing cell. */
  static void requirePair(Samples one, Samples other, int least) {
    if (one.columns() != other.columns()) {
      throw new IllegalArgumentException(
          "need the same columns in both sets, got " + one.columns() + " and " + other.columns());
    }
    requireComplete(one, least);
    requireComplete(other, least);
  }

  static void requireComplete(Samples rows, int least) {
    if (rows.count() < least) {
      throw new InvalidDataException(
          "need at least "
              + least
              + (least == 1 ? " row" : " rows")
              + " in every set to compare, got "
              + rows.count());
    }
    if (rows.hasMissing()) {
      throw new InvalidDataException(
          "need rows without missing cells to compare, got "
              + rows
              + " with some; fill them or leave these rows out");
    }
  }

  static void requirePermutable(Samples one, Samples other, int permutations) {
    int most = 8000;
    if (permutations < 1 || (long) one.count() + other.count() > most) {
      throw new IllegalArgumentException(
          "need at least 1 permutation of at most "
              + most
              + " rows, got "
              + permutations
              + " of "
              + ((long) one.count() + other.count())
              + "; compare random parts of the rows");
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
