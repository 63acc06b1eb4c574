package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

  private final Samples six =
      Samples.of(new double[][] {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}, {10, 11}})
          .withLabels(List.of(Labels.of("kind", List.of("x", "y"), new int[] {0, 1, 0, 1, 1, 0})));

  @Test
  void whatWentInIsNotSharedWithTheCaller() {
    double[] values = {1, 2};
    Samples samples = Samples.of(1, values);
    values[0] = 9;
    assertEquals(1, samples.get(0, 0));
    samples.toArray()[1] = 9;
    assertEquals(2, samples.get(1, 0));
  }

  @Test
  void selectionsKeepNumbersAndLabelsTogether() {
    Samples chosen = six.rows(1, 5).rows(new int[] {3, 0});
    assertArrayEquals(new double[] {8, 9, 2, 3}, chosen.toArray());
    assertEquals("y", chosen.label("kind").orElseThrow().get(0));
    Samples column = six.columns(new int[] {1});
    assertArrayEquals(new double[] {1, 3, 5, 7, 9, 11}, column.toArray());
    assertEquals(six.labels(), column.labels());
    assertArrayEquals(new int[] {0, 2, 5}, six.labels().get(0).rowsOf(0));
  }

  @Test
  void blocksJoinToTheWhole() {
    assertEquals(six, Samples.concatenate(List.of(six.rows(0, 2), six.rows(2, 2), six.rows(2, 6))));
  }

  @Test
  void aViewTravelsWithoutTheRestOfItsArray() throws IOException, ClassNotFoundException {
    Samples large = Samples.of(1, new double[100_000]);
    byte[] bytes = serialized(large.rows(10, 20));
    assertTrue(bytes.length < 1_000, "got " + bytes.length + " bytes");
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      assertEquals(large.rows(10, 20), in.readObject());
    }
  }

  private static byte[] serialized(Samples samples) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(samples);
    }
    return bytes.toByteArray();
  }

  @Test
  void missingCellsAreKnownAndInfiniteOnesRefused() {
    assertFalse(six.hasMissing());
    assertTrue(Samples.of(1, new double[] {0, Double.NaN}).hasMissing());
    Exception e =
        assertThrows(
            IllegalArgumentException.class,
            () -> Samples.of(2, new double[] {0, 1, 2, Double.POSITIVE_INFINITY}));
    assertEquals(
        "need finite values or NaN for missing, got Infinity in row 1, column 1", e.getMessage());
  }

  @Test
  void wrongShapesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Samples.of(2, new double[3]));
    assertThrows(IllegalArgumentException.class, () -> Samples.of(0, new double[0]));
    assertThrows(IllegalArgumentException.class, () -> Samples.of(new double[][] {{1, 2}, {1}}));
    assertThrows(IndexOutOfBoundsException.class, () -> six.get(6, 0));
    assertThrows(IndexOutOfBoundsException.class, () -> six.get(0, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> six.rows(1, 5).get(4, 0));
    assertThrows(
        IllegalArgumentException.class,
        () -> six.withLabels(List.of(Labels.of("k", List.of("x"), new int[] {0}))));
    assertThrows(IllegalArgumentException.class, () -> Labels.of("k", List.of("x"), new int[] {1}));
    assertThrows(
        IllegalArgumentException.class, () -> Labels.of("k", List.of("x", "x"), new int[] {1}));
  }

  @Test
  void equalityIsOfValuesAndLabels() {
    assertEquals(
        six.rows(0, 1),
        Samples.of(2, new double[] {0, 1})
            .withLabels(List.of(Labels.of("kind", List.of("x", "y"), new int[] {0}))));
    assertNotEquals(six.rows(0, 1), Samples.of(2, new double[] {0, 1}));
    assertEquals(six.hashCode(), six.rows(0, 6).hashCode());
  }

  @Test
  void requestsCarryWeightsAlongWithTheirRows() {
    FitRequest request =
        FitRequest.of(six).withWeights(new double[] {1, 2, 3, 4, 5, 6}).select(new int[] {5, 1});
    assertEquals(6, request.weight(0));
    assertEquals(8, request.totalWeight());
    assertEquals(10, request.rows().get(0, 0));
    assertThrows(IllegalArgumentException.class, () -> request.withWeights(new double[] {1, 0}));
    assertThrows(IllegalArgumentException.class, () -> request.withRows(six, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> request.withValidation(Samples.of(1, new double[] {1})));
  }

  @Test
  void rowsOfADrawAreNamedByIndex() {
    DrawRequest.Rows range = DrawRequest.Rows.range(10, 5).slice(2, 4);
    assertEquals(2, range.count());
    assertEquals(12, range.index(0));
    DrawRequest.Rows chosen = DrawRequest.Rows.of(new long[] {7, 3, 9}).slice(1, 3);
    assertEquals(3, chosen.index(0));
    assertEquals(9, chosen.index(1));
    assertThrows(IllegalArgumentException.class, () -> DrawRequest.Rows.of(new long[] {-1}));
  }
}
