package dev.espalier.evaluation;

/** Which values of a metric are good. */
public enum Goal {
  /** The smaller the better. */
  SMALLER("smaller"),
  /** The larger the better. */
  LARGER("larger"),
  /** The nearer to one half the better. */
  HALF("near 0.5"),
  /** The nearer to one the better. */
  ONE("near 1");

  private final String words;

  Goal(String words) {
    this.words = words;
  }

  /** What to look for, such as {@code near 0.5}. */
  public String words() {
    return words;
  }

  /** A number that is the smaller the better the value is. */
  public double badness(double value) {
    return switch (this) {
      case SMALLER -> value;
      case LARGER -> -value;
      case HALF -> Math.abs(value - 0.5);
      case ONE -> Math.abs(value - 1);
    };
  }
}
