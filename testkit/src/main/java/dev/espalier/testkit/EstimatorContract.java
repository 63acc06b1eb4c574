package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * What every estimator must satisfy; a subclass says which, on which rows, and what it claims.
 *
 * <p>The scores that it fits should pass {@link ScoreContract} as well.
 */
public abstract class EstimatorContract {

  /** What an estimator may claim beyond what all must do. */
  public enum Claim {
    /** Row weights move the fit. */
    WEIGHTS,
    /** Missing cells are fitted, not refused. */
    MISSING
  }

  /** The estimator to check. */
  protected abstract ScoreEstimator estimator();

  /** What the estimator claims; nothing unless overridden. */
  protected Set<Claim> claims() {
    return EnumSet.noneOf(Claim.class);
  }

  /** Rows that can be fitted; the default is 150 rows of a mixture of three normal laws in 2-d. */
  protected Samples rows() {
    return Law.threeInThePlane().rows(150, 1);
  }

  private double[] fit(FitRequest request) {
    Score score = estimator().fit(request);
    assertEquals(request.rows().columns(), score.columns(), "columns of the score");
    double[] print = Probe.fingerprint(score);
    assertTrue(print.length > 0, () -> "need a level known to " + score);
    for (double value : print) {
      assertTrue(
          Double.isFinite(value), () -> "need finite answers of " + score + ", got " + value);
    }
    return print;
  }

  /** Equal requests give equal bits. */
  @Test
  public final void sameRequestGivesTheSameBits() {
    FitRequest request = FitRequest.of(rows()).withSeed(7);
    assertArrayEquals(fit(request), fit(request));
  }

  /** Two and three threads give the bits of one, and so do pieces that travelled. */
  @Test
  public final void threadsChangeNoBit() {
    FitRequest request = FitRequest.of(rows()).withSeed(7);
    double[] here = fit(request);
    for (int threads = 2; threads <= 3; threads++) {
      assertArrayEquals(
          here, fit(request.withTasks(Tasks.threads(threads))), "with threads " + threads);
    }
    assertArrayEquals(here, fit(request.withTasks(new TravellingTasks())), "sent elsewhere");
  }

  /** A copy of the estimator by Java serialization is equal to it and fits the same bits. */
  @Test
  public final void copiesFitAlike() {
    FitRequest request = FitRequest.of(rows());
    ScoreEstimator copy = Copies.of(estimator());
    assertEquals(estimator(), copy, "need an estimator that is a value");
    assertArrayEquals(fit(request), Probe.fingerprint(copy.fit(request)));
  }

  /** Weights of 500 on half the rows pull the mean of the fit to them; equal weights do nothing. */
  @Test
  public final void weightsMoveTheFitIfClaimed() {
    if (claims().contains(Claim.WEIGHTS)) {
      Samples rows = rows();
      double[] weights = new double[rows.count()];
      double[] target = new double[rows.columns()];
      double[] sorted = rows.column(0);
      Arrays.sort(sorted);
      double median = sorted[sorted.length / 2];
      int heavy = 0;
      for (int i = 0; i < weights.length; i++) {
        weights[i] = rows.get(i, 0) > median ? 500 : 1;
        if (weights[i] > 1) {
          heavy++;
          for (int j = 0; j < target.length; j++) {
            target[j] += rows.get(i, j);
          }
        }
      }
      for (int j = 0; j < target.length; j++) {
        target[j] /= heavy;
      }
      double[] before = mean(FitRequest.of(rows));
      double[] after = mean(FitRequest.of(rows).withWeights(weights));
      assertTrue(
          distance(after, target) < 0.5 * distance(before, target),
          "need the mean of the fit near the mean of the heavy rows");
    }
  }

  private double[] mean(FitRequest request) {
    Score score = estimator().fit(request);
    NoiseLevel noisiest = new NoiseLevel(0, 1);
    if (!score.range().contains(noisiest)) {
      noisiest = new NoiseLevel(1, StrictMath.exp(-score.range().noisiest()));
    }
    double[] x = new double[score.columns()];
    double[] out = new double[score.columns()];
    score.posteriorMean(noisiest, x, out);
    return out;
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.sqrt(sum);
  }

  /** A cancelled fit stops, whether it was cancelled before or in the middle. */
  @Test
  public final void cancellationStops() {
    FitRequest request = FitRequest.of(rows());
    AtomicInteger asked = new AtomicInteger();
    estimator().fit(request.withProgress(new Counting(asked, Integer.MAX_VALUE)));
    assertTrue(asked.get() > 0, "need a fit that asks whether it was cancelled");
    for (int last : new int[] {0, asked.get() / 2, asked.get() - 1}) {
      FitRequest cancelled = request.withProgress(new Counting(new AtomicInteger(), last));
      assertThrows(
          CancelledException.class,
          () -> estimator().fit(cancelled),
          "cancelled after being asked " + last + " times");
    }
  }

  /** Progress that says it was cancelled after being asked a number of times. */
  private record Counting(AtomicInteger asked, int last) implements Progress {
    @Override
    public void report(String stage, double done) {
      assertTrue(done >= 0 && done <= 1, () -> "need a share from 0 to 1, got " + done);
      assertFalse(stage.isBlank(), "need words for the stage");
    }

    @Override
    public boolean cancelled() {
      return asked.getAndIncrement() >= last;
    }
  }

  /** Missing cells are fitted if that is claimed, and otherwise fitted or refused. */
  @Test
  public final void missingCellsAreFittedOrRefused() {
    Samples rows = rows();
    double[] values = rows.toArray();
    for (int i = 0; i < values.length; i += 7) {
      values[i] = Double.NaN;
    }
    Samples gaps = Samples.of(rows.columns(), values).withLabels(rows.labels());
    if (claims().contains(Claim.MISSING)) {
      fit(FitRequest.of(gaps));
    } else {
      fitOrRefuse(gaps);
    }
  }

  /** One row, equal rows, a constant column, more columns than rows, and odd scales. */
  @Test
  public final void degenerateRowsAreFittedOrRefused() {
    Samples rows = rows();
    int d = rows.columns();
    fitOrRefuse(rows.rows(0, 1));
    fitOrRefuse(rows.rows(0, 2));
    fitOrRefuse(rows.rows(new int[] {0, 0, 0, 0, 0}));
    double[] constant = rows.toArray();
    double[] huge = rows.toArray();
    double[] tiny = rows.toArray();
    for (int i = 0; i < constant.length; i += d) {
      constant[i] = 3;
      huge[i] *= 1e9;
      tiny[i] *= 1e-9;
    }
    for (double[] values : new double[][] {constant, huge, tiny}) {
      fitOrRefuse(Samples.of(d, values).withLabels(rows.labels()));
    }
    Samples few = rows.rows(0, Math.min(5, rows.count()));
    int[] repeated = new int[Math.max(8, d)];
    for (int j = 0; j < repeated.length; j++) {
      repeated[j] = j % d;
    }
    double[] wide = few.columns(repeated).toArray();
    double[] noise = Probe.noise("wide", wide.length);
    for (int i = 0; i < wide.length; i++) {
      wide[i] += 0.1 * noise[i];
    }
    fitOrRefuse(Samples.of(repeated.length, wide).withLabels(few.labels()));
  }

  private void fitOrRefuse(Samples rows) {
    try {
      fit(FitRequest.of(rows));
    } catch (InvalidDataException | NotConvergedException refusal) {
      assertFalse(
          refusal.getMessage() == null || refusal.getMessage().isBlank(),
          "need words that say why " + rows + " was refused");
    }
  }

  /** The cost can be told before the fit. */
  @Test
  public final void costIsToldBefore() {
    assertTrue(estimator().cost(FitRequest.of(rows())).seconds() < 3600);
  }
}
