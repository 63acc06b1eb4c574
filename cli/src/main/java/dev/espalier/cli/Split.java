package dev.espalier.cli;

import dev.espalier.api.Streams;
import dev.espalier.tables.Table;
import java.util.random.RandomGenerator;

/** Rows to fit and rows held out. */
record Split(Table train, Table test) {

  /** One of {@code folds} parts of the rows, in their order, held out; every row is in one. */
  static Split fold(Table rows, int fold, int folds) {
    int held = 0;
    for (int i = fold; i < rows.count(); i += folds) {
      held++;
    }
    int[] test = new int[held];
    int[] train = new int[rows.count() - held];
    int tests = 0;
    int trains = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (i % folds == fold) {
        test[tests++] = i;
      } else {
        train[trains++] = i;
      }
    }
    return new Split(rows.rows(train), rows.rows(test));
  }

  /** A random fifth of the rows held out, at least one. */
  static Split random(Table rows, long seed) {
    return fold(rows.rows(order(rows.count(), new Streams(seed), "hold out")), 0, 5);
  }

  /** The rows in two random halves. */
  static Split half(Table rows, long seed) {
    return fold(rows.rows(order(rows.count(), new Streams(seed), "halves")), 0, 2);
  }

  /** A random order of {@code count} rows. */
  static int[] order(int count, Streams streams, String consumer) {
    RandomGenerator random = streams.stream(consumer, 0);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
