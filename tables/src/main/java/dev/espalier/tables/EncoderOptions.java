package dev.espalier.tables;

import java.util.List;

/**
 * How a table becomes numbers.
 *
 * @param numbers how columns of numbers are brought to a common scale
 * @param labels the columns that travel as labels beside the numbers; categorical or boolean
 * @param limits where decoded numbers may lie
 * @param blanks what becomes of missing cells
 */
public record EncoderOptions(Numbers numbers, List<String> labels, Limits limits, Blanks blanks) {

  /** Standardised numbers within the observed range, no labels. */
  public static final EncoderOptions STANDARD =
      new EncoderOptions(Numbers.STANDARDISED, List.of(), Limits.OBSERVED, Blanks.DRAWN);

  /** Copies. */
  public EncoderOptions {
    labels = List.copyOf(labels);
  }

  /** How columns of numbers are brought to a common scale. */
  public enum Numbers {
    /** Minus the mean, divided by the standard deviation. */
    STANDARDISED,
    /** Mapped by ranks to a standard normal law; values between those observed by lines. */
    NORMAL_SCORES
  }

  /** Where decoded numbers may lie; a range declared by a schema binds in either case. */
  public enum Limits {
    /** Between the least and the greatest number that was encoded. */
    OBSERVED,
    /** Anywhere. */
    FREE
  }

  /** What becomes of missing cells. */
  public enum Blanks {
    /** They are learned and drawn as often as in the data. */
    DRAWN,
    /** They are unknown: rows are learned without them and drawn whole. */
    FILLED
  }

  /** These options with another scale. */
  public EncoderOptions withNumbers(Numbers numbers) {
    return new EncoderOptions(numbers, labels, limits, blanks);
  }

  /** These options with other labels. */
  public EncoderOptions withLabels(List<String> labels) {
    return new EncoderOptions(numbers, labels, limits, blanks);
  }

  /** These options with other limits. */
  public EncoderOptions withLimits(Limits limits) {
    return new EncoderOptions(numbers, labels, limits, blanks);
  }

  /** These options with another fate of missing cells. */
  public EncoderOptions withBlanks(Blanks blanks) {
    return new EncoderOptions(numbers, labels, limits, blanks);
  }
}
