package dev.espalier.plugins.gmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the finder says of rows whose number of components is known. */
class MixtureFinderTest {

  /** Normal rows around so many corners, six deviations from the next. */
  private static Samples corners(int count, int corners) {
    double[] values = new double[3 * count];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(5).stream("corners", i);
      for (int j = 0; j < 3; j++) {
        values[3 * i + j] = random.nextGaussian() + (j > 0 && i % corners == j ? 6 : 0);
      }
    }
    return Samples.of(3, values);
  }

  private static Evidence look(Size components, Samples rows) {
    return new MixtureFinder(components).find(FitRequest.of(rows).withSeed(3));
  }

  @Test
  void theNumberOfCornersIsFound() {
    Evidence evidence = look(Size.between(1, 5), corners(600, 3));
    assertTrue(evidence.found());
    assertEquals("K = 3", evidence.choice().size());
    assertEquals("a mixture of 3 Gaussian components", evidence.verdict());
    assertTrue(evidence.choice().estimator() instanceof Gmm gmm && gmm.low() == 3);
    assertEquals("K = 1", evidence.candidates().get(0).size());
    assertEquals(evidence.candidates().size(), evidence.figures().size());
    assertEquals(List.of(), evidence.notes());
  }

  @Test
  void oneComponentIsNoMixture() {
    Evidence evidence = look(Size.between(1, 3), corners(400, 1));
    assertFalse(evidence.found());
    assertEquals("one component is enough", evidence.verdict());
  }

  /** Weights that add up to 1, means, and covariances. */
  @Test
  void theNumbersThatAreFreeAreCounted() {
    assertEquals(1 + 2 * 3 + 2 * 6, new Form(CovarianceKind.FULL, 0).parameters(2, 3));
    assertEquals(1 + 2 * 3 + 6, new Form(CovarianceKind.TIED, 0).parameters(2, 3));
    assertEquals(1 + 2 * 3 + 2 * 3, new Form(CovarianceKind.DIAGONAL, 0).parameters(2, 3));
    assertEquals(1 + 2 * 3 + 2, new Form(CovarianceKind.SPHERICAL, 0).parameters(2, 3));
    assertEquals(1 + 2 * 3 + 2 * (3 + 3), new Form(CovarianceKind.LOWRANK, 1).parameters(2, 3));
  }

  @Test
  void moreComponentsThanRowsAreRefused() {
    InvalidDataException refused =
        assertThrows(InvalidDataException.class, () -> look(Size.of(60), corners(40, 2)));
    assertEquals("need at least 60 rows for 60 components, got 30", refused.getMessage());
  }
}
