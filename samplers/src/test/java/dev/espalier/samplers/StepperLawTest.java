package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.TimeGrid;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the steps do, exactly: recursions of moments, rates of convergence, square roots. */
class StepperLawTest {
  private static final Score ANY = Laws.spherical(1, new double[] {0});
  private static final GaussianMixture MIXTURE =
      Laws.spherical(0.3, new double[] {-1.5}, new double[] {1});

  /** The variance of a normal law with the given variance after the steps, by recursion. */
  private static double variance(Affine stepper, List<NoiseLevel> levels, double law) {
    NoiseLevel first = levels.get(0);
    double variance = first.a() * first.a() * law + first.b();
    for (int k = 1; k < levels.size(); k++) {
      NoiseLevel from = levels.get(k - 1);
      Affine.Factors factors = stepper.factors(from, levels.get(k));
      double slope = from.a() * law / (from.a() * from.a() * law + from.b());
      double factor = factors.keep() + factors.pull() * slope;
      variance = factor * factor * variance + factors.noise() * factors.noise();
    }
    return variance;
  }

  private static List<NoiseLevel> noisy(TimeGrid grid, int steps) {
    return grid.levels(ANY, steps).subList(0, steps);
  }

  private static NoiseLevel last(List<NoiseLevel> levels) {
    return levels.get(levels.size() - 1);
  }

  @Test
  void ddpmIsEquationNineOnVariancePreservingLevels() {
    NoiseLevel from = NoiseLevel.preserving(0.6);
    NoiseLevel to = NoiseLevel.preserving(0.5);
    double alpha = from.a() * from.a() / (to.a() * to.a());
    Affine.Factors factors = new Ddpm().factors(from, to);
    for (double x : new double[] {-2, 0.1, 3}) {
      double score = -1.7 * x + 0.3;
      double mean = (x + from.b() * score) / from.a();
      double expected = (x + (1 - alpha) * score) / Math.sqrt(alpha);
      assertEquals(expected, factors.keep() * x + factors.pull() * mean, 1e-14);
    }
    assertEquals(Math.sqrt(1 - alpha), factors.noise(), 1e-15);
  }

  @Test
  void ancestralHasTheVarianceOfTheBridge() {
    NoiseLevel from = NoiseLevel.preserving(0.6);
    NoiseLevel to = NoiseLevel.preserving(0.5);
    double beta = 1 - from.a() * from.a() / (to.a() * to.a());
    double noise = new Ancestral().factors(from, to).noise();
    assertEquals(beta * 0.5 / 0.6, noise * noise, 1e-15);
    Affine.Factors full = new Ddim(1).factors(from, to);
    assertEquals(noise, full.noise(), 1e-15);
    assertEquals(new Ancestral().factors(from, to).keep(), full.keep(), 1e-15);
    assertEquals(new Ancestral().factors(from, to).pull(), full.pull(), 1e-15);
  }

  @Test
  void theLastStepToTheDataIsThePosteriorMean() {
    NoiseLevel from = new NoiseLevel(0.8, 0.7);
    for (Affine stepper : List.of(new Ancestral(), new Euler(), new Ddim(0.4))) {
      assertEquals(new Affine.Factors(0, 1, 0), stepper.factors(from, NoiseLevel.CLEAN));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {36, 64, 256, 2048})
  void ddpmKeepsTheStandardNormalLaw(int steps) {
    List<NoiseLevel> levels = noisy(LiCaiWei.standard(), steps);
    assertEquals(1, variance(new Ddpm(), levels, 1), 1e-12);
    assertTrue(variance(new Ancestral(), levels, 1) < 0.9999, "a wrong noise must be seen");
  }

  @Test
  void ddpmKeepsUnitVarianceAlongAnyLevels() {
    for (TimeGrid grid : List.of(Karras.standard(), UniformLogSnr.standard())) {
      List<NoiseLevel> levels = noisy(grid, 20);
      double expected = last(levels).a() * last(levels).a() + last(levels).b();
      assertEquals(expected, variance(new Ddpm(), levels, 1), 1e-12);
    }
  }

  @Test
  void ddpmOfOneComponentErrsByTheForgottenMeanOnly() {
    for (int steps : new int[] {64, 512}) {
      List<NoiseLevel> levels = noisy(LiCaiWei.standard(), steps);
      double centre = 3;
      double mean = 0;
      for (int k = 1; k < levels.size(); k++) {
        NoiseLevel from = levels.get(k - 1);
        Affine.Factors factors = new Ddpm().factors(from, levels.get(k));
        mean = factors.keep() * mean + factors.pull() * (from.b() * centre + from.a() * mean);
      }
      assertEquals(centre * StrictMath.pow(steps, -2), centre - mean, 1e-12);
    }
  }

  @Test
  void ddpmWidensANarrowLawAsMeasured() {
    List<NoiseLevel> levels = noisy(LiCaiWei.standard(), 64);
    assertEquals(1.1818, variance(new Ddpm(), levels, 0.25) / 0.25, 5e-5);
  }

  @Test
  void ancestralIsExactOffASubspace() {
    for (int steps : new int[] {5, 50, 200}) {
      for (TimeGrid grid : List.of(Karras.standard(), new UniformTime(Ou.standard()))) {
        List<NoiseLevel> levels = noisy(grid, steps);
        double left = last(levels).b();
        assertEquals(1, variance(new Ancestral(), levels, 0) / left, 1e-9, grid + ", " + steps);
      }
    }
    List<NoiseLevel> levels = noisy(new UniformLogSnr(Bound.of(-8), Bound.of(2.3)), 50);
    assertTrue(variance(new Ddpm(), levels, 0) / last(levels).b() > 1.05, "a wrong noise is seen");
  }

  @Test
  void posteriorIsExactForEveryNormalLaw() {
    for (double law : new double[] {0.01, 0.25, 1, 40}) {
      List<NoiseLevel> levels = Karras.standard().levels(ANY, 3);
      double variance = levels.get(0).b() + law;
      for (int k = 1; k < levels.size(); k++) {
        NoiseLevel from = levels.get(k - 1);
        Posterior.Factors factors = new Posterior().factors(from, levels.get(k));
        double slope = from.a() * law / (from.a() * from.a() * law + from.b());
        double factor = factors.keep() + factors.pull() * slope;
        variance = factor * factor * variance + factors.floor() + factors.spread() * slope;
      }
      assertEquals(1, variance / law, 1e-12);
    }
  }

  /** The slope of log error against log steps, from errors at doubling numbers of steps. */
  private static double order(List<Double> errors) {
    int n = errors.size();
    double slope = 0;
    double square = 0;
    for (int i = 0; i < n; i++) {
      double place = i - (n - 1) / 2.0;
      slope += place * StrictMath.log(errors.get(i));
      square += place * place;
    }
    return -slope / square / StrictMath.log(2);
  }

  private static double orderOf(Stepper stepper, int fewest, int doublings) {
    DrawRequest request = DrawRequest.of(MIXTURE, 40).withSeed(1);
    TimeGrid grid = new UniformLogSnr(Bound.of(-4), Bound.of(4));
    Samples exact = Samplers.heun(6000).withGrid(grid).withLast(Last.KEEP).draw(request);
    List<Double> errors = new ArrayList<>();
    for (int k = 0, moves = fewest; k < doublings; k++, moves *= 2) {
      Walk walk = Walk.of(stepper, moves + 1).withGrid(grid).withLast(Last.KEEP);
      Samples rows = walk.draw(request);
      double sum = 0;
      for (int i = 0; i < rows.count(); i++) {
        sum += Math.abs(rows.get(i, 0) - exact.get(i, 0));
      }
      errors.add(sum / rows.count());
    }
    return order(errors);
  }

  @Test
  void eulerHasOrderOne() {
    assertEquals(1, orderOf(new Euler(), 64, 5), 0.15);
    assertEquals(1, orderOf(new Ddim(0), 64, 5), 0.15);
  }

  @Test
  void heunHasOrderTwo() {
    assertEquals(2, orderOf(new Heun(), 32, 5), 0.15);
  }

  @Test
  void dpmHasOrderTwo() {
    assertEquals(2, orderOf(new Dpm(), 64, 5), 0.15);
  }

  /** Heun's method with the second evaluation at the level that was left. */
  private record HeunAtTheWrongLevel() implements Stepper {
    @Override
    public void step(Move move, double[] x, double[] out) {
      new Euler().step(move, x, out);
      double[] mean = new double[x.length];
      move.score().posteriorMean(move.from(), out, mean);
      Heun.Correction correction = Heun.Correction.of(move.from(), move.to());
      for (int i = 0; i < x.length; i++) {
        out[i] = correction.apply(x[i], out[i], mean[i]);
      }
    }
  }

  @Test
  void aWrongSecondEvaluationLosesTheOrder() {
    double order = orderOf(new HeunAtTheWrongLevel(), 32, 5);
    assertTrue(order < 1.3, "order " + order);
  }

  @Test
  void variancesOfNoisySamplersConvergeWithOrderOne() {
    TimeGrid grid = new UniformLogSnr(Bound.of(-8), Bound.of(8));
    for (Affine stepper : List.of(new Ddpm(), new Ancestral(), new Ddim(0.5))) {
      List<Double> errors = new ArrayList<>();
      for (int moves = 128; moves <= 2048; moves *= 2) {
        List<NoiseLevel> levels = noisy(grid, moves + 1);
        NoiseLevel last = last(levels);
        double exact = last.a() * last.a() * 0.25 + last.b();
        errors.add(Math.abs(variance(stepper, levels, 0.25) - exact));
      }
      assertEquals(1, order(errors), 0.15, stepper + " " + errors);
    }
  }

  /** The mean square at the last level, from the exact law at the first; densities on a grid. */
  private static double meanSquare(List<NoiseLevel> levels) {
    int n = 901;
    double width = 7.5;
    double step = 2 * width / (n - 1);
    double[] x = new double[n];
    double[] density = new double[n];
    double[] mean = new double[n];
    double[] slope = new double[n];
    double[] ones = new double[n];
    Arrays.setAll(x, i -> i * step - width);
    Arrays.fill(ones, 1);
    MIXTURE.logDensity(levels.get(0), x, density);
    Arrays.setAll(density, i -> StrictMath.exp(density[i]));
    for (int k = 1; k < levels.size(); k++) {
      NoiseLevel from = levels.get(k - 1);
      Posterior.Factors factors = new Posterior().factors(from, levels.get(k));
      MIXTURE.posteriorMean(from, x, mean);
      MIXTURE.jacobianTimes(from, x, ones, slope);
      double[] next = new double[n];
      for (int i = 0; i < n; i++) {
        double centre = factors.keep() * x[i] + factors.pull() * mean[i];
        double variance = factors.floor() + factors.spread() * slope[i];
        double mass = density[i] * step / Math.sqrt(2 * Math.PI * variance);
        double reach = 9 * Math.sqrt(variance);
        int first = (int) Math.max(0, Math.ceil((centre - reach + width) / step));
        int end = (int) Math.min(n - 1, Math.floor((centre + reach + width) / step));
        for (int j = first; j <= end; j++) {
          double gap = x[j] - centre;
          next[j] += mass * StrictMath.exp(-0.5 * gap * gap / variance);
        }
      }
      System.arraycopy(next, 0, density, 0, n);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += density[i] * x[i] * x[i] * step;
    }
    return sum;
  }

  @Test
  void momentsOfPosteriorConvergeWithOrderTwo() {
    TimeGrid grid = new UniformLogSnr(Bound.of(-4), Bound.of(3));
    NoiseLevel end = Levels.preserving(3);
    double exact = end.a() * end.a() * (0.3 + 0.5 * (1.5 * 1.5 + 1)) + end.b();
    List<Double> errors = new ArrayList<>();
    for (int moves = 16; moves <= 128; moves *= 2) {
      errors.add(Math.abs(meanSquare(noisy(grid, moves + 1)) - exact));
    }
    assertEquals(2, order(errors), 0.3, errors.toString());
  }

  @Test
  void theRootTakenTwiceIsTheCovariance() {
    int d = 12;
    double[][] means = new double[4][d];
    for (int k = 0; k < 4; k++) {
      means[k][k] = 3;
      means[k][d - 1] = -k;
    }
    GaussianMixture law = Laws.spherical(1, means);
    NoiseLevel level = NoiseLevel.preserving(0.7);
    double[] x = new double[3 * d];
    double[] z = new double[3 * d];
    for (int i = 0; i < x.length; i++) {
      x[i] = StrictMath.sin(i);
      z[i] = StrictMath.cos(3 * i * i);
    }
    int[] products = new int[1];
    KrylovRoot.Products jacobian =
        (rows, v, out) -> {
          products[0]++;
          law.jacobianTimes(level, rows, v, out);
        };
    KrylovRoot root = new KrylovRoot(d, 0.2, 0.9);
    double[] twice = root.times(jacobian, x, root.times(jacobian, x, z));
    assertTrue(products[0] <= 8, "at most as many products as components, got " + products[0] / 2);
    double[] image = new double[z.length];
    law.jacobianTimes(level, x, z, image);
    for (int i = 0; i < z.length; i++) {
      assertEquals(0.2 * z[i] + 0.9 * image[i], twice[i], 1e-11);
    }
  }

  @Test
  void theRootOfAWideSpectrumIsTheCovarianceToo() {
    int d = 40;
    KrylovRoot.Products diagonal =
        (rows, v, out) -> {
          for (int i = 0; i < v.length; i++) {
            out[i] = StrictMath.exp(-0.5 * (i % d)) * v[i];
          }
        };
    double[] z = new double[d];
    Arrays.fill(z, 1);
    double[] root = new KrylovRoot(d, 1e-4, 1).times(diagonal, z, z);
    for (int i = 0; i < d; i++) {
      assertEquals(Math.sqrt(1e-4 + StrictMath.exp(-0.5 * i)), root[i], 1e-10);
    }
    double[] zero = new KrylovRoot(d, 1e-4, 1).times(diagonal, z, new double[d]);
    for (double each : zero) {
      assertEquals(0, each);
    }
  }
}
