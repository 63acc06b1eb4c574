package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.evaluation.Certificate;
import dev.espalier.evaluation.SamplerCertificate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The orders that steppers promise, measured; and steppers with a fault, which are found out. */
class OrdersTest {

  static Stream<Walk> walks() {
    return Stream.of(
            new Euler(),
            new Heun(),
            new Dpm(),
            new Dpm2(),
            new Lms(2),
            new Lms(3),
            new Lms(4),
            new UniPc(),
            new Ddpm(),
            new Ancestral(),
            new Ddim(0.5),
            new DpmSde(),
            new RandomMidpoint(),
            new Corrected(1, 0.5))
        .map(OrdersTest::walk);
  }

  /** All that use noise, with as many rows as their certificates have. */
  static Stream<Walk> randomWalks() {
    return Stream.of(
            new Ddpm(),
            new Ancestral(),
            new Ddim(0.5),
            new Posterior(),
            new DpmSde(),
            new RandomMidpoint(),
            Churned.of(4),
            new Corrected(1, 0.5))
        .map(OrdersTest::walk);
  }

  @Tag("long")
  @ParameterizedTest
  @MethodSource("randomWalks")
  void promisedWeakOrdersAreMeasuredWithManyRows(Walk walk) {
    Certificate certificate =
        SamplerCertificate.of(walk.stepper().toString(), walk)
            .measure(Tasks.threads(2), Progress.silent());
    assertTrue(certificate.passed(), certificate.text());
  }

  private static Walk walk(Stepper stepper) {
    return Walk.of(stepper, 64).withGrid(UniformLogSnr.standard());
  }

  private static Certificate measure(Walk walk) {
    return SamplerCertificate.of(walk.stepper().toString(), walk)
        .with(SamplerCertificate.Effort.QUICK)
        .measure(Tasks.threads(2), Progress.silent());
  }

  @ParameterizedTest
  @MethodSource("walks")
  void promisedOrdersAreMeasured(Walk walk) {
    Certificate certificate = measure(walk);
    assertTrue(certificate.passed(), certificate.text());
    assertEquals(walk.order(), certificate.promised());
  }

  /** {@link Dpm} that extrapolates with twice the right factor. */
  private record Overshooting() implements Stepper {
    @Override
    public int memory() {
      return 1;
    }

    @Override
    public void step(Move move, double[] x, double[] out) {
      Affine.Factors factors = new Euler().factors(move.from(), move.to());
      double[] before = move.memory(0);
      move.score().posteriorMean(move.from(), x, out);
      for (int i = 0; i < x.length; i++) {
        double mean = out[i];
        out[i] =
            factors.keep() * x[i]
                + factors.pull() * (mean + (move.index() > 0 ? mean - before[i] : 0));
        before[i] = mean;
      }
    }

    @Override
    public int order() {
      return 2;
    }

    @Override
    public boolean isRandom() {
      return false;
    }
  }

  /** {@link Ancestral} with the noise of the level that was left. */
  private record TooNoisy() implements Affine {
    @Override
    public Factors factors(NoiseLevel from, NoiseLevel to) {
      Factors right = new Ancestral().factors(from, to);
      return new Factors(right.keep(), right.pull(), 1.2 * right.noise());
    }
  }

  /** {@link DpmSde} without its memory: a promise of order 2 that order 1 breaks. */
  private record Forgetful() implements Stepper {
    @Override
    public void step(Move move, double[] x, double[] out) {
      new Ancestral().step(move, x, out);
    }

    @Override
    public int order() {
      return 2;
    }
  }

  @Test
  void aWrongSubscriptIsFoundOut() {
    Certificate overshooting = measure(walk(new Overshooting()));
    assertFalse(overshooting.passed(), overshooting.text());
    assertEquals(1, overshooting.strong(), 0.3);
    assertFalse(measure(walk(new Forgetful())).passed());
  }

  @Test
  void aWrongLimitIsFoundOut() {
    Certificate certificate = measure(walk(new TooNoisy()));
    assertFalse(certificate.passed(), certificate.text());
    assertTrue(certificate.bias().limit() > 4.9, certificate.text());
  }
}
