package dev.espalier.plugins.gmm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmTest {

  static List<Form> forms() {
    return List.of(
        new Form(CovarianceKind.FULL, 0),
        new Form(CovarianceKind.TIED, 0),
        new Form(CovarianceKind.DIAGONAL, 0),
        new Form(CovarianceKind.SPHERICAL, 0),
        new Form(CovarianceKind.LOWRANK, 2));
  }

  /** Rows of three overlapping clouds with dependent columns, some cells missing. */
  private static double[][] rows(int n, int d, double missing) {
    RandomGenerator random = new Streams(17).stream("rows", d);
    double[][] rows = new double[n][d];
    for (int i = 0; i < n; i++) {
      double common = random.nextGaussian();
      for (int j = 0; j < d; j++) {
        rows[i][j] =
            1.5 * ((i + j) % 3) + (1 + i % 3) * (0.6 * common + 0.5 * random.nextGaussian());
      }
      for (int j = 1; j < d; j++) {
        rows[i][j] = random.nextDouble() < missing ? Double.NaN : rows[i][j];
      }
    }
    return rows;
  }

  private static double[][] scaled(double[][] raw, Rows rows) {
    double[][] scaled = new double[raw.length][raw[0].length];
    for (int i = 0; i < raw.length; i++) {
      for (int j = 0; j < raw[i].length; j++) {
        scaled[i][j] = (raw[i][j] - rows.centre(j)) / rows.scale(j);
      }
    }
    return scaled;
  }

  private static NaiveEm start(int d, Form form) {
    double[][] means = new double[3][d];
    double[][][] covariances = new double[3][d][d];
    double[][][] factors = new double[3][d][2];
    double[][] left = new double[3][d];
    for (int k = 0; k < 3; k++) {
      for (int i = 0; i < d; i++) {
        means[k][i] = 0.4 * (k - 1) * (i % 2 == 0 ? 1 : -0.7);
        factors[k][i][0] = 0.5;
        factors[k][i][1] = 0.1 * (i - k);
        left[k][i] = 0.6 + 0.1 * k;
      }
      double[][] product = NaiveEm.product(factors[k], NaiveEm.transposed(factors[k]));
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariances[k][i][j] = (form.dense() ? product[i][j] : 0) + (i == j ? 0.6 + 0.1 * k : 0);
        }
      }
    }
    if (form.tied()) {
      covariances[1] = covariances[0];
      covariances[2] = covariances[0];
    }
    return new NaiveEm(new double[] {0.5, 0.3, 0.2}, means, covariances, factors, left);
  }

  private static void agree(double[][] raw, double[] weights, Form form) {
    agree(raw, weights, form, 4);
  }

  private static void agree(double[][] raw, double[] weights, Form form, int steps) {
    Rows rows =
        Rows.of(
            FitRequest.of(Samples.of(raw)).withWeights(weights),
            form.kind() == CovarianceKind.SPHERICAL);
    double[][] scaled = scaled(raw, rows);
    NaiveEm naive = start(raw[0].length, form);
    Em em = new Em(rows, form, 1e-9, Tasks.here(), Progress.silent());
    Em.Result result = em.run(naive.mixture(form), steps, 0, Tasks.here(), Progress.silent());
    double total = 0;
    for (double weight : weights) {
      total += weight;
    }
    for (int step = 0; step <= steps; step++) {
      assertEquals(naive.logLikelihood(scaled, weights) / total, result.history().get(step), 1e-9);
      naive = step < steps ? naive.step(scaled, weights, form) : naive;
    }
    for (int k = 0; k < 3; k++) {
      assertEquals(naive.weights[k], result.mixture().weight(k), 1e-9);
      for (int i = 0; i < raw[0].length; i++) {
        assertEquals(naive.means[k][i], result.mixture().mean(k)[i], 1e-9);
        for (int j = 0; j < raw[0].length && form.dense(); j++) {
          assertEquals(
              naive.covariances[k][i][j], result.mixture().shape(k).covariance()[i][j], 1e-9);
        }
        if (!form.dense()) {
          assertEquals(naive.covariances[k][i][i], result.mixture().shape(k).variances()[i], 1e-9);
        }
      }
    }
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  @ParameterizedTest
  @MethodSource("forms")
  void stepsAgreeWithTheFormulas(Form form) {
    agree(rows(300, 5, 0), ones(300), form);
    agree(rows(157, 1, 0), ones(157), new Form(CovarianceKind.FULL, 0));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void stepsAgreeWithTheFormulasWhereCellsAreMissing(Form form) {
    agree(rows(200, 5, 0.3), ones(200), form);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void stepsAgreeWithTheFormulasUnderWeights(Form form) {
    double[] weights = ones(200);
    for (int i = 0; i < weights.length; i++) {
      weights[i] += 0.37 * (i % 5);
    }
    agree(rows(200, 4, 0.2), weights, form);
  }

  /** Columns enough for several tiles of products, rows enough for several blocks. */
  @Test
  void tilesAndBlocksAddUp() {
    agree(rows(1100, 34, 0), ones(1100), new Form(CovarianceKind.FULL, 0), 1);
  }

  /** Also where the floor acts: it is the exact maximum under its bound. */
  @ParameterizedTest
  @MethodSource("forms")
  void logLikelihoodNeverDecreases(Form form) {
    for (double floor : new double[] {1e-6, 0.05, 0.4}) {
      for (double missing : new double[] {0, 0.25}) {
        Rows rows =
            Rows.of(
                FitRequest.of(Samples.of(rows(250, 6, missing))),
                form.kind() == CovarianceKind.SPHERICAL);
        Em em = new Em(rows, form, floor, Tasks.here(), Progress.silent());
        Mixture start = em.start(4, new Streams(3).stream("start", 0));
        Em.Result result = em.run(start, 60, -1, Tasks.here(), Progress.silent());
        assertEquals(61, result.history().size());
        for (int i = 1; i < result.history().size(); i++) {
          double before = result.history().get(i - 1);
          double after = result.history().get(i);
          assertTrue(
              after >= before - 1e-12, () -> "need a rise from " + before + ", got " + after);
        }
        assertTrue(floor < 0.1 || result.mixture().floored() > 0, "need a floor that acts");
      }
    }
  }

  @Test
  void anIntegerWeightIsThatManyRows() {
    double[][] raw = rows(120, 3, 0.1);
    double[] weights = new double[raw.length];
    List<double[]> repeated = new ArrayList<>();
    for (int i = 0; i < raw.length; i++) {
      weights[i] = 1 + i % 3;
      for (int copy = 0; copy < weights[i]; copy++) {
        repeated.add(raw[i]);
      }
    }
    for (Form form : forms()) {
      boolean common = form.kind() == CovarianceKind.SPHERICAL;
      Rows weighted = Rows.of(FitRequest.of(Samples.of(raw)).withWeights(weights), common);
      Rows plain = Rows.of(FitRequest.of(Samples.of(repeated.toArray(new double[0][]))), common);
      Em.Result one = fit(weighted, form);
      Em.Result other = fit(plain, form);
      assertEquals(
          one.logLikelihood(), other.logLikelihood(), 1e-9 * Math.abs(one.logLikelihood()));
      for (int k = 0; k < 3; k++) {
        for (int j = 0; j < 3; j++) {
          assertEquals(one.mixture().mean(k)[j], other.mixture().mean(k)[j], 1e-9);
        }
      }
    }
  }

  private static Em.Result fit(Rows rows, Form form) {
    Em em = new Em(rows, form, 1e-6, Tasks.here(), Progress.silent());
    return em.run(
        em.start(3, new Streams(5).stream("start", 0)), 30, 0, Tasks.here(), Progress.silent());
  }
}
