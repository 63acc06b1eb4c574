package dev.espalier.evaluation;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of several candidates draws rows closest to held-out rows, by energy distance, with the
 * standard error of every difference.
 *
 * <p>Likelihoods of models with labels or indicator columns have different base measures; drawn
 * rows in one common encoded space compare fairly. Two candidates are compared on the same held-out
 * rows, so what is peculiar to those rows cancels from the difference.
 */
public final class EnergyComparison {

  private final double[] distance;
  private final double[] error;
  private final double[][] difference;
  private final double[][] differenceError;

  private EnergyComparison(int candidates) {
    distance = new double[candidates];
    error = new double[candidates];
    difference = new double[candidates][candidates];
    differenceError = new double[candidates][candidates];
  }

  /**
   * Compares the candidates' drawn rows with held-out rows; time grows with the square of the rows,
   * memory with the rows.
   *
   * @param heldOut complete rows that no candidate was fitted to, at least 2
   * @param candidates complete drawn rows of each candidate in the same columns, at least 2 each
   * @throws IllegalArgumentException if there is no candidate or the columns differ
   * @throws InvalidDataException if a set has fewer than 2 rows or a missing cell
   */
  public static EnergyComparison of(Samples heldOut, List<Samples> candidates) {
    int count = requireSome(candidates);
    EnergyComparison result = new EnergyComparison(count);
    double[] within = null;
    double[][] fromHeldOut = new double[count][];
    double[][] fromDrawn = new double[count][];
    for (int k = 0; k < count; k++) {
      Samples drawn = candidates.get(k);
      Rows.requirePair(heldOut, drawn, 2);
      within = within == null ? Energy.meanDistances(heldOut) : within;
      double[] across = Energy.meanDistances(heldOut, drawn);
      double[] back = Energy.meanDistances(drawn, heldOut);
      double[] inside = Energy.meanDistances(drawn);
      result.distance[k] = 2 * Energy.mean(across) - Energy.mean(inside) - Energy.mean(within);
      fromHeldOut[k] = across;
      fromDrawn[k] = Energy.combined(2, back, -2, inside);
      result.error[k] =
          Math.sqrt(
              Energy.varianceOfMean(Energy.combined(2, across, -2, within))
                  + Energy.varianceOfMean(fromDrawn[k]));
    }
    for (int k = 0; k < count; k++) {
      for (int l = 0; l < count; l++) {
        if (k != l) {
          result.difference[k][l] = result.distance[k] - result.distance[l];
          result.differenceError[k][l] =
              Math.sqrt(
                  Energy.varianceOfMean(Energy.combined(2, fromHeldOut[k], -2, fromHeldOut[l]))
                      + Energy.varianceOfMean(fromDrawn[k])
                      + Energy.varianceOfMean(fromDrawn[l]));
        }
      }
    }
    return result;
  }

  private static int requireSome(List<?> candidates) {
    if (candidates.isEmpty()) {
      throw new IllegalArgumentException("need at least one to compare, got none");
    }
    return candidates.size();
  }

  /**
   * The mean of comparisons of the same candidates on disjoint held-out rows, such as the folds of
   * a cross-validation; errors are combined as those of independent folds.
   *
   * @throws IllegalArgumentException if there is none or they differ in the number of candidates
   */
  public static EnergyComparison mean(List<EnergyComparison> folds) {
    requireSome(folds);
    int count = folds.get(0).count();
    EnergyComparison mean = new EnergyComparison(count);
    double n = folds.size();
    for (int k = 0; k < count; k++) {
      double squares = 0;
      for (EnergyComparison fold : folds) {
        if (fold.count() != count) {
          throw new IllegalArgumentException(
              "need " + count + " candidates in every fold, got " + fold.count());
        }
        mean.distance[k] += fold.distance[k] / n;
        squares += fold.error[k] * fold.error[k];
      }
      mean.error[k] = Math.sqrt(squares) / n;
      for (int l = 0; l < count; l++) {
        squares = 0;
        for (EnergyComparison fold : folds) {
          mean.difference[k][l] += fold.difference[k][l] / n;
          squares += fold.differenceError[k][l] * fold.differenceError[k][l];
        }
        mean.differenceError[k][l] = Math.sqrt(squares) / n;
      }
    }
    return mean;
  }

  /** The number of candidates. */
  public int count() {
    return distance.length;
  }

  /** The energy distance of candidate {@code k} to the held-out rows. */
  public Estimate distance(int k) {
    return new Estimate(distance[k], error[k]);
  }

  /** The distances of all candidates, in the order given. */
  public List<Estimate> distances() {
    List<Estimate> all = new ArrayList<>();
    for (int k = 0; k < count(); k++) {
      all.add(distance(k));
    }
    return List.copyOf(all);
  }

  /**
   * Whether candidate {@code one} is closer than candidate {@code other} beyond doubt: the 95 %
   * interval of their difference lies below 0.
   */
  public boolean beats(int one, int other) {
    return difference[one][other] + 1.96 * differenceError[one][other] < 0;
  }

  /**
   * The distance of candidate {@code one} less that of candidate {@code other}, with the standard
   * error of this difference; negative if {@code one} is closer.
   */
  public Estimate difference(int one, int other) {
    return new Estimate(difference[one][other], differenceError[one][other]);
  }

  /** The closest candidate; the first of equals. */
  public int closest() {
    return closest(0, count());
  }

  private int closest(int from, int to) {
    int best = from;
    for (int k = from + 1; k < to; k++) {
      if (distance[k] < distance[best]) {
        best = k;
      }
    }
    return best;
  }

  /**
   * The first candidate that is at most one standard error of the difference farther than the
   * closest one: with candidates in order of complexity the simplest that does as well.
   */
  public int firstAsClose() {
    return firstAsClose(0, count());
  }

  /** As {@link #firstAsClose()} among candidates {@code from} to {@code to} (exclusive). */
  public int firstAsClose(int from, int to) {
    if (!(from >= 0 && from < to && to <= count())) {
      throw new IndexOutOfBoundsException(
          "need 0 <= from < to <= " + count() + ", got " + from + " and " + to);
    }
    int best = closest(from, to);
    for (int k = from; k < best; k++) {
      if (difference[k][best] <= differenceError[k][best]) {
        return k;
      }
    }
    return best;
  }

  @Override
  public String toString() {
    return "EnergyComparison" + distances();
  }
}
