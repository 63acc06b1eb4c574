package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.espalier.api.Samples;
import dev.espalier.testkit.Law;
import org.junit.jupiter.api.Test;

class NeighboursTest {

  @Test
  void coverageComparesWithTheSecondNeighbour() {
    Samples real = Samples.of(1, new double[] {0, 1, 3, 10});
    assertEquals(0.25, Neighbours.coverage(real, Samples.of(1, new double[] {-2.9}), 2));
    assertEquals(0, Neighbours.coverage(real, Samples.of(1, new double[] {-3}), 2));
    assertEquals(1, Neighbours.coverage(real, Samples.of(1, new double[] {2.1}), 2));
    assertEquals(0.75, Neighbours.coverage(real, Samples.of(1, new double[] {1}), 2));
    assertEquals(1, Neighbours.coverage(real, real, 2));
    assertThrows(IllegalArgumentException.class, () -> Neighbours.coverage(real, real, 4));
    assertThrows(IllegalArgumentException.class, () -> Neighbours.coverage(real, real, 0));
  }

  @Test
  void copiesAreNearerToTraining() {
    Samples train = Law.threeInThePlane().rows(300, 1);
    Samples heldOut = Law.threeInThePlane().rows(300, 2);
    Samples fresh = Law.threeInThePlane().rows(2000, 3);
    assertEquals(0, Neighbours.protection(train, heldOut, train).value());
    assertEquals(1, Neighbours.protection(train, heldOut, heldOut).value());
    Estimate share = Neighbours.nearerToTraining(train, heldOut, fresh);
    assertEquals(0.5, share.value(), 0.06);
    assertEquals(1, Neighbours.ratio(train, heldOut, fresh), 0.15);
    assertEquals(0, Neighbours.ratio(train, heldOut, train));
    assertEquals(0.5, Neighbours.nearerToTraining(train, train, fresh).value());
  }

  @Test
  void aRowWithinOnePercentInEveryColumnIsNotNew() {
    Samples train = Samples.of(new double[][] {{100, 0}, {50, 2}});
    Samples drawn = Samples.of(new double[][] {{100.9, 0}, {101.1, 0}, {100, 0.001}, {50, 2.019}});
    assertEquals(0.5, Neighbours.newRowShare(train, drawn));
  }
}
