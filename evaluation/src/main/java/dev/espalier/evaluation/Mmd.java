package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;

/**
 * The maximum mean discrepancy with the Gaussian kernel {@code exp(−|x − y|²/(2h²))} (Gretton and
 * others 2012), {@code h} the median distance between different rows of both sets together.
 */
public final class Mmd {

  private Mmd() {}

  /**
   * The unbiased estimate of the squared discrepancy, which may be a little negative for equal
   * laws.
   *
   * <p>Memory is 8·(n + m)² bytes, time grows with (n + m)²·(d + log(n + m)).
   *
   * @throws IllegalArgumentException if the columns differ or there are more than 8000 rows
   * @throws dev.espalier.api.InvalidDataException if a set has fewer than 2 rows or a missing cell
   */
  public static double squared(Samples one, Samples other) {
    return kernel(one, other).statistic();
  }

  /**
   * The chance of so great a discrepancy between random halves of all these rows.
   *
   * @param permutations at least 1
   * @param seed of the permutations
   * @throws IllegalArgumentException if the columns differ or there are more than 8000 rows
   * @throws dev.espalier.api.InvalidDataException if a set has fewer than 2 rows or a missing cell
   */
  public static double permutationP(Samples one, Samples other, int permutations, long seed) {
    Rows.requirePermutable(one, other, permutations);
    return kernel(one, other).permutationP(permutations, new Streams(seed));
  }

  static TwoSample kernel(Samples one, Samples other) {
    Rows.requirePair(one, other, 2);
    Rows.requirePermutable(one, other, 1);
    double[][] distance = TwoSample.distances(one, other);
    return TwoSample.gaussian(one.count(), distance, width(distance));
  }

  /** The median of all distances; where that is 0 their mean, and 1 if all rows are equal. */
  static double width(double[][] distance) {
    int total = distance.length;
    double[] all = new double[total * (total - 1) / 2];
    int at = 0;
    double sum = 0;
    for (int i = 0; i < total; i++) {
      for (int j = 0; j < i; j++) {
        all[at++] = distance[i][j];
        sum += distance[i][j];
      }
    }
    Arrays.sort(all);
    double median = all[all.length / 2];
    return median > 0 ? median : sum > 0 ? sum / all.length : 1;
  }
}
