package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class KernelsTest {

  private static float[][] matrix(String name, int rows, int columns) {
    float[] flat = Batches.normals(name, rows * columns, 1);
    float[][] matrix = new float[rows][columns];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(flat, i * columns, matrix[i], 0, columns);
    }
    return matrix;
  }

  /** The reference: every element by itself, terms in ascending order, fused. */
  @Test
  void productsHaveTheBitsOfTheirDefinitionWhateverTheBlock() {
    for (int rows = 1; rows <= 7; rows++) {
      for (int terms = 1; terms <= 7; terms++) {
        for (int width : new int[] {1, 5, 16, 37}) {
          float[][] a = matrix("a", rows + 2, terms + 2);
          float[][] turned = new float[terms + 2][rows + 2];
          Kernels.transpose(a, turned, rows + 2, terms + 2);
          float[][] b = matrix("b", terms + 1, width);
          float[][] c = matrix("c", rows + 1, width);
          float[][] expected = matrix("c", rows + 1, width);
          float[][] other = matrix("c", rows + 1, width);
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < width; j++) {
              for (int k = 0; k < terms; k++) {
                expected[i + 1][j] = Math.fma(a[i + 2][k], b[k + 1][j], expected[i + 1][j]);
              }
            }
          }
          Kernels.PLAIN.addProduct(a, 2, b, 1, c, 1, rows, terms, width);
          assertArrayEquals(expected, c);
          for (int k = 0; k < terms + 2; k++) {
            System.arraycopy(turned[k].clone(), 2, turned[k], 0, rows);
          }
          Kernels.PLAIN.addTransposedProduct(turned, 0, b, 1, other, 1, rows, terms, width);
          assertArrayEquals(expected, other);
        }
      }
    }
  }

  @Test
  void siluIsAsAccurateAsStated() {
    int n = 200_001;
    float[] z = new float[n];
    for (int i = 0; i < n; i++) {
      z[i] = -60 + 120f * i / (n - 1);
    }
    float[] work = new float[n];
    float[] value = new float[n];
    float[] slope = new float[n];
    float[] alone = new float[n];
    Kernels.PLAIN.silu(z, work, value, slope, n);
    Kernels.PLAIN.siluValue(z, work, alone, n);
    assertArrayEquals(value, alone);
    for (int i = 0; i < n; i++) {
      double sigmoid = 1 / (1 + Math.exp(-z[i]));
      double scale = Math.max(1, Math.abs(z[i]));
      assertEquals(z[i] * sigmoid, value[i], 4e-7 * scale, "at " + z[i]);
      double expected = sigmoid + z[i] * sigmoid * (1 - sigmoid);
      assertEquals(expected, slope[i], 1e-6 * scale, "slope at " + z[i]);
    }
  }

  @Test
  void siluKeepsWhatIsNotANumberAndWhatIsHuge() {
    float[] z = {Float.NaN, 1e30f, -1e30f, 0};
    float[] value = new float[4];
    Kernels.PLAIN.silu(z, new float[4], value, new float[4], 4);
    assertTrue(Float.isNaN(value[0]));
    assertEquals(1e30f, value[1], 1e24f);
    assertTrue(Math.abs(value[2]) < 1e24f);
    assertEquals(0f, value[3]);
  }

  @Test
  void sumsAreThoseOfTheirTerms() {
    float[] u = Batches.normals("u", 37, 1);
    float[] v = Batches.normals("v", 37, 1);
    double squares = 0;
    double dot = 0;
    for (int i = 0; i < 37; i++) {
      squares += (double) u[i] * u[i];
      dot += (double) u[i] * v[i];
    }
    assertEquals(squares, Kernels.sumOfSquares(u), 1e-12 * squares);
    assertEquals(dot, Kernels.PLAIN.dot(u, v, 37), 1e-5);
    float[][] rows = matrix("rows", 5, 6);
    float[] sum = new float[6];
    Kernels.addRows(sum, rows, 1, 5, 6);
    for (int j = 0; j < 6; j++) {
      assertEquals(((rows[1][j] + rows[2][j]) + rows[3][j]) + rows[4][j], sum[j]);
    }
  }
}
