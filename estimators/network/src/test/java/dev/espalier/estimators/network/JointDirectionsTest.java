package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class JointDirectionsTest {

  private static double[][] normals(int count, int columns, long seed) {
    double[][] rows = new double[count][columns];
    RandomGenerator random = new Streams(seed).stream("normals", 0);
    for (double[] row : rows) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextGaussian();
      }
    }
    return rows;
  }

  private static double[][] directions(int rank, int columns, long seed) {
    double[][] directions = normals(rank, columns, seed);
    JointDirections.retract(directions);
    return directions;
  }

  /** {@code ‖VVᵀ − AAᵀ‖²}. */
  private static double apart(Samples v, double[][] a) {
    double common = 0;
    for (int k = 0; k < a.length; k++) {
      for (double[] direction : a) {
        double product = 0;
        for (int j = 0; j < direction.length; j++) {
          product += v.get(k, j) * direction[j];
        }
        common += product * product;
      }
    }
    return 2 * (a.length - common);
  }

  /** Rows in a subspace: two clusters along each direction, and noise everywhere. */
  private static Samples rows(double[][] a, int count, double noise, long seed) {
    int d = a[0].length;
    double[][] rows = normals(count, d, seed);
    double[][] z = normals(count, a.length, seed + 1);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < d; j++) {
        rows[i][j] = 1 + noise * rows[i][j];
        for (int k = 0; k < a.length; k++) {
          rows[i][j] += a[k][j] * (Math.signum(z[i][k]) * 2 + 0.5 * z[i][k]);
        }
      }
    }
    return Samples.of(rows);
  }

  private static double loss(
      Score score, NoiseLevel level, double[][] v, double[][] rows, double[] noise) {
    int r = v.length;
    double[] clean = new double[rows.length * r];
    double[] noisy = new double[clean.length];
    double loss = 0;
    for (int i = 0; i < clean.length; i++) {
      for (int j = 0; j < v[0].length; j++) {
        clean[i] += v[i % r][j] * rows[i / r][j];
      }
      noisy[i] = level.a() * clean[i] + Math.sqrt(level.b()) * noise[i];
    }
    double[] means = new double[clean.length];
    score.posteriorMean(level, noisy, means);
    for (int i = 0; i < clean.length; i++) {
      double miss = means[i] - clean[i];
      loss += miss * miss - clean[i] * clean[i];
    }
    return level.a() * level.a() * loss;
  }

  @Test
  void theGradientIsThatOfTheLoss() {
    double[][] v = directions(2, 5, 1);
    Score score =
        Network.hidden(8, 8).steps(60).fit(FitRequest.of(rows(directions(2, 2, 3), 100, 0, 2)));
    NoiseLevel level = NoiseLevel.preserving(0.4);
    double[][] rows = normals(30, 5, 4);
    double[] noise = normals(1, 60, 5)[0];
    double[] ones = new double[30];
    Arrays.fill(ones, 1);
    double[][] gradient = new double[2][5];
    JointDirections.addGradient(score, level, v, rows, noise, ones, gradient);
    double step = 1e-2;
    for (int k = 0; k < 2; k++) {
      for (int j = 0; j < 5; j++) {
        double at = v[k][j];
        double[] losses = new double[4];
        double[] places = {-2 * step, -step, step, 2 * step};
        for (int p = 0; p < 4; p++) {
          v[k][j] = at + places[p];
          losses[p] = loss(score, level, v, rows, noise);
        }
        v[k][j] = at;
        double slope = (losses[0] - 8 * losses[1] + 8 * losses[2] - losses[3]) / (12 * step);
        assertEquals(slope, gradient[k][j], 2e-3 * (1 + Math.abs(slope)));
      }
    }
  }

  private static Network small() {
    return Network.hidden(16, 16).steps(600).batch(64);
  }

  @Test
  void aSubspaceIsRecoveredFromARandomStart() {
    double[][] a = directions(2, 30, 1);
    Samples start = Samples.of(directions(2, 30, 2));
    FitRequest request = FitRequest.of(rows(a, 100, 0, 3));
    assertTrue(apart(start, a) > 3);
    Samples found = small().fitDirections(request, start);
    double apart = apart(found, a);
    assertTrue(apart < 1e-6, () -> "apart " + apart);
    assertEquals(found, small().fitDirections(request.withTasks(Tasks.threads(3)), start));
  }

  /** Uncorrelated columns of equal variance: directions of greatest variance say nothing. */
  @Test
  void aDirectionThatIsNotNormalIsFoundAmongEqualVariances() {
    int n = 1000;
    double[][] columns = normals(3, n, 7);
    for (int i = 0; i < n; i++) {
      columns[0][i] = Math.signum(columns[0][i]) + 0.2 * columns[1][i];
    }
    double[][] others = normals(2, n, 8);
    columns[1] = others[0];
    columns[2] = others[1];
    for (double[] column : columns) {
      double mean = Arrays.stream(column).average().orElseThrow();
      for (int i = 0; i < n; i++) {
        column[i] -= mean;
      }
    }
    JointDirections.retract(columns);
    double[][] rows = new double[n][3];
    for (int i = 0; i < n; i++) {
      rows[i][0] = Math.sqrt(n) * columns[1][i];
      rows[i][1] = Math.sqrt(n) * columns[0][i];
      rows[i][2] = Math.sqrt(n) * columns[2][i];
    }
    double[][] wanted = {{0, 1, 0}};
    Samples start = Samples.of(new double[][] {{0.6, 0.6, Math.sqrt(0.28)}});
    Samples found =
        Network.hidden(16, 16)
            .steps(1500)
            .batch(128)
            .rate(0.005)
            .fitDirections(FitRequest.of(Samples.of(rows)).withRange(new NoiseRange(-3, 4)), start);
    assertTrue(apart(start, wanted) > 1);
    double apart = apart(found, wanted);
    assertTrue(apart < 0.3, () -> "apart " + apart);
  }

  @Test
  void unfitRowsAndStartsAreRefused() {
    FitRequest request = FitRequest.of(rows(directions(2, 4, 1), 20, 0, 3));
    assertThrows(
        IllegalArgumentException.class,
        () -> small().fitDirections(request, Samples.of(directions(2, 5, 2))));
    assertThrows(
        IllegalArgumentException.class,
        () -> small().fitDirections(request, Samples.of(new double[2][4])));
    Samples gaps = Samples.of(new double[][] {{1, Double.NaN}, {2, 3}});
    assertThrows(
        InvalidDataException.class,
        () -> small().fitDirections(FitRequest.of(gaps), Samples.of(directions(1, 2, 2))));
  }
}
