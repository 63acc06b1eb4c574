package dev.espalier.estimators.network.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Streams;
import dev.espalier.estimators.network.MatrixKernels;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Every kernel has the bits of the plain form, at every edge of its tiles. */
final class VectorKernelsTest {

  private static final MatrixKernels PLAIN = MatrixKernels.plain();
  private static final MatrixKernels VECTOR = new VectorKernels();

  private static float[] normals(String name, int count) {
    RandomGenerator random = new Streams(1).stream(name, count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static float[][] matrix(String name, int rows, int columns) {
    float[] flat = normals(name, rows * columns);
    float[][] matrix = new float[rows][];
    for (int i = 0; i < rows; i++) {
      matrix[i] = Arrays.copyOfRange(flat, i * columns, (i + 1) * columns);
    }
    return matrix;
  }

  @Test
  void isTheFormThatRunsHere() {
    assertTrue(VECTOR.available());
    assertSame(VectorKernels.class, MatrixKernels.fastest().getClass());
  }

  @Test
  void productsHaveThePlainBitsAtEveryEdge() {
    for (int rows : new int[] {1, 2, 3, 4, 5, 8, 11}) {
      for (int terms : new int[] {0, 1, 3, 64, 128, 129, 300}) {
        for (int width : new int[] {1, 7, 8, 15, 16, 17, 31, 64, 67, 100, 131}) {
          float[][] along = matrix("a", rows + 1, terms + 2);
          float[][] down = matrix("a", terms + 2, rows + 1);
          float[][] b = matrix("b", terms + 1, width);
          float[][] expected = matrix("c", rows + 2, width);
          float[][] found = matrix("c", rows + 2, width);
          PLAIN.addProduct(along, 1, b, 1, expected, 1, rows, terms, width);
          VECTOR.addProduct(along, 1, b, 1, found, 1, rows, terms, width);
          assertArrayEquals(expected, found);
          PLAIN.addTransposedProduct(down, 2, b, 1, expected, 1, rows, terms, width);
          VECTOR.addTransposedProduct(down, 2, b, 1, found, 1, rows, terms, width);
          assertArrayEquals(expected, found);
        }
      }
    }
  }

  @Test
  void activationsHaveThePlainBits() {
    for (int width : new int[] {1, 15, 16, 33, 10_001}) {
      float[] z = normals("z", width);
      for (int j = 0; j < width; j++) {
        z[j] *= 20;
      }
      z[0] = width == 1 ? Float.NaN : -0f;
      z[width / 2] = width == 33 ? Float.NEGATIVE_INFINITY : z[width / 2];
      float[][] expected = new float[3][width];
      float[][] found = new float[3][width];
      PLAIN.silu(z, new float[width], expected[0], expected[1], width);
      VECTOR.silu(z, new float[width], found[0], found[1], width);
      PLAIN.siluValue(z, new float[width], expected[2], width);
      VECTOR.siluValue(z, new float[width], found[2], width);
      assertArrayEquals(expected, found);
      VECTOR.silu(z, new float[width], found[0], z, width);
      assertArrayEquals(expected[1], z);
    }
  }

  @Test
  void movesHaveThePlainBits() {
    MatrixKernels.Move move = new MatrixKernels.Move(0.7f, 0.9f, 0.999f, 0.01f, 3.5f, 0.999f, 0.1f);
    for (int width : new int[] {1, 16, 37, 1000}) {
      float[][] expected = new float[4][];
      float[][] found = new float[4][];
      for (int p = 0; p < 4; p++) {
        expected[p] = normals("part" + p, width + 5);
        for (int j = 0; p == 1 && j < width + 5; j++) {
          expected[p][j] = Math.abs(expected[p][j]);
        }
        found[p] = expected[p].clone();
      }
      float[] gradient = normals("gradient", width + 5);
      PLAIN.move(gradient, expected[0], expected[1], expected[2], expected[3], 2, width + 2, move);
      VECTOR.move(gradient, found[0], found[1], found[2], found[3], 2, width + 2, move);
      assertArrayEquals(expected, found);
    }
  }
}
