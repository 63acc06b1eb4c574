package dev.espalier.plugins.subspace;

import java.io.Serializable;

/**
 * Orthonormal directions through a mean: where the coordinates of a row lie.
 *
 * <p>A {@linkplain #whole whole} frame has the columns for directions and 0 for its mean, so that
 * coordinates are the row itself.
 */
final class Frame implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] mean;
  private final int rank;

  /** One array a direction; none where the directions are the columns. */
  private final double[][] directions;

  private Frame(double[] mean, int rank, double[][] directions) {
    this.mean = mean;
    this.rank = rank;
    this.directions = directions;
  }

  /** Orthonormal directions through a mean; the arrays are kept. */
  static Frame of(double[] mean, double[][] directions) {
    return new Frame(mean, directions.length, directions);
  }

  /** All columns. */
  static Frame whole(int columns) {
    return new Frame(new double[columns], columns, new double[0][]);
  }

  int columns() {
    return mean.length;
  }

  int rank() {
    return rank;
  }

  boolean isWhole() {
    return rank > 0 && directions.length == 0;
  }

  /** How many directions are off the subspace. */
  int codimension() {
    return mean.length - rank;
  }

  /** The mean of column {@code j}. */
  double mean(int j) {
    return mean[j];
  }

  /** A copy of the mean. */
  double[] mean() {
    return mean.clone();
  }

  /** The directions, one array each; not to be changed, and not there if this is whole. */
  double[][] directions() {
    return directions;
  }

  /** Writes {@code x − a·mean} of the row at {@code at} into {@code centred}. */
  void centre(double a, double[] x, int at, double[] centred) {
    for (int j = 0; j < centred.length; j++) {
      centred[j] = x[at + j] - a * mean[j];
    }
  }

  /** Writes the coordinates of a centred row, starting at {@code at}. */
  void project(double[] centred, double[] coordinates, int at) {
    for (int k = 0; k < rank; k++) {
      coordinates[at + k] = isWhole() ? centred[k] : Vectors.dot(directions[k], centred);
    }
  }

  /** The coordinates of every row of {@code x} about {@code a·mean}. */
  double[] project(double a, double[] x) {
    int d = mean.length;
    double[] centred = new double[d];
    double[] coordinates = new double[x.length / d * rank];
    for (int i = 0; i < x.length / d; i++) {
      centre(a, x, i * d, centred);
      project(centred, coordinates, i * rank);
    }
    return coordinates;
  }

  /** Adds the row with the given coordinates, times {@code factor}, to {@code row}. */
  void lift(double factor, double[] coordinates, int at, double[] row) {
    for (int k = 0; k < rank; k++) {
      if (isWhole()) {
        row[k] += factor * coordinates[at + k];
      } else {
        Vectors.add(factor * coordinates[at + k], directions[k], row);
      }
    }
  }
}
