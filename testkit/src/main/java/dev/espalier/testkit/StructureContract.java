package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Stored;
import dev.espalier.api.Structure;
import dev.espalier.api.Tasks;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every structure must satisfy around any inner estimator; a subclass says which. */
public abstract class StructureContract {

  /** The structure to check. */
  protected abstract Structure structure();

  /** Rows that the structure fits; they may have labels. */
  protected abstract Samples rows();

  private double[] fit(ScoreEstimator inner, Tasks tasks) {
    Score score = structure().fit(FitRequest.of(rows()).withSeed(3).withTasks(tasks), inner);
    assertEquals(rows().columns(), score.columns(), "columns of the lifted score");
    double[] print = Probe.fingerprint(score);
    for (double value : print) {
      assertTrue(Double.isFinite(value), () -> "need finite answers, got " + value);
    }
    return print;
  }

  /** The same request gives the same bits, for one, two and three threads and elsewhere. */
  @Test
  public final void sameRequestGivesTheSameBitsForAnyThreads() {
    double[] here = fit(new NormalFit(), Tasks.here());
    for (int threads = 2; threads <= 3; threads++) {
      assertArrayEquals(
          here, fit(new NormalFit(), Tasks.threads(threads)), "with threads " + threads);
    }
    assertArrayEquals(here, fit(new NormalFit(), new TravellingTasks()), "sent elsewhere");
  }

  /** The structure is a value that travels, and is itself with an inner part around it. */
  @Test
  public final void structuresAreValues() {
    Structure copy = Copies.of(structure());
    assertEquals(structure(), copy, "need a structure that is a value");
    ScoreEstimator around = copy.around(new NormalFit());
    assertEquals(structure().around(new NormalFit()), around);
    assertArrayEquals(
        fit(new NormalFit(), Tasks.here()),
        Probe.fingerprint(around.fit(FitRequest.of(rows()).withSeed(3))));
  }

  /** A fitted score copies by Java serialization. */
  @Test
  public final void liftedScoresTravel() {
    Score score = structure().fit(FitRequest.of(rows()), new NormalFit());
    assertArrayEquals(Probe.fingerprint(score), Probe.fingerprint(Copies.of(score)));
  }

  /**
   * An ability that the inner scores lack is not offered by the lifted one, which may still be
   * conditioned on something of its own, such as a label, but on no column.
   */
  @Test
  public final void abilitiesNeedThoseOfTheInnerPart() {
    Score score = structure().fit(FitRequest.of(rows()), new OpaqueFit());
    for (Class<?> ability : List.of(Density.class, Curvature.class, Stored.class)) {
      assertFalse(
          score.ability(ability).isPresent(),
          () -> "need no " + ability.getSimpleName() + " around scores that have none");
    }
    assertEquals(
        Optional.empty(),
        score
            .ability(Conditionable.class)
            .flatMap(law -> law.given(Observation.columns(Map.of(0, 0.0)))),
        "need no law given a column around scores that have none");
  }

  /** A cancelled fit stops. */
  @Test
  public final void cancellationStops() {
    Progress cancelled =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            assertFalse(stage.isBlank());
          }

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThrows(
        CancelledException.class,
        () -> structure().fit(FitRequest.of(rows()).withProgress(cancelled), new NormalFit()));
  }

  /** The normal law with the moments of the rows, plainly. */
  private record NormalFit() implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      request.progress().check();
      Samples rows = request.rows();
      int d = rows.columns();
      double total = request.totalWeight();
      double[] mean = new double[d];
      double[][] covariance = new double[d][d];
      for (int i = 0; i < rows.count(); i++) {
        for (int j = 0; j < d; j++) {
          mean[j] += request.weight(i) * rows.get(i, j) / total;
        }
      }
      for (int i = 0; i < rows.count(); i++) {
        for (int j = 0; j < d; j++) {
          for (int k = 0; k < d; k++) {
            covariance[j][k] +=
                request.weight(i) * (rows.get(i, j) - mean[j]) * (rows.get(i, k) - mean[k]) / total;
          }
        }
      }
      for (int j = 0; j < d; j++) {
        covariance[j][j] += 1e-3;
      }
      return Law.gaussian(mean, covariance);
    }
  }

  /** The same law with all its abilities hidden. */
  private record OpaqueFit() implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return new Opaque(new NormalFit().fit(request));
    }
  }

  private record Opaque(Score inner) implements Score {
    @Override
    public int columns() {
      return inner.columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      inner.posteriorMean(level, x, out);
    }

    @Override
    public <A> Optional<A> ability(Class<A> ability) {
      return Optional.empty();
    }
  }
}
