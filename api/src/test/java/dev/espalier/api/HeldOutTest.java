package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  /** The posterior mean under a spherical law about 0, its variance given. */
  private record Spherical(double variance) implements Score {
    @Override
    public int columns() {
      return 3;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      double a = level.a();
      for (int i = 0; i < x.length; i++) {
        out[i] = a * variance / (a * a * variance + level.b()) * x[i];
      }
    }
  }

  private static Samples normal(int n, double deviation) {
    RandomGenerator random = new Streams(5).stream("rows", 0);
    double[] values = new double[3 * n];
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return Samples.of(3, values);
  }

  @Test
  void theTrueSphericalLawHasLossOneAtEveryLevel() {
    HeldOut held = HeldOut.of(FitRequest.of(normal(4_000, 2)));
    LossCurve loss = held.loss(new Spherical(4));
    assertEquals(1_000, held.rows().count());
    assertEquals(3_000, held.training().rows().count());
    for (int k = 0; k < loss.levels().size(); k++) {
      // 6 standard errors: alpha is 2e-9.
      assertEquals(1, loss.mean(k), 6 * loss.error(k));
    }
    assertTrue(held.loss(new Spherical(8)).minus(loss).mean() > 0.01);
  }

  @Test
  void theFirstOfCurvesAsGoodAsTheBestIsTaken() {
    HeldOut held = HeldOut.of(FitRequest.of(normal(800, 1)));
    LossCurve wrong = held.loss(new Spherical(9));
    LossCurve good = held.loss(new Spherical(held.variance()));
    LossCurve close = held.loss(new Spherical(held.variance() * 1.001));
    assertEquals(1, LossCurve.simplest(List.of(wrong, close, good)));
    assertEquals(0, LossCurve.simplest(List.of(good, close, wrong)));
    assertEquals(1, LossCurve.simplest(List.of(wrong, good, wrong)));
  }

  @Test
  void differencesHaveSmallerErrorsThanLosses() {
    HeldOut held = HeldOut.of(FitRequest.of(normal(800, 1)));
    LossCurve one = held.loss(new Spherical(1));
    LossCurve other = held.loss(new Spherical(1.1));
    assertTrue(other.minus(one).error() < 0.2 * one.error());
    assertEquals(other.mean() - one.mean(), other.minus(one).mean(), 1e-12);
  }

  @Test
  void holdsOutCompleteRowsAndTheSameForTheSameSeed() {
    double[] values = normal(100, 1).toArray();
    for (int i = 0; i < 60; i++) {
      values[3 * i] = Double.NaN;
    }
    FitRequest request = FitRequest.of(Samples.of(3, values));
    HeldOut held = HeldOut.of(request);
    assertFalse(held.rows().hasMissing());
    assertEquals(25, held.rows().count());
    assertEquals(held.rows(), HeldOut.of(request).rows());
    assertFalse(held.rows().equals(HeldOut.of(request.withSeed(1)).rows()));
    assertEquals(held.loss(new Spherical(1)), HeldOut.of(request).loss(new Spherical(1)));
  }

  @Test
  void refusesRowsThatCannotBeSplit() {
    assertThrows(InvalidDataException.class, () -> HeldOut.of(FitRequest.of(normal(19, 1))));
    assertThrows(InvalidDataException.class, () -> HeldOut.of(FitRequest.of(normal(30, 0))));
    Samples gaps = Samples.of(1, new double[] {Double.NaN, 1, 2, 3});
    FitRequest incomplete =
        FitRequest.of(Samples.of(1, new double[] {1, 2, 3, 4})).withValidation(gaps.rows(0, 2));
    assertThrows(InvalidDataException.class, () -> HeldOut.of(incomplete));
  }
}
