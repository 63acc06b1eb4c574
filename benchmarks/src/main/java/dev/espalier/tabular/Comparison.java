package dev.espalier.tabular;

import dev.espalier.api.Samples;
import dev.espalier.evaluation.Wasserstein;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Rows with the class in the last column, compared as in the ForestDiffusion paper (arXiv
 * 2309.09968): by exact optimal transport with L1 cost, columns scaled by the range of the training
 * rows.
 *
 * @param train the training rows
 */
public record Comparison(List<List<Double>> train) {

  /** Reads rows of numbers, separated by commas. */
  public static double[][] read(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> List.of(line.split(",")).stream().mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  /** A comparison by these training rows. */
  public static Comparison by(double[][] train) {
    return new Comparison(
        List.of(train).stream().map(row -> Arrays.stream(row).boxed().toList()).toList());
  }

  /** The number of classes. */
  public int classes() {
    double classes = 0;
    for (List<Double> row : train) {
      classes = Math.max(classes, row.get(row.size() - 1) + 1);
    }
    return (int) classes;
  }

  /** The least and the greatest value of a column of the training rows. */
  public double[] range(int column) {
    double[] range = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (List<Double> row : train) {
      range[0] = Math.min(range[0], row.get(column));
      range[1] = Math.max(range[1], row.get(column));
    }
    return range;
  }

  /** The distance of two sets of rows. */
  public double distance(double[][] one, double[][] other) {
    return Wasserstein.exact(encoded(one), encoded(other));
  }

  /**
   * Columns scaled by the range of the training rows; two classes as 0 and 1, more as indicators
   * divided by 2.
   */
  private Samples encoded(double[][] rows) {
    int columns = rows[0].length - 1;
    int classes = classes();
    int width = columns + (classes == 2 ? 1 : classes);
    double[][] encoded = new double[rows.length][width];
    for (int j = 0; j < columns; j++) {
      double[] range = range(j);
      for (int i = 0; i < rows.length; i++) {
        encoded[i][j] = (rows[i][j] - range[0]) / (range[1] - range[0]);
      }
    }
    for (int i = 0; i < rows.length; i++) {
      int label = (int) rows[i][columns];
      if (classes == 2) {
        encoded[i][columns] = label;
      } else {
        encoded[i][columns + label] = 0.5;
      }
    }
    return Samples.of(encoded);
  }
}
