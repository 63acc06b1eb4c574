package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ObservationTest {

  @Test
  void columnsComeInRisingOrder() {
    Observation.Columns columns = new Observation.Columns(Map.of(9, 1.0, 2, 3.0, 5, 2.0));
    assertEquals(List.of(2, 5, 9), List.copyOf(columns.values().keySet()));
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Observation.columns(Map.of(0, Double.NaN)));
    assertThrows(IllegalArgumentException.class, () -> Observation.columns(Map.of(-1, 0.0)));
    assertThrows(IllegalArgumentException.class, () -> new Observation.Range(0, 2, 2));
    double[][] h = {{1, 0}};
    assertThrows(
        IllegalArgumentException.class,
        () -> Observation.linear(h, new double[] {1}, new double[][] {{-1}}));
    assertThrows(
        IllegalArgumentException.class,
        () -> Observation.linear(h, new double[] {1, 2}, new double[][] {{1}}));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Observation.linear(
                new double[][] {{1, 0}, {0, 1}},
                new double[] {1, 2},
                new double[][] {{1, 0.5}, {0.4, 1}}));
  }

  @Test
  void linearObservationsCompareByValueAndDoNotLeak() {
    double[][] h = {{1, 2}};
    Observation.Linear one = new Observation.Linear(h, new double[] {1}, new double[][] {{0}});
    h[0][0] = 7;
    one.h()[0][0] = 8;
    assertEquals(
        one, Observation.linear(new double[][] {{1, 2}}, new double[] {1}, new double[][] {{0}}));
    assertNotEquals(one, Observation.linear(h, new double[] {1}, new double[][] {{0}}));
  }

  @Test
  void sizesReadAsTheyPrint() {
    for (String text : List.of("auto", "3", "1..20", "0")) {
      assertEquals(text, Size.parse(text).toString());
    }
    for (String text : List.of("", "x", "3..1", "-1", "1..", "..2", "1...2")) {
      assertThrows(IllegalArgumentException.class, () -> Size.parse(text), text);
    }
  }
}
