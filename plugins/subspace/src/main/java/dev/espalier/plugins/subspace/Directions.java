package dev.espalier.plugins.subspace;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The directions in which weighted rows vary most about their mean, and how much.
 *
 * <p>With few rows or few columns, from all inner products of one or the other. Otherwise by
 * randomised subspace iteration (Halko, Martinsson and Tropp 2011, algorithm 4.4) with Ritz values,
 * until the variance found stands still; no matrix of columns × columns or rows × rows is formed.
 */
final class Directions {

  /** The most rows or columns whose inner products are decomposed in any case. */
  static final int FEW = 512;

  private static final int PIECES = 16;
  private static final int SPARE = 10;
  private static final int ROUNDS = 60;
  private static final double STILL = 1e-13;

  private final double[] mean;
  private final double[][] vectors;
  private final double[] variances;
  private final double total;
  private final double effectiveCount;

  private Directions(
      double[] mean, double[][] vectors, double[] variances, double total, double effectiveCount) {
    this.mean = mean;
    this.vectors = vectors;
    this.variances = variances;
    this.total = total;
    this.effectiveCount = effectiveCount;
  }

  /** How many there are: as many as asked for, or as many as the rows vary in. */
  int count() {
    return variances.length;
  }

  /** The variance of the rows along direction {@code k}, greatest first. */
  double variance(int k) {
    return variances[k];
  }

  /** The variances of all columns together. */
  double total() {
    return total;
  }

  /** The frame of the first directions. */
  Frame frame(int rank) {
    return Frame.of(mean, Arrays.copyOf(vectors, rank));
  }

  /**
   * The variance off the first {@code rank} directions: what is left, over the degrees of freedom
   * {@code (n − 1 − rank)·(d − rank)} of n rows.
   */
  double offSubspace(Samples rows, FitRequest weights, int rank) {
    int d = mean.length;
    double freedom = (effectiveCount - 1 - rank) * (d - rank);
    if (rank == d || !(freedom > 0)) {
      return 0;
    }
    Frame frame = frame(rank);
    double[] row = new double[d];
    double[] along = new double[rank];
    double sum = 0;
    for (int i = 0; i < rows.count(); i++) {
      frame.centre(1, rows.row(i), 0, row);
      frame.project(row, along, 0);
      frame.lift(-1, along, 0, row);
      sum += weights.weight(i) * Vectors.dot(row, row);
    }
    return sum / weights.totalWeight() * effectiveCount / freedom;
  }

  /**
   * Finds directions.
   *
   * @param most how many are looked for
   */
  static Directions of(FitRequest request, int most) {
    Samples rows = request.rows();
    int n = rows.count();
    int d = rows.columns();
    double[] roots = new double[n];
    double square = 0;
    double[] mean = new double[d];
    for (int i = 0; i < n; i++) {
      double share = request.weight(i) / request.totalWeight();
      roots[i] = Math.sqrt(share);
      square += share * share;
      Vectors.add(share, rows.row(i), mean);
    }
    Centred centred = new Centred(rows, mean, roots);
    double total = 0;
    for (int i = 0; i < n; i++) {
      double[] row = centred.row(i);
      total += Vectors.dot(row, row);
    }
    int least = Math.min(n, d);
    int wanted = Math.min(most, least);
    double[][] vectors;
    if (least <= FEW || 4L * (wanted + SPARE) >= least) {
      vectors = d <= n ? fromColumns(centred, request) : fromRows(centred, request);
    } else {
      vectors = iterated(centred, request, wanted + SPARE);
    }
    return of(centred, vectors, wanted, total, 1 / square);
  }

  /**
   * Directions that span what others do, measured on the rows: the coordinates along them are
   * uncorrelated.
   *
   * @param basis orthonormal
   */
  Directions along(FitRequest request, double[][] basis) {
    double[] roots = new double[request.rows().count()];
    for (int i = 0; i < roots.length; i++) {
      roots[i] = Math.sqrt(request.weight(i) / request.totalWeight());
    }
    Centred centred = new Centred(request.rows(), mean, roots);
    double[][] moments = new double[basis.length][basis.length];
    for (int i = 0; i < roots.length; i++) {
      double[] along = Vectors.product(basis, centred.row(i));
      for (int k = 0; k < along.length; k++) {
        Vectors.add(along[k], along, moments[k]);
      }
    }
    Symmetric found = Symmetric.of(moments);
    double[][] vectors = new double[basis.length][];
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = found.vector(k);
    }
    double[][] turned = Vectors.product(vectors, basis, mean.length);
    return of(centred, turned, turned.length, total, effectiveCount);
  }

  /** Measures the variance along each direction, and keeps those that the rows vary in. */
  private static Directions of(
      Centred centred, double[][] found, int wanted, double total, double effectiveCount) {
    int count = Math.min(wanted, found.length);
    double[][] vectors = Arrays.copyOf(found, count);
    double[] variances = new double[count];
    for (int k = 0; k < count; k++) {
      Vectors.orthonormalise(vectors, k);
      turn(vectors[k]);
    }
    for (int i = 0; i < centred.count(); i++) {
      double[] row = centred.row(i);
      for (int k = 0; k < count; k++) {
        double along = Vectors.dot(vectors[k], row);
        variances[k] += along * along;
      }
    }
    return new Directions(centred.mean, vectors, variances, total, effectiveCount);
  }

  /** Makes the coordinate of greatest size positive. */
  private static void turn(double[] vector) {
    double greatest = 0;
    for (double each : vector) {
      if (Math.abs(each) > Math.abs(greatest)) {
        greatest = each;
      }
    }
    if (greatest < 0) {
      Vectors.scale(-1, vector);
    }
  }

  private static double[][] leading(Symmetric found) {
    double[][] vectors = new double[found.rank()][];
    for (int k = 0; k < vectors.length; k++) {
      vectors[k] = found.vector(k);
    }
    return vectors;
  }

  /** From the covariance of the columns, summed over fixed blocks of rows. */
  private static double[][] fromColumns(Centred centred, FitRequest request) {
    int d = centred.columns();
    int pieces = centred.pieces();
    List<double[]> sums =
        request
            .tasks()
            .near()
            .map(pieces, (piece, share) -> moments(centred, piece, share), request.progress());
    double[][] matrix = new double[d][d];
    for (double[] sum : sums) {
      int at = 0;
      for (int i = 0; i < d; i++) {
        for (int j = 0; j <= i; j++) {
          matrix[i][j] += sum[at++];
          matrix[j][i] = matrix[i][j];
        }
      }
    }
    return leading(Symmetric.of(matrix));
  }

  private static double[] moments(Centred centred, int piece, Progress progress) {
    int d = centred.columns();
    double[][] lower = new double[d][];
    for (int i = 0; i < d; i++) {
      lower[i] = new double[i + 1];
    }
    for (int i = centred.start(piece); i < centred.start(piece + 1); i++) {
      progress.check();
      double[] row = centred.row(i);
      for (int j = 0; j < d; j++) {
        Vectors.add(row[j], row, lower[j]);
      }
    }
    double[] packed = new double[d * (d + 1) / 2];
    int at = 0;
    for (double[] each : lower) {
      System.arraycopy(each, 0, packed, at, each.length);
      at += each.length;
    }
    return packed;
  }

  /** From the inner products of the rows. */
  private static double[][] fromRows(Centred centred, FitRequest request) {
    int n = centred.count();
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = centred.row(i);
    }
    List<double[]> products =
        request
            .tasks()
            .near()
            .map(n, (i, share) -> products(centred, i, share), request.progress());
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = products.get(i)[j];
        matrix[j][i] = matrix[i][j];
      }
    }
    double[][] combinations = leading(Symmetric.of(matrix));
    double[][] vectors = Vectors.product(combinations, rows, centred.columns());
    return vectors;
  }

  private static double[] products(Centred centred, int i, Progress progress) {
    progress.check();
    double[] row = centred.row(i);
    double[] products = new double[i + 1];
    for (int j = 0; j <= i; j++) {
      products[j] = Vectors.dot(row, centred.row(j));
    }
    return products;
  }

  /** By subspace iteration from random directions. */
  private static double[][] iterated(Centred centred, FitRequest request, int width) {
    int d = centred.columns();
    Streams streams = request.streams();
    double[][] basis = new double[width][d];
    for (int k = 0; k < width; k++) {
      RandomGenerator random = streams.stream("subspace directions", k);
      for (int j = 0; j < d; j++) {
        basis[k][j] = random.nextGaussian();
      }
      Vectors.orthonormalise(basis, k);
    }
    double before = 0;
    for (int round = 0; ; round++) {
      double[][] now = basis;
      Progress part = request.progress().part((double) round / ROUNDS, (round + 1.0) / ROUNDS);
      List<double[][]> pieces =
          request
              .tasks()
              .near()
              .map(centred.pieces(), (piece, share) -> pass(centred, piece, now, share), part);
      double[][] moved = new double[width][d];
      double[][] ritz = new double[width][width];
      for (double[][] piece : pieces) {
        for (int k = 0; k < width; k++) {
          Vectors.add(1, piece[k], moved[k]);
          Vectors.add(1, piece[width + k], ritz[k]);
        }
      }
      Symmetric found = Symmetric.of(ritz);
      double captured = 0;
      for (int k = 0; k < width - SPARE; k++) {
        captured += found.value(k);
      }
      double[][] turned = leading(found);
      if (round == ROUNDS || Math.abs(captured - before) <= STILL * captured) {
        return Vectors.product(turned, now, d);
      }
      before = captured;
      int rank = 0;
      double[][] next = Vectors.product(turned, moved, d);
      for (double[] vector : next) {
        double length = Math.sqrt(Vectors.dot(vector, vector));
        next[rank] = vector;
        if (Vectors.orthonormalise(next, rank) > 1e-12 * length) {
          rank++;
        }
      }
      if (rank < width) {
        return Vectors.product(turned, now, d);
      }
      basis = next;
    }
  }

  /** For a block of rows X and directions Q: the rows {@code Qᵀ·XᵀX} and then {@code QᵀXᵀXQ}. */
  private static double[][] pass(Centred centred, int piece, double[][] basis, Progress progress) {
    int width = basis.length;
    double[][] sums = new double[2 * width][];
    for (int k = 0; k < width; k++) {
      sums[k] = new double[centred.columns()];
      sums[width + k] = new double[width];
    }
    double[] along = new double[width];
    for (int i = centred.start(piece); i < centred.start(piece + 1); i++) {
      progress.check();
      double[] row = centred.row(i);
      for (int k = 0; k < width; k++) {
        along[k] = Vectors.dot(basis[k], row);
      }
      for (int k = 0; k < width; k++) {
        Vectors.add(along[k], row, sums[k]);
        Vectors.add(along[k], along, sums[width + k]);
      }
    }
    return sums;
  }

  /** Rows about their mean, each times the root of its share of the weights. */
  private static final class Centred implements Serializable {
    private static final long serialVersionUID = 1;

    private final Samples rows;
    private final double[] mean;
    private final double[] roots;

    Centred(Samples rows, double[] mean, double[] roots) {
      this.rows = rows;
      this.mean = mean;
      this.roots = roots;
    }

    int count() {
      return rows.count();
    }

    int columns() {
      return mean.length;
    }

    int pieces() {
      return Math.max(1, Math.min(PIECES, count() / 64));
    }

    int start(int piece) {
      return (int) ((long) count() * piece / pieces());
    }

    double[] row(int i) {
      double[] row = rows.row(i);
      for (int j = 0; j < row.length; j++) {
        row[j] = roots[i] * (row[j] - mean[j]);
      }
      return row;
    }
  }
}
