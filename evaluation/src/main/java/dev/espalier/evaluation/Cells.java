package dev.espalier.evaluation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as people see it: columns of numbers and columns of words, cells missing or not.
 *
 * <p>Metrics that speak of columns, such as {@link Quality}, look at cells; metrics that speak of
 * distances look at {@link dev.espalier.api.Samples}. Immutable.
 */
public final class Cells implements Serializable {
  private static final long serialVersionUID = 1;

  private final int count;
  private final List<String> names;
  private final List<List<String>> words;
  private final double[][] values;

  private Cells(int count, List<String> names, List<List<String>> words, double[][] values) {
    this.count = count;
    this.names = names;
    this.words = words;
    this.values = values;
  }

  /** Columns of numbers named {@code x1}, {@code x2} and so on. */
  public static Cells of(dev.espalier.api.Samples rows) {
    Builder builder = builder(rows.count());
    for (int j = 0; j < rows.columns(); j++) {
      builder.numbers("x" + (j + 1), rows.column(j));
    }
    return builder.build();
  }

  /** Starts a table of so many rows. */
  public static Builder builder(int count) {
    return new Builder(count);
  }

  /** Adds columns. */
  public static final class Builder {
    private final int count;
    private final Map<String, List<String>> words = new LinkedHashMap<>();
    private final List<double[]> values = new ArrayList<>();

    private Builder(int count) {
      this.count = count;
    }

    /** A column of numbers, NaN being missing. */
    public Builder numbers(String name, double[] numbers) {
      return add(name, List.of(), numbers.clone());
    }

    /**
     * A column of words.
     *
     * @param known the words, distinct
     * @param codes the index of each row's word; −1 if it is missing
     */
    public Builder words(String name, List<String> known, int[] codes) {
      double[] indices = new double[codes.length];
      for (int i = 0; i < codes.length; i++) {
        if (!(codes[i] >= -1 && codes[i] < known.size())) {
          throw new IllegalArgumentException(
              "need codes from -1 to " + (known.size() - 1) + ", got " + codes[i]);
        }
        indices[i] = codes[i] < 0 ? Double.NaN : codes[i];
      }
      return add(name, known.isEmpty() ? List.of("") : List.copyOf(known), indices);
    }

    private Builder add(String name, List<String> known, double[] cells) {
      if (cells.length != count || words.containsKey(name)) {
        throw new IllegalArgumentException(
            "need "
                + count
                + " cells and a new name for every column, got "
                + cells.length
                + " for '"
                + name
                + "'");
      }
      words.put(name, known);
      values.add(cells);
      return this;
    }

    /** The table. */
    public Cells build() {
      return new Cells(
          count,
          List.copyOf(words.keySet()),
          List.copyOf(words.values()),
          values.toArray(new double[0][]));
    }
  }

  /** The number of rows. */
  public int count() {
    return count;
  }

  /** The names of the columns. */
  public List<String> names() {
    return names;
  }

  /** Whether column {@code j} has words, not numbers. */
  public boolean hasWords(int j) {
    return !words.get(j).isEmpty();
  }

  /** The numbers of column {@code j}, NaN where one is missing. */
  double[] numbers(int j) {
    return values[j];
  }

  /** The word in a cell; empty if it is missing, else {@code =} and the word. */
  String word(int i, int j) {
    double code = values[j][i];
    return Double.isNaN(code) ? "" : "=" + words.get(j).get((int) code);
  }

  /** The words of a column as indices into {@code known}, which grows by new ones. */
  int[] codes(int j, List<String> known) {
    Map<String, Integer> places = new LinkedHashMap<>();
    for (String each : known) {
      places.put(each, places.size());
    }
    int[] codes = new int[count];
    for (int i = 0; i < count; i++) {
      String word = word(i, j);
      Integer place = places.get(word);
      if (place == null) {
        place = places.size();
        places.put(word, place);
        known.add(word);
      }
      codes[i] = place;
    }
    return codes;
  }

  /** The words that occur in a column, missing among them, in the order of their first row. */
  Set<String> occurring(int j) {
    Set<String> found = new LinkedHashSet<>();
    for (int i = 0; i < count; i++) {
      found.add(word(i, j));
    }
    return found;
  }

  /** Some of the rows. */
  public Cells rows(int[] chosen) {
    double[][] some = new double[values.length][chosen.length];
    for (int j = 0; j < some.length; j++) {
      for (int i = 0; i < chosen.length; i++) {
        some[j][i] = values[j][chosen[i]];
      }
    }
    return new Cells(chosen.length, names, words, some);
  }

  /** Fails unless both have the same columns of the same kinds. */
  static void requirePair(Cells one, Cells other) {
    boolean same = one.names.equals(other.names);
    for (int j = 0; same && j < one.names.size(); j++) {
      same = one.hasWords(j) == other.hasWords(j);
    }
    if (!same) {
      throw new IllegalArgumentException(
          "need the same columns of the same kinds, got " + one.names + " and " + other.names);
    }
  }

  /** The column of this name. */
  int index(String name) {
    int j = names.indexOf(name);
    if (j < 0) {
      throw new IllegalArgumentException(
          "need one of the columns " + names + ", got '" + name + "'");
    }
    return j;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cells that
        && names.equals(that.names)
        && words.equals(that.words)
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.deepHashCode(values);
  }

  @Override
  public String toString() {
    return count + " rows of " + names;
  }
}
