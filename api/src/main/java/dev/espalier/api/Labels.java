package dev.espalier.api;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/** One category for every row: a label that travels beside the numbers. */
public final class Labels implements Serializable {
  private static final long serialVersionUID = 1;

  private final String name;
  private final List<String> categories;
  private final int[] codes;

  private Labels(String name, List<String> categories, int[] codes) {
    this.name = name;
    this.categories = categories;
    this.codes = codes;
  }

  /**
   * Labels from codes.
   *
   * @param name what the categories are of, such as {@code species}
   * @param categories the distinct categories
   * @param codes for every row an index into {@code categories}
   * @throws IllegalArgumentException if a code is out of range or a category occurs twice
   */
  public static Labels of(String name, List<String> categories, int[] codes) {
    if (categories.stream().distinct().count() != categories.size()) {
      throw new IllegalArgumentException("need distinct categories, got " + categories);
    }
    for (int code : codes) {
      if (!(code >= 0 && code < categories.size())) {
        throw new IllegalArgumentException(
            "need codes from 0 to " + (categories.size() - 1) + " for '" + name + "', got " + code);
      }
    }
    return new Labels(name, List.copyOf(categories), codes.clone());
  }

  /** What the categories are of. */
  public String name() {
    return name;
  }

  /** The distinct categories; a code is an index into them. */
  public List<String> categories() {
    return categories;
  }

  /** The number of rows. */
  public int count() {
    return codes.length;
  }

  /** The code of row {@code i}. */
  public int code(int i) {
    return codes[i];
  }

  /** The category of row {@code i}. */
  public String get(int i) {
    return categories.get(codes[i]);
  }

  /** The rows of one category, in rising order. */
  public int[] rowsOf(int category) {
    int[] rows = new int[codes.length];
    int count = 0;
    for (int i = 0; i < codes.length; i++) {
      if (codes[i] == category) {
        rows[count++] = i;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  /** The labels of the given rows, in the order given. */
  public Labels rows(int[] rows) {
    int[] chosen = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      chosen[i] = codes[rows[i]];
    }
    return new Labels(name, categories, chosen);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Labels that
        && name.equals(that.name)
        && categories.equals(that.categories)
        && Arrays.equals(codes, that.codes);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * name.hashCode() + categories.hashCode()) + Arrays.hashCode(codes);
  }

  @Override
  public String toString() {
    return "Labels[" + name + ", " + codes.length + " rows, " + categories + "]";
  }
}
