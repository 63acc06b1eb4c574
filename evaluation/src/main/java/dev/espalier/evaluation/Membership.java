package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.util.Arrays;

/**
 * What drawn rows give away of single training rows. Distances are L1; times grow with n·m·d.
 *
 * <p>The sets of training and held-out rows should be of one size: the larger has nearer rows by
 * its size alone.
 */
public final class Membership {

  private Membership() {}

  /**
   * The accuracy of an attack that takes a row for a training row if a drawn row is nearer to it
   * than is usual: the threshold is the median distance of training and held-out rows together, and
   * both sets weigh the same. One half is guessing, 1 is certainty. The standard error is that of
   * two shares.
   *
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static Estimate attack(Samples train, Samples heldOut, Samples drawn) {
    Rows.requirePair(train, drawn, 1);
    Rows.requirePair(heldOut, drawn, 1);
    double[] members = Neighbours.nearest(train, drawn);
    double[] others = Neighbours.nearest(heldOut, drawn);
    double[] all = Arrays.copyOf(members, members.length + others.length);
    System.arraycopy(others, 0, all, members.length, others.length);
    double threshold = Neighbours.median(all);
    double caught = below(members, threshold);
    double spared = 1 - below(others, threshold);
    double variance =
        caught * (1 - caught) / members.length + spared * (1 - spared) / others.length;
    return new Estimate(0.5 * (caught + spared), 0.5 * Math.sqrt(variance));
  }

  /** The share below a value, a tie counting half. */
  private static double below(double[] values, double threshold) {
    double sum = 0;
    for (double each : values) {
      sum += each < threshold ? 1 : each == threshold ? 0.5 : 0;
    }
    return sum / values.length;
  }

  /**
   * The share of drawn rows that are nearer to a training row than all but a share of the held-out
   * rows are; that share if the model does not copy. Distances of 0 count as near.
   *
   * @param share of the held-out rows, between 0 and 1, such as 0.05
   * @throws IllegalArgumentException if the columns differ or the share is out of range
   * @throws dev.espalier.api.InvalidDataException if a set has no row or a missing cell
   */
  public static double nearCopies(Samples train, Samples heldOut, Samples drawn, double share) {
    Rows.requirePair(train, drawn, 1);
    Rows.requirePair(heldOut, train, 1);
    if (!(share > 0 && share < 1)) {
      throw new IllegalArgumentException("need a share between 0 and 1, got " + share);
    }
    double[] usual = Neighbours.nearest(heldOut, train);
    Arrays.sort(usual);
    double radius = Manifolds.quantile(usual, share);
    double near = 0;
    double[] distances = Neighbours.nearest(drawn, train);
    for (double each : distances) {
      near += each < radius || each == 0 ? 1 : 0;
    }
    return near / distances.length;
  }
}
