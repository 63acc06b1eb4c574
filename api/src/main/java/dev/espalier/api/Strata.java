package dev.espalier.api;

import java.util.List;

/**
 * The ability of a score to name the parts that it is a mixture of, one for every category.
 *
 * <p>A row is drawn from its stratum, chosen with the stratum's weight, and carries its category as
 * a label.
 */
public interface Strata {

  /** The name of the label, such as {@code species}. */
  String label();

  /** The categories, one a stratum. */
  List<String> categories();

  /** The weights of the strata; positive, with sum 1. */
  List<Double> weights();

  /** The score of the rows of one category; it may have strata itself. */
  Score stratum(int category);

  /**
   * The index of the category that was seen.
   *
   * @throws IllegalArgumentException if it is none of {@link #categories}
   */
  default int category(Observation.Label seen) {
    int index = categories().indexOf(seen.category());
    if (index < 0) {
      throw new IllegalArgumentException(
          "need a category of '"
              + label()
              + "', one of "
              + categories()
              + ", got '"
              + seen.category()
              + "'");
    }
    return index;
  }

  /** The logarithm of the weight of the category that was seen; −∞ if it is none of them. */
  default double logWeight(Observation.Label seen) {
    int index = categories().indexOf(seen.category());
    return index < 0 ? Double.NEGATIVE_INFINITY : StrictMath.log(weights().get(index));
  }
}
