package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.testkit.Law;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers worked out by hand. */
class QualityTest {

  private static final Cells REAL =
      Cells.builder(4)
          .numbers("n", new double[] {0, 1, 2, 10})
          .words("w", List.of("a", "b"), new int[] {0, 0, 1, -1})
          .numbers("m", new double[] {0, 2, 4, Double.NaN})
          .build();

  private static final Cells DRAWN =
      Cells.builder(2)
          .numbers("n", new double[] {1, 1})
          .words("w", List.of("b", "c"), new int[] {0, 1})
          .numbers("m", new double[] {4, 2})
          .build();

  @Test
  void shapesAreOneLessKolmogorovSmirnovAndTotalVariation() {
    // n: F is 1/4 below 1 where G is 0, then 1/2 where G is 1: KS 1/2. w: shares a 1/2, b 1/4,
    // missing 1/4 against b 1/2, c 1/2: half of 1/2 + 1/4 + 1/4 + 1/2. m: 1/3 below 2.
    assertArrayEquals(new double[] {0.5, 0.25, 2.0 / 3}, Quality.columnShapes(REAL, DRAWN), 1e-15);
    assertArrayEquals(new double[] {1, 1, 1}, Quality.columnShapes(REAL, REAL), 1e-15);
  }

  @Test
  void trendsCompareCorrelationsAndJointTables() {
    double[][] trends = Quality.pairTrends(REAL, DRAWN);
    // n and m correlate by 1 in the three real rows that have both, and not at all where n is one
    assertEquals(0.5, trends[0][2], 1e-15);
    // n in tenths of 0 to 10: real rows are (1, a), (2, a), (3, b), (11, missing), drawn ones
    // (2, b), (2, c): nothing in common
    assertEquals(0, trends[0][1], 1e-15);
    assertEquals(trends[1][0], trends[0][1]);
    // m in tenths of 0 to 4: (a, 1), (a, 6), (b, 11), (missing, missing) and (b, 11), (c, 6)
    assertEquals(0.25, trends[1][2], 1e-15);
    assertEquals(0.25, Quality.pairTrend(REAL, DRAWN), 1e-15);
    double shape = (0.5 + 0.25 + 2.0 / 3) / 3;
    assertEquals(0.5 * (0.25 + shape), Quality.quality(REAL, DRAWN), 1e-15);
    assertEquals(1, Quality.quality(REAL, REAL), 1e-15);
  }

  @Test
  void copiesAgreeInEveryCell() {
    Cells near =
        Cells.builder(3)
            .numbers("n", new double[] {1.005, 10, 1.02})
            .words("w", List.of("b", "a"), new int[] {1, -1, 1})
            .numbers("m", new double[] {2, Double.NaN, 2})
            .build();
    assertEquals(1.0 / 3, Quality.exactCopies(REAL, near), 1e-15);
    assertEquals(1.0 / 3, Quality.newRowShare(REAL, near), 1e-15);
    assertEquals(1, Quality.exactCopies(REAL, REAL));
  }

  @Test
  void associationsAreCorrelationsAndCramersV() {
    assertEquals(1, Quality.cramer(new int[] {0, 0, 1, 2}, new int[] {1, 1, 0, 2}), 1e-15);
    assertEquals(0, Quality.cramer(new int[] {0, 0, 1, 1}, new int[] {0, 1, 0, 1}), 1e-15);
    assertEquals(0, Quality.cramer(new int[] {0, 0}, new int[] {0, 1}), 1e-15);
    double[][] matrix = Quality.associations(REAL, REAL);
    assertEquals(1, matrix[0][2], 1e-15);
    assertEquals(1, matrix[1][0], 1e-15);
  }

  @Test
  void tablesThatDifferAreRefused() {
    Cells other = Cells.builder(1).numbers("n", new double[1]).build();
    assertThrows(IllegalArgumentException.class, () -> Quality.columnShapes(REAL, other));
    assertThrows(
        IllegalArgumentException.class,
        () -> Cells.builder(1).words("w", List.of("a"), new int[] {1}));
  }

  @Test
  void macroF1IsTheMeanOverClasses() {
    // class 0: 2·1/(2 + 1); class 1: 2·1/(1 + 2)
    assertEquals(2.0 / 3, Utility.macroF1(new int[] {0, 0, 1}, new int[] {0, 1, 1}, 2), 1e-15);
  }

  @Test
  void whatDrawnRowsTeachIsWorthWhatTheyKnow() {
    Samples rows = Law.threeInThePlane().rows(300, 1);
    Cells train = classes(rows, 0);
    Cells wrong = classes(rows, 1);
    Cells test = classes(Law.threeInThePlane().rows(200, 2), 0);
    for (Learner learner : List.of(Logistic.standard(), Mlp.standard())) {
      double right = Utility.f1(train, test, "class", learner, 1, Progress.silent()).value();
      double useless = Utility.f1(wrong, test, "class", learner, 1, Progress.silent()).value();
      assertTrue(right > 0.9, () -> learner + ": " + right);
      assertTrue(useless < 0.7, () -> learner + ": " + useless);
      assertTrue(Utility.f1(train, test, "x", learner, 1, Progress.silent()).value() > 0.6);
    }
  }

  /** The sign of the first coordinate, as the row before has it if {@code shift} is 1. */
  private static Cells classes(Samples rows, int shift) {
    int[] codes = new int[rows.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = rows.get((i + shift) % rows.count(), 0) > 0 ? 1 : 0;
    }
    return Cells.builder(rows.count())
        .numbers("x", rows.column(0))
        .numbers("y", rows.column(1))
        .words("class", List.of("left", "right"), codes)
        .build();
  }
}
