package dev.espalier.estimators.closedform;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Reader;
import dev.espalier.api.Writer;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * A covariance matrix in the form that makes it cheap at every noise level.
 *
 * <p>The variance may be 0 in some directions: a law that was conditioned on some of its columns is
 * constant in them.
 */
public final class Covariance implements Serializable {
  private static final long serialVersionUID = 1;

  private final Kind kind;
  private final Form form;

  private Covariance(Kind kind, Form form) {
    this.kind = kind;
    this.form = form;
  }

  /** The forms, by the words that stand in model files. */
  private enum Kind {
    FULL,
    DIAGONAL,
    SPHERICAL,
    LOWRANK
  }

  /**
   * Any covariance matrix; decomposed once, at a cost of the order of d³, which serves every level.
   *
   * @param matrix d × d, symmetric, without negative eigenvalues
   * @throws IllegalArgumentException if it is no covariance matrix
   */
  public static Covariance full(double[][] matrix) {
    int d = needSome(matrix.length);
    double[][] copy = new double[d][d];
    for (int i = 0; i < d; i++) {
      if (matrix[i].length != d) {
        throw new IllegalArgumentException(
            "need a square covariance matrix, got "
                + matrix[i].length
                + " values in row "
                + i
                + " of "
                + d);
      }
      needVariance(matrix[i][i], i);
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        double bound = Math.sqrt(matrix[i][i]) * Math.sqrt(matrix[j][j]);
        double upper = matrix[j][i];
        double lower = matrix[i][j];
        if (!(Math.abs(upper - lower) <= 1e-9 * bound && Math.abs(lower) <= (1 + 1e-8) * bound)) {
          throw new IllegalArgumentException(
              "need a symmetric covariance matrix within the bounds of its variances, got "
                  + lower
                  + " and "
                  + upper
                  + " between columns "
                  + i
                  + " and "
                  + j
                  + " of variances "
                  + matrix[i][i]
                  + " and "
                  + matrix[j][j]);
        }
        copy[i][j] = upper == lower ? lower : 0.5 * upper + 0.5 * lower;
        copy[j][i] = copy[i][j];
      }
    }
    return new Covariance(Kind.FULL, FullForm.of(copy));
  }

  /**
   * Independent columns.
   *
   * @param variances one a column, finite and at least 0
   */
  public static Covariance diagonal(double[] variances) {
    needSome(variances.length);
    for (int j = 0; j < variances.length; j++) {
      needVariance(variances[j], j);
    }
    return new Covariance(Kind.DIAGONAL, new DiagonalForm(variances.clone()));
  }

  /**
   * Independent columns of one variance.
   *
   * @param d the number of columns
   * @param variance finite and at least 0
   */
  public static Covariance spherical(int d, double variance) {
    double[] variances = new double[needSome(d)];
    Arrays.fill(variances, needVariance(variance, 0));
    return new Covariance(Kind.SPHERICAL, new DiagonalForm(variances));
  }

  /**
   * {@code F·Fᵀ + D}: a few directions common to all columns, and a variance of each column's own.
   *
   * <p>Work at a level is of the order of d·r² once and d·r a row. A column whose own variance is 0
   * while its row of the factor is not makes this a full matrix.
   *
   * @param factor d × r with r at least 1
   * @param diagonal one variance a column, finite and at least 0
   */
  public static Covariance lowRank(double[][] factor, double[] diagonal) {
    int d = needSome(diagonal.length);
    if (!(factor.length == d && factor[0].length > 0)) {
      throw new IllegalArgumentException(
          "need a factor of " + d + " rows of at least one value, got " + factor.length + " rows");
    }
    int rank = factor[0].length;
    double[][] copy = new double[d][];
    boolean singular = false;
    for (int j = 0; j < d; j++) {
      needVariance(diagonal[j], j);
      if (factor[j].length != rank) {
        throw new IllegalArgumentException(
            "need " + rank + " values in every row of the factor, got " + factor[j].length);
      }
      copy[j] = factor[j].clone();
      for (double value : copy[j]) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("need a finite factor, got " + value);
        }
        singular |= diagonal[j] == 0 && value != 0;
      }
    }
    LowRankForm form = new LowRankForm(copy, diagonal.clone());
    return singular
        ? new Covariance(Kind.FULL, FullForm.of(dense(form)))
        : new Covariance(Kind.LOWRANK, form);
  }

  private static int needSome(int columns) {
    if (!(columns >= 1)) {
      throw new IllegalArgumentException("need at least one column, got " + columns);
    }
    return columns;
  }

  private static double needVariance(double variance, int column) {
    if (!(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "need finite variances >= 0, got " + variance + " in column " + column);
    }
    return variance;
  }

  /** The covariance that a form stands for. */
  static Covariance of(Form form) {
    Kind kind =
        form instanceof FullForm
            ? Kind.FULL
            : form instanceof LowRankForm ? Kind.LOWRANK : Kind.DIAGONAL;
    return new Covariance(kind, form);
  }

  /** The number of columns d. */
  public int columns() {
    return form.columns();
  }

  /** The covariance of columns {@code i} and {@code j}. */
  public double get(int i, int j) {
    return form.entry(i, j);
  }

  /** A copy of the whole matrix, d × d. */
  public double[][] matrix() {
    return dense(form);
  }

  private static double[][] dense(Form form) {
    int d = form.columns();
    double[][] matrix = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = form.entry(i, j);
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }

  Form form() {
    return form;
  }

  /** The word for this kind in model files. */
  String word() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Writes the numbers of component {@code k}. */
  void write(int k, Writer out) {
    int d = columns();
    switch (kind) {
      case FULL -> {
        double[] flat = new double[Math.multiplyExact(d, d)];
        for (int i = 0; i < d; i++) {
          for (int j = 0; j < d; j++) {
            flat[i * d + j] = form.entry(i, j);
          }
        }
        out.tensor("covariance" + k, flat, d, d);
      }
      case DIAGONAL -> out.tensor("variances" + k, variances(), d);
      case SPHERICAL -> out.number("variance" + k, form.entry(0, 0));
      case LOWRANK -> {
        double[][] factor = ((LowRankForm) form).factor();
        int rank = factor[0].length;
        double[] flat = new double[Math.multiplyExact(d, rank)];
        for (int j = 0; j < d; j++) {
          System.arraycopy(factor[j], 0, flat, j * rank, rank);
        }
        out.tensor("factor" + k, flat, d, rank);
        out.tensor("variances" + k, ((LowRankForm) form).diagonal(), d);
      }
    }
  }

  private double[] variances() {
    double[] variances = new double[columns()];
    for (int j = 0; j < variances.length; j++) {
      variances[j] = form.entry(j, j);
    }
    return variances;
  }

  /** Reads the numbers of component {@code k}. */
  static Covariance read(String word, int d, int k, Reader in) {
    return switch (word) {
      case "full" -> full(rows(in.tensor("covariance" + k, d, d), d));
      case "diagonal" -> diagonal(in.tensor("variances" + k, d));
      case "spherical" -> spherical(d, in.number("variance" + k));
      case "lowrank" ->
          lowRank(rows(in.tensor("factor" + k, d, Reader.ANY), d), in.tensor("variances" + k, d));
      default ->
          throw new InvalidDataException(
              "need a covariance that is full, diagonal, spherical or lowrank, got '"
                  + word
                  + "' in the model file");
    };
  }

  private static double[][] rows(double[] flat, int count) {
    int width = flat.length / count;
    double[][] rows = new double[count][];
    for (int i = 0; i < count; i++) {
      rows[i] = Arrays.copyOfRange(flat, i * width, (i + 1) * width);
    }
    return rows;
  }

  /** Names the form and the number of columns. */
  @Override
  public String toString() {
    return "Covariance[" + word() + ", " + columns() + " columns]";
  }
}
