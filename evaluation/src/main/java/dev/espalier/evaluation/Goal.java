package dev.espalier.evaluation;

/** Which values of a metric are good. */
public enum Goal {
  /** The smaller the better. */
  SMALLER,
  /** The larger the better. */
  LARGER,
  /** The nearer to one half the better. */
  HALF,
  /** The nearer to one the better. */
  ONE
}
