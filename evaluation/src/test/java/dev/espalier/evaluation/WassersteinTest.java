package dev.espalier.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.testkit.Cases;
import dev.espalier.testkit.Law;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class WassersteinTest {

  /** Two sets of rows, sometimes on a coarse grid so that many costs tie. */
  record Pair(Samples one, Samples other) {
    static Pair random(RandomGenerator random, int most) {
      int d = 1 + random.nextInt(3);
      boolean coarse = random.nextBoolean();
      return new Pair(
          rows(random, 1 + random.nextInt(most), d, coarse),
          rows(random, 1 + random.nextInt(most), d, coarse));
    }

    static Samples rows(RandomGenerator random, int n, int d, boolean coarse) {
      double[] values = new double[n * d];
      for (int i = 0; i < values.length; i++) {
        values[i] = coarse ? random.nextInt(3) : random.nextGaussian();
      }
      return Samples.of(d, values);
    }
  }

  private static double transport(Samples one, Samples other) {
    double[] costs = Wasserstein.costs(one, other);
    double[] sum = new double[1];
    new Transport(one.count(), other.count(), costs)
        .plan((i, j, share) -> sum[0] += share * costs[i * other.count() + j]);
    return sum[0];
  }

  /** The best assignment after repeating rows until both sets have as many. */
  private static double bruteForce(Samples one, Samples other) {
    int n = one.count();
    int m = other.count();
    double[] costs = Wasserstein.costs(one, other);
    int size = n * m / gcd(n, m);
    return assign(costs, n, m, 0, size, 0) / size;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private static double assign(double[] costs, int n, int m, int row, int size, int used) {
    if (row == size) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int j = 0; j < size; j++) {
      if ((used & 1 << j) == 0) {
        double rest = assign(costs, n, m, row + 1, size, used | 1 << j);
        best = Math.min(best, costs[row * n / size * m + j * m / size] + rest);
      }
    }
    return best;
  }

  @Test
  void thePlanIsTheBestOfAllAssignments(TestInfo test) {
    Cases.of(
            test,
            random -> {
              Pair pair = Pair.random(random, 4);
              int n = pair.one.count();
              int m = pair.other.count();
              return n * m / gcd(n, m) <= 6 ? pair : new Pair(pair.one, pair.one);
            })
        .count(300)
        .check(
            pair ->
                assertEquals(
                    bruteForce(pair.one, pair.other), transport(pair.one, pair.other), 1e-12));
  }

  @Test
  void inOneColumnThePlanMatchesSortedValues(TestInfo test) {
    Cases.of(
            test,
            random ->
                new Pair(
                    Pair.rows(random, 1 + random.nextInt(60), 1, random.nextBoolean()),
                    Pair.rows(random, 1 + random.nextInt(60), 1, random.nextBoolean())))
        .count(100)
        .check(
            pair -> {
              double expected = Wasserstein.sorted(pair.one.column(0), pair.other.column(0), 1);
              assertEquals(expected, transport(pair.one, pair.other), 1e-11);
              assertEquals(expected, Wasserstein.exact(pair.one, pair.other));
            });
  }

  @Test
  void potentialsCertifyThePlan(TestInfo test) {
    Cases.of(test, random -> Pair.random(random, 80))
        .count(100)
        .check(
            pair -> {
              double[] costs = Wasserstein.costs(pair.one, pair.other);
              double top = 0;
              for (double each : costs) {
                top = Math.max(top, each);
              }
              Transport plan = new Transport(pair.one.count(), pair.other.count(), costs);
              double[] mass = new double[pair.one.count() + pair.other.count()];
              plan.plan(
                  (i, j, share) -> {
                    assertTrue(share > 0);
                    mass[i] += share;
                    mass[pair.one.count() + j] += share;
                  });
              for (int i = 0; i < mass.length; i++) {
                int size = i < pair.one.count() ? pair.one.count() : pair.other.count();
                assertEquals(1.0 / size, mass[i], 1e-14);
              }
              assertTrue(plan.leastReducedCost() >= 0);
              assertEquals(
                  top * plan.dualValue(), transport(pair.one, pair.other), 1e-11 * (1 + top));
            });
  }

  @Test
  void aShiftIsItsOwnDistance() {
    Samples rows = Law.threeInThePlane().rows(200, 1);
    double[] moved = rows.toArray();
    for (int i = 0; i < moved.length; i += 2) {
      moved[i] += 0.75;
      moved[i + 1] -= 0.5;
    }
    assertEquals(1.25, Wasserstein.exact(rows, Samples.of(2, moved)), 1e-12);
    assertEquals(0, Wasserstein.exact(rows, rows), 0);
  }

  @Test
  void theOrderOfSetsAndRowsDoesNotMatter() {
    Samples one = Law.threeInThePlane().rows(90, 1);
    Samples other = Law.threeInThePlane().rows(150, 2);
    int[] reversed = new int[90];
    for (int i = 0; i < 90; i++) {
      reversed[i] = 89 - i;
    }
    double distance = Wasserstein.exact(one, other);
    assertEquals(distance, Wasserstein.exact(other, one), 1e-12);
    assertEquals(distance, Wasserstein.exact(one.rows(reversed), other), 1e-12);
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    Samples two = Samples.of(2, new double[4]);
    assertThrows(
        IllegalArgumentException.class, () -> Wasserstein.exact(two, Samples.of(1, new double[3])));
    assertThrows(
        InvalidDataException.class, () -> Wasserstein.exact(two, Samples.of(2, new double[0])));
    assertThrows(
        InvalidDataException.class,
        () -> Wasserstein.exact(two, Samples.of(2, new double[] {1, Double.NaN})));
    Samples many = Samples.of(2, new double[20_000]);
    assertThrows(IllegalArgumentException.class, () -> Wasserstein.exact(many, many));
  }
}
