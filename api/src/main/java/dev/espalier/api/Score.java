package dev.espalier.api;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * The score of a law at every noise level, given through the posterior mean.
 *
 * <p>For {@code x = a·x0 + √b·w} the posterior mean is {@code m(x) = E[x0 | x]} and the score is
 * {@code ∇ log p(x) = (a·m(x) − x)/b} (Tweedie). A score knows no schedule: it answers at any level
 * in {@link #range()}. Instances are immutable and safe for concurrent use.
 */
public interface Score extends Serializable {

  /** The number of columns d of a row. */
  int columns();

  /**
   * Writes {@code E[x0 | x]} for every row of {@code x}; defined at {@code a = 0}, where it is the
   * mean of the law, and at {@code b = 0}, where it is {@code x/a}.
   *
   * @param x rows of {@link #columns()} values, row-major
   * @param out as long as {@code x}
   * @throws IllegalArgumentException if {@code level} lies outside {@link #range()}
   */
  void posteriorMean(NoiseLevel level, double[] x, double[] out);

  /**
   * Writes {@code ∇ log p(x)} at the level for every row of {@code x}.
   *
   * <p>The default forms {@code (a·m − x)/b}, which cancels at tiny {@code b}; closed forms
   * override it.
   */
  default void score(NoiseLevel level, double[] x, double[] out) {
    posteriorMean(level, x, out);
    double a = level.a();
    double b = level.b();
    for (int i = 0; i < x.length; i++) {
      out[i] = (a * out[i] - x[i]) / b;
    }
  }

  /** The levels at which this score may be asked. */
  default NoiseRange range() {
    return NoiseRange.ALL;
  }

  /**
   * Something more that this score can do, such as {@link Density} or {@link Curvature}; a wrapper
   * offers an ability only when its inner part does.
   */
  default <A> Optional<A> ability(Class<A> ability) {
    return ability.isInstance(this) ? Optional.of(ability.cast(this)) : Optional.empty();
  }

  /** What a reader of the fit should know, a sentence each, such as a variance floor that acted. */
  default List<String> notes() {
    return List.of();
  }
}
