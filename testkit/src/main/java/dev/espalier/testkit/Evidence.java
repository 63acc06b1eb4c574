package dev.espalier.testkit;

/**
 * What a sample says about a hypothesis.
 *
 * @param hypothesis what is tested, in words
 * @param statistic the value of the test statistic
 * @param size the number of values in the sample
 * @param p the chance of a statistic at least as extreme if the hypothesis is true
 */
public record Evidence(String hypothesis, double statistic, long size, double p) {

  /** Checks the range of {@code p}, which is refused if it is not a number. */
  public Evidence {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "need 0 <= p <= 1 for '" + hypothesis + "', got " + p + " with statistic " + statistic);
    }
  }

  /** Whether the hypothesis is rejected at the false-alarm rate {@code alpha}. */
  public boolean rejects(double alpha) {
    return p < alpha;
  }
}
