package dev.espalier.plugins.subspace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Size;
import dev.espalier.estimators.closedform.Gaussian;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the finder says of rows whose rank is known. */
class RankFinderTest {

  private static Evidence look(Size ranks, Samples rows) {
    return new RankFinder(ranks).find(FitRequest.of(rows).withSeed(3));
  }

  @Test
  void theDimensionOfAPlaneIsFound() {
    Evidence evidence = look(Size.AUTO, Planes.rows(300, 12, 3, 0.1, 2));
    assertTrue(evidence.found());
    assertEquals("rank 3", evidence.choice().size());
    assertEquals("rows lie near a subspace of dimension 3 of 12", evidence.verdict());
    assertEquals(List.of(Subspace.rank(3)), evidence.structures());
    assertEquals(Subspace.rank(3).around(new Gaussian()), evidence.choice().estimator());
    assertEquals(0.1, figure(evidence, "deviation off the subspace"), 0.01);
    double ratio = figure(evidence, "participation ratio");
    assertTrue(ratio > 2 && ratio < 4, "got " + ratio);
    // The mean, 3 directions, 3 means and 6 covariances along them, a variance off them.
    assertEquals(9 + 3 * 9 + 3 + 6 + 1, evidence.choice().parameters());
  }

  private static double figure(Evidence evidence, String name) {
    return evidence.figures().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void noiseAndFullRankLendNoSubspace() {
    Evidence noise = look(Size.AUTO, Planes.rows(300, 8, 0, 1, 2));
    assertFalse(noise.found());
    assertEquals("no direction stands out", noise.verdict());
    assertTrue(noise.structures().isEmpty());
    Evidence full = look(Size.of(4), Planes.rows(300, 4, 4, 0.1, 2));
    assertFalse(full.found());
    assertEquals("no smaller subspace holds the rows", full.verdict());
  }

  @Test
  void ranksBeyondTheColumnsAndMissingCellsAreRefused() {
    Samples rows = Planes.rows(40, 3, 2, 0.1, 2);
    assertEquals(
        "need ranks of at most 3, the number of columns, got 4",
        assertThrows(InvalidDataException.class, () -> look(Size.of(4), rows)).getMessage());
    double[] holed = rows.toArray();
    holed[4] = Double.NaN;
    assertEquals(
        "need complete rows to find a subspace, got missing cells",
        assertThrows(InvalidDataException.class, () -> look(Size.AUTO, Samples.of(3, holed)))
            .getMessage());
  }
}
