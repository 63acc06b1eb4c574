package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ProductsTest {

  @Test
  void everyShapeHasTheBitsOfSumsInOrder() {
    Random random = new Random(20260214);
    for (int rows = 0; rows <= 7; rows++) {
      for (int terms = 0; terms <= 7; terms++) {
        for (int width : new int[] {1, 5, 23, 24, 25, 64}) {
          double[][] x = matrix(random, rows + 2, terms);
          double[][] w = matrix(random, terms, width);
          double[][] out = matrix(random, rows + 3, width);
          double[][] expected = Products.copy(out);
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
              for (int k = 0; k < terms; k++) {
                expected[3 + i][j] = Math.fma(x[2 + i][k], w[k][j], expected[3 + i][j]);
              }
            }
          }
          Products.add(x, 2, w, terms, out, 3, rows, width);
          for (int i = 0; i < out.length; i++) {
            assertArrayEquals(expected[i], out[i], rows + " x " + terms + " x " + width);
          }
        }
      }
    }
  }

  private static double[][] matrix(Random random, int rows, int columns) {
    double[][] matrix = new double[rows][columns];
    for (double[] row : matrix) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return matrix;
  }
}
