package dev.espalier.estimators.tribuo;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tribuo.Example;
import org.tribuo.impl.ArrayExample;
import org.tribuo.regression.Regressor;

/**
 * How a noisy row becomes a Tribuo example: a feature for each column that varies, named so that
 * they sort as the columns do.
 *
 * <p>A cell that is there is a feature even if it is 0; a missing one is none, which is how XGBoost
 * tells the two apart. Other trainers take an absent feature for 0, so {@code flagged} columns have
 * a second feature that is 1 where the cell is missing.
 */
final class Features implements Serializable {
  private static final long serialVersionUID = 1;

  private final int[] columns;
  private final boolean[] flagged;
  private final boolean timed;
  private final String[] names;
  private final String[] flags;

  /**
   * Features of these columns.
   *
   * @param flagged for each of the columns whether it has a flag
   * @param timed whether the time of the level is a feature
   */
  Features(int[] columns, boolean[] flagged, boolean timed) {
    this.columns = columns;
    this.flagged = flagged;
    this.timed = timed;
    this.names = new String[columns.length];
    this.flags = new String[columns.length];
    for (int f = 0; f < columns.length; f++) {
      names[f] = column(columns[f]);
      flags[f] = "missing" + names[f];
    }
  }

  /** The name of a column, as a feature and as an output. */
  static String column(int j) {
    return String.format(Locale.ROOT, "c%07d", j);
  }

  /** The column of such a name; −1 where it is none. */
  static int column(String name) {
    return name.matches("c[0-9]{7,9}") ? Integer.parseInt(name.substring(1)) : -1;
  }

  /** The columns that are features. */
  int[] columns() {
    return columns.clone();
  }

  boolean flagged(int f) {
    return flagged[f];
  }

  boolean timed() {
    return timed;
  }

  /**
   * The example of a row, or null where it has no feature at all.
   *
   * @param row one value a feature, {@code NaN} for missing
   * @param time of the level
   */
  @Nullable Example<Regressor> example(Regressor output, float weight, double[] row, double time) {
    String[] present = new String[2 * columns.length + 1];
    double[] values = new double[present.length];
    int count = 0;
    for (int f = 0; f < columns.length; f++) {
      boolean missing = Double.isNaN(row[f]);
      if (!missing) {
        present[count] = names[f];
        values[count++] = row[f];
      } else if (flagged[f]) {
        present[count] = flags[f];
        values[count++] = 1;
      }
    }
    if (timed) {
      present[count] = "time";
      values[count++] = time;
    }
    if (count == 0) {
      return null;
    }
    ArrayExample<Regressor> example =
        new ArrayExample<>(output, Arrays.copyOf(present, count), Arrays.copyOf(values, count));
    example.setWeight(weight);
    return example;
  }
}
