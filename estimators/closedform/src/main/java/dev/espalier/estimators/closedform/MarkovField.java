package dev.espalier.estimators.closedform;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The Gaussian Markov field on a graph: columns that are no neighbours are independent given the
 * rest.
 *
 * <p>Of all normal laws whose precision matrix is 0 between columns that are no neighbours, the one
 * of the greatest likelihood: its covariances are those of the rows between neighbours, and follow
 * from these elsewhere. It is found by regressing each column on its neighbours in turn (Hastie,
 * Tibshirani and Friedman 2009, <i>The Elements of Statistical Learning</i>, algorithm 17.1).
 * Columns are measured in their standard deviations and constant ones stand apart. Correlations
 * between neighbours are shrunk by the share that minimises the expected squared error of them all
 * (Schäfer and Strimmer 2005), with the variance {@code (1 − r²)²/n} of a correlation of normal
 * rows.
 *
 * <p>The fit takes n·d² for the moments and some hundred times d² for each neighbour of a column. A
 * row then costs twice the entries of a sparse Cholesky factor, which for a chain are 2d and for a
 * square grid d^1.5, whatever the level.
 *
 * @param graph which columns are neighbours
 * @param shrinkage how far correlations are drawn towards 0
 */
public record MarkovField(
    @Setting(value = "chain()", help = "which columns are neighbours") Graph graph,
    @Setting(
            value = "edges",
            help = "how far correlations of neighbours are drawn to 0: edges or none")
        Shrinkage shrinkage)
    implements ScoreEstimator {

  private static final int SWEEPS = 2000;
  private static final double SETTLED = 1e-8;

  /** Columns whose covariances are written together, one cache line. */
  private static final int BLOCK = 8;

  private static final double LEAST = 1e-6;

  /** Rules for the share of the identity in a correlation matrix. */
  public enum Shrinkage {
    /** The share that is best for the correlations of neighbours. */
    EDGES,
    /** The plain maximum of the likelihood, which may not exist with few rows. */
    NONE
  }

  /** A field on the graph, shrunk by what its edges tell. */
  public static MarkovField on(Graph graph) {
    return new MarkovField(graph, Shrinkage.EDGES);
  }

  /** This field with another rule of shrinkage. */
  public MarkovField withShrinkage(Shrinkage shrinkage) {
    return new MarkovField(graph, shrinkage);
  }

  /**
   * Fits the field.
   *
   * @throws InvalidDataException if cells are missing or the graph does not fit the columns
   * @throws NotConvergedException if there is no greatest likelihood, which shrinkage prevents
   */
  @Override
  public Score fit(FitRequest request) {
    Samples rows = request.rows();
    int d = rows.columns();
    Adjacency neighbours = graph.over(rows);
    if (rows.hasMissing()) {
      throw new InvalidDataException(
          "need complete rows for a Markov field, got missing cells. Use gaussian(), or"
              + " localized(inner=gaussian()), which account for them");
    }
    Moments moments = Moments.of(request);
    Moments.Columns columns = moments.columns();
    int[] free = ordered(neighbours, columns.deviations());
    List<String> notes = new ArrayList<>();
    if (free.length < d) {
      notes.add(
          d
              - free.length
              + " of "
              + d
              + (d - free.length == 1
                  ? " columns is constant and stays so"
                  : " columns are constant and stay so"));
    }
    if (free.length == 0) {
      return FieldLaw.of(columns.means(), free, empty(), notes);
    }
    double[][] correlations = moments.joint(free, columns.means(), columns.deviations()).moments();
    int[][] beside = positions(neighbours, free);
    double share = shrinkage == Shrinkage.NONE ? 0 : share(correlations, beside, moments);
    if (shrinkage != Shrinkage.NONE) {
      notes.add("correlations of neighbours are shrunk by " + Math.rint(share * 1e4) / 1e4);
    }
    for (int i = 0; i < free.length; i++) {
      for (int j = 0; j < free.length; j++) {
        correlations[i][j] *= i == j ? 1 : 1 - share;
      }
      correlations[i][i] = 1;
    }
    double[][] slopes = solve(request, correlations, beside, notes);
    double[] scales = new double[free.length];
    for (int k = 0; k < free.length; k++) {
      scales[k] = columns.deviations()[free[k]];
    }
    return FieldLaw.of(columns.means(), free, precision(slopes, beside, scales), notes);
  }

  private static Precision empty() {
    return new Precision(new int[1], new int[0], new double[0]);
  }

  /**
   * The columns that vary, those of each part of the graph by breadth from one of its ends,
   * neighbours of few first: the order of Cuthill and McKee, reversed, which keeps factors sparse.
   */
  private static int[] ordered(Adjacency graph, double[] deviations) {
    int d = deviations.length;
    boolean[] done = new boolean[d];
    int[] order = new int[d];
    int count = 0;
    for (int j = 0; j < d; j++) {
      if (!done[j]) {
        int next = count;
        int end = farthest(graph, farthest(graph, j));
        order[count++] = end;
        done[end] = true;
        while (next < count) {
          int[] near = graph.neighbours(order[next++]);
          int[] sorted =
              Arrays.stream(near)
                  .boxed()
                  .sorted(
                      (x, y) ->
                          Integer.compare(graph.neighbours(x).length, graph.neighbours(y).length))
                  .mapToInt(Integer::intValue)
                  .toArray();
          for (int i : sorted) {
            if (!done[i]) {
              done[i] = true;
              order[count++] = i;
            }
          }
        }
      }
    }
    int[] free = new int[d];
    int kept = 0;
    for (int p = d - 1; p >= 0; p--) {
      if (deviations[order[p]] > 0) {
        free[kept++] = order[p];
      }
    }
    return Arrays.copyOf(free, kept);
  }

  private static int farthest(Adjacency graph, int from) {
    int[] distances = graph.distances(from);
    int found = from;
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] != Adjacency.UNREACHABLE && distances[i] > distances[found]) {
        found = i;
      }
    }
    return found;
  }

  /** The positions in {@code free} of the neighbours of each of its columns, rising. */
  private static int[][] positions(Adjacency graph, int[] free) {
    int[] at = new int[graph.nodes()];
    Arrays.fill(at, -1);
    for (int k = 0; k < free.length; k++) {
      at[free[k]] = k;
    }
    int[][] positions = new int[free.length][];
    for (int k = 0; k < free.length; k++) {
      positions[k] =
          Arrays.stream(graph.neighbours(free[k]))
              .map(i -> at[i])
              .filter(i -> i >= 0)
              .sorted()
              .toArray();
    }
    return positions;
  }

  private static double share(double[][] correlations, int[][] beside, Moments moments) {
    double noise = 0;
    double signal = 0;
    double count = moments.effectiveCount();
    for (int i = 0; i < beside.length; i++) {
      for (int j : beside[i]) {
        double square = correlations[i][j] * correlations[i][j];
        noise += (1 - square) * (1 - square) / count;
        signal += square;
      }
    }
    double share = noise / signal;
    return share >= LEAST ? Math.min(1, share) : signal > 0 ? LEAST : 1;
  }

  /**
   * The slopes of the regressions of all columns on their neighbours, each followed by what it
   * leaves open, for the covariance that has the given values between neighbours.
   *
   * @param w becomes that covariance
   */
  private static double[][] solve(
      FitRequest request, double[][] w, int[][] beside, List<String> notes) {
    int d = w.length;
    double[][] given = new double[d][];
    double[][] slopes = new double[d][];
    for (int j = 0; j < d; j++) {
      given[j] = new double[beside[j].length];
      for (int k = 0; k < given[j].length; k++) {
        given[j][k] = w[j][beside[j][k]];
      }
    }
    double change = Double.POSITIVE_INFINITY;
    int sweeps = 0;
    while (change > SETTLED && sweeps < SWEEPS) {
      request.progress().check();
      change = 0;
      for (int from = 0; from < d; from += BLOCK) {
        int to = Math.min(d, from + BLOCK);
        boolean[] current = read(beside, from, to);
        for (int j = from; j < to; j++) {
          slopes[j] = regress(w, j, beside[j], given[j]);
          change = Math.max(change, follow(w, j, beside[j], slopes[j]));
          for (int i = 0; i < d; i++) {
            if (current[i]) {
              w[i][j] = w[j][i];
            }
          }
        }
        for (int i = 0; i < d; i++) {
          for (int j = from; j < to && !current[i]; j++) {
            w[i][j] = w[j][i];
          }
        }
      }
      sweeps++;
      request.progress().report("regressions", 1 - 1.0 / (1 + sweeps));
    }
    notes.add(
        "the likelihood was maximised in "
            + sweeps
            + " sweeps"
            + (change > SETTLED ? ", after which covariances still moved by " + change : ""));
    for (int j = 0; j < d; j++) {
      slopes[j] = regress(w, j, beside[j], given[j]);
    }
    return slopes;
  }

  /** The rows that are read while the columns of a block are regressed, and these columns. */
  private static boolean[] read(int[][] beside, int from, int to) {
    boolean[] read = new boolean[beside.length];
    for (int j = from; j < to; j++) {
      read[j] = true;
      for (int i : beside[j]) {
        read[i] = true;
      }
    }
    return read;
  }

  private static double[] regress(double[][] w, int j, int[] beside, double[] given) {
    int m = beside.length;
    double[][] inner = new double[m][m];
    double[][] slopes = new double[m][1];
    for (int k = 0; k < m; k++) {
      for (int l = 0; l < m; l++) {
        inner[k][l] = w[beside[k]][beside[l]];
      }
      slopes[k][0] = given[k];
    }
    Cholesky.of(inner).orElseThrow(MarkovField::degenerate).solve(slopes, 1);
    double[] found = new double[m + 1];
    double rest = w[j][j];
    for (int k = 0; k < m; k++) {
      found[k] = slopes[k][0];
      rest -= found[k] * given[k];
    }
    if (!(rest > 0x1p-40)) {
      throw degenerate();
    }
    found[m] = rest;
    return found;
  }

  private static NotConvergedException degenerate() {
    return new NotConvergedException(
        "the likelihood of the Markov field has no maximum: the neighbours of a column determine"
            + " it. Use shrinkage=edges, more rows, or a graph with fewer edges");
  }

  /** Makes row j of the covariances follow from its regression; the greatest change. */
  private static double follow(double[][] w, int j, int[] beside, double[] slopes) {
    int d = w.length;
    double[] column = new double[d];
    for (int k = 0; k < beside.length; k++) {
      double[] other = w[beside[k]];
      for (int i = 0; i < d; i++) {
        column[i] += slopes[k] * other[i];
      }
    }
    double change = 0;
    for (int i = 0; i < d; i++) {
      if (i != j) {
        change = Math.max(change, Math.abs(column[i] - w[j][i]));
        w[j][i] = column[i];
      }
    }
    return change;
  }

  /** {@code q_jj = 1/rest_j}, {@code q_jk = −slope_jk/rest_j}, the mean of both, in data units. */
  private static Precision precision(double[][] slopes, int[][] beside, double[] scales) {
    int d = slopes.length;
    int[] starts = new int[d + 1];
    for (int j = 0; j < d; j++) {
      starts[j + 1] = starts[j] + beside[j].length + 1;
    }
    int[] columns = new int[starts[d]];
    double[] values = new double[starts[d]];
    for (int j = 0; j < d; j++) {
      int at = starts[j];
      int own = -1 - Arrays.binarySearch(beside[j], j);
      for (int k = 0; k <= beside[j].length; k++) {
        if (k == own) {
          columns[at] = j;
          values[at++] = 1 / slopes[j][beside[j].length] / scales[j] / scales[j];
        }
        if (k < beside[j].length) {
          int i = beside[j][k];
          double there = slopes[i][Arrays.binarySearch(beside[i], j)] / slopes[i][beside[i].length];
          double here = slopes[j][k] / slopes[j][beside[j].length];
          columns[at] = i;
          values[at++] =
              -0.5
                  * (here + there)
                  / Math.max(scales[i], scales[j])
                  / Math.min(scales[i], scales[j]);
        }
      }
    }
    return new Precision(starts, columns, values);
  }

  @Override
  public Cost cost(FitRequest request) {
    double n = request.rows().count();
    double d = request.rows().columns();
    return new Cost((n * d * d + 1000 * d * d) / 4e9, (long) (8 * 3 * d * d));
  }
}
