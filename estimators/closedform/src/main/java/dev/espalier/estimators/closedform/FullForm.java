package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Any covariance matrix, by its eigendecomposition {@code S = U Λ Uᵀ}, which serves every level.
 *
 * <p>Groups of columns that are uncorrelated with all others are decomposed on their own, so that a
 * column of variance 0 is a direction of its own, exactly. Within a group, eigenvalues that are
 * rounding errors count as 0.
 */
final class FullForm implements Form {
  private static final long serialVersionUID = 1;

  private static final double EPSILON = 0x1p-52;

  private final double[][] matrix;

  /** Row i: coordinate i of every eigenvector. */
  private final double[][] vectors;

  /** Row j: eigenvector j. */
  private final double[][] transposed;

  private final double[] values;

  private FullForm(double[][] matrix, double[][] vectors, double[] values) {
    this.matrix = matrix;
    this.vectors = vectors;
    this.transposed = Products.transpose(vectors, values.length);
    this.values = values;
  }

  /**
   * Decomposes a symmetric matrix, which it takes over.
   *
   * @throws IllegalArgumentException if it has an eigenvalue below 0 beyond rounding
   */
  static FullForm of(double[][] matrix) {
    int d = matrix.length;
    double[][] vectors = new double[d][d];
    double[] values = new double[d];
    boolean[] seen = new boolean[d];
    for (int j = 0; j < d; j++) {
      if (!seen[j]) {
        decompose(matrix, group(matrix, j, seen), vectors, values);
      }
    }
    return new FullForm(matrix, vectors, values);
  }

  /** The columns connected to {@code first} by entries other than 0, in rising order. */
  private static int[] group(double[][] matrix, int first, boolean[] seen) {
    int d = matrix.length;
    int[] found = new int[d];
    int count = 0;
    found[count++] = first;
    seen[first] = true;
    for (int next = 0; next < count; next++) {
      double[] row = matrix[found[next]];
      for (int j = 0; j < d; j++) {
        if (!seen[j] && row[j] != 0) {
          seen[j] = true;
          found[count++] = j;
        }
      }
    }
    int[] group = Arrays.copyOf(found, count);
    Arrays.sort(group);
    return group;
  }

  private static void decompose(
      double[][] matrix, int[] group, double[][] vectors, double[] values) {
    int n = group.length;
    if (n == 1) {
      vectors[group[0]][group[0]] = 1;
      values[group[0]] = matrix[group[0]][group[0]];
      return;
    }
    double[][] part = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        part[i][j] = matrix[group[i]][group[j]];
      }
    }
    Eigen eigen = Eigen.of(part);
    for (int j = 0; j < n; j++) {
      values[group[j]] = eigen.value(j);
      for (int i = 0; i < n; i++) {
        vectors[group[i]][group[j]] = eigen.vector(j, i);
      }
    }
  }

  @Override
  public int columns() {
    return values.length;
  }

  @Override
  public int nullity() {
    int count = 0;
    for (double value : values) {
      count += value == 0 ? 1 : 0;
    }
    return count;
  }

  @Override
  public double scale() {
    double greatest = 0;
    for (double value : values) {
      greatest = Math.max(greatest, value);
    }
    return greatest;
  }

  @Override
  public double entry(int i, int j) {
    return matrix[i][j];
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[][] normals = new double[1][values.length];
    for (int j = 0; j < values.length; j++) {
      normals[0][j] = Math.sqrt(values[j]) * random.nextGaussian();
    }
    Products.add(normals, transposed, new double[][] {row}, 1, values.length);
  }

  @Override
  public FullForm marginal(int[] chosen, double[] scales) {
    double[][] kept = new double[chosen.length][chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      for (int j = 0; j <= i; j++) {
        kept[i][j] = matrix[chosen[i]][chosen[j]] / scales[i] / scales[j];
        kept[j][i] = kept[i][j];
      }
    }
    return of(kept);
  }

  @Override
  public Form given(int[] observed, double[] deltas, double[] scales, double[] shift) {
    int d = columns();
    int m = observed.length;
    double[][] cross = new double[m][d];
    double[][] root = root();
    double[][] seen = new double[m][];
    double[] y = new double[m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < d; j++) {
        cross[i][j] = matrix[observed[i]][j] / scales[i];
      }
      seen[i] = root[observed[i]].clone();
      for (int j = 0; j < d; j++) {
        seen[i][j] /= scales[i];
      }
      y[i] = deltas[i] / scales[i];
    }
    double[][] gain = marginal(observed, scales).gain(cross);
    explain(gain, y, shift);
    subtract(gain, seen, root);
    for (int i = 0; i < m; i++) {
      shift[observed[i]] = deltas[i];
      Arrays.fill(root[observed[i]], 0);
    }
    return ofRoot(root, this);
  }

  /** {@code A} with {@code S = A·Aᵀ}. */
  double[][] root() {
    double[][] root = Products.copy(vectors);
    for (double[] row : root) {
      for (int j = 0; j < row.length; j++) {
        row[j] *= Math.sqrt(values[j]);
      }
    }
    return root;
  }

  /** {@code C·S⁺}, d × m, for this {@code S} of m columns and the transposed of {@code C}. */
  double[][] gain(double[][] cross) {
    int d = cross[0].length;
    double[][] rotated = Products.of(transposed, cross, d);
    for (int i = 0; i < rotated.length; i++) {
      double factor = values[i] > 0 ? 1 / values[i] : 0;
      for (int j = 0; j < d; j++) {
        rotated[i][j] *= factor;
      }
    }
    return Products.transpose(Products.of(vectors, rotated, d), d);
  }

  /** Adds {@code gain·y} to {@code shift}. */
  static void explain(double[][] gain, double[] y, double[] shift) {
    for (int i = 0; i < shift.length; i++) {
      shift[i] += Products.dot(gain[i], y, y.length);
    }
  }

  /** Replaces {@code root} by {@code root − gain·seen}. */
  static void subtract(double[][] gain, double[][] seen, double[][] root) {
    int width = root[0].length;
    double[][] explained = Products.of(gain, seen, width);
    for (int i = 0; i < root.length; i++) {
      for (int j = 0; j < width; j++) {
        root[i][j] -= explained[i][j];
      }
    }
  }

  /**
   * {@code A·Aᵀ}; a column whose variance is a rounding error beside that of {@code before} gets
   * variance 0.
   */
  static FullForm ofRoot(double[][] root, Form before) {
    int d = root.length;
    int width = root[0].length;
    double tolerance = 16 * width * EPSILON;
    for (int i = 0; i < d; i++) {
      double variance = Products.dot(root[i], root[i], width);
      if (variance <= tolerance * tolerance * before.entry(i, i)) {
        Arrays.fill(root[i], 0);
      }
    }
    double[][] product = Products.of(root, Products.transpose(root, width), d);
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        product[j][i] = product[i][j];
      }
    }
    return of(product);
  }

  @Override
  public AtLevel at(NoiseLevel level, int capacity) {
    return new Level(level, capacity);
  }

  private final class Level extends SpectralLevel {
    private final double[][] rotated;
    private final double[][] scaled;
    private final double[][] targets;
    private int rows;

    Level(NoiseLevel level, int capacity) {
      super(level, values);
      rotated = new double[capacity][values.length];
      scaled = new double[capacity][values.length];
      targets = new double[capacity][];
    }

    @Override
    public void load(double[][] deltas, int rows) {
      this.rows = rows;
      for (int i = 0; i < rows; i++) {
        Arrays.fill(rotated[i], 0);
      }
      Products.add(deltas, vectors, rotated, rows, values.length);
    }

    @Override
    double[] coordinates(int i) {
      return rotated[i];
    }

    @Override
    void addScaled(double[] factors, double[] weights, double[][] out) {
      int active = 0;
      for (int i = 0; i < rows; i++) {
        if (weights[i] != 0) {
          scale(weights[i], factors, rotated[i], scaled[active]);
          targets[active++] = out[i];
        }
      }
      Products.add(scaled, transposed, targets, active, values.length);
    }

    private static void scale(double weight, double[] factors, double[] x, double[] out) {
      for (int j = 0; j < factors.length; j++) {
        out[j] = weight * (factors[j] * x[j]);
      }
    }
  }
}
