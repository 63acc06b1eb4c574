package dev.espalier.filtering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Graph;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.samplers.Samplers;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AssimilationTest {

  /** A scalar that decays and is pushed about: Kalman's filter is exact. */
  private record Decay() implements Dynamics {
    @Override
    public int columns() {
      return 1;
    }

    @Override
    public void advance(double[] state, double duration, RandomGenerator random) {
      double keep = StrictMath.exp(-duration);
      state[0] = keep * state[0] + Math.sqrt(1 - keep * keep) * random.nextGaussian();
    }
  }

  private static final Twin.Watch WATCH = new Twin.Watch(0.3, 25, List.of(0), 0.5);

  @Test
  void everyFilterOfALinearModelIsKalmans() {
    Twin twin = Twin.of(new Decay(), new double[] {0}, WATCH, 3);
    Samples start = Twin.climate(new Decay(), 8_000, 10, 5);
    for (Analysis analysis :
        List.of(
            ScoreAnalysis.of(new Gaussian(Gaussian.Shrinkage.NONE), Samplers.direct()),
            new EnsembleKalman(Graph.chain(), 1, 1),
            new ParticleAnalysis())) {
      double[] mean = {0};
      double[] variance = {1};
      int[] k = {0};
      Assimilation.of(new Decay(), analysis)
          .withSeed(7)
          .run(
              start,
              twin.observations(),
              cycle -> {
                double keep = StrictMath.exp(-0.3);
                double before = keep * keep * variance[0] + 1 - keep * keep;
                double gain = before / (before + 0.25);
                Observation.Linear seen =
                    (Observation.Linear) twin.observations().all().get(k[0]++).what();
                mean[0] = keep * mean[0] + gain * (seen.y()[0] - keep * mean[0]);
                variance[0] = before * (1 - gain);
                double average = 0;
                double square = 0;
                for (double value : cycle.analysis().column(0)) {
                  average += value / 8_000;
                  square += value * value / 8_000;
                }
                assertEquals(mean[0], average, 0.05, analysis + " at " + cycle.time());
                assertEquals(variance[0], square - average * average, 0.03, analysis.toString());
              });
      assertEquals(25, k[0]);
    }
  }

  private static double error(Analysis analysis, int cycles) {
    Lorenz96 weather = Lorenz96.standard();
    List<Integer> others = IntStream.range(0, 20).mapToObj(k -> 2 * k).toList();
    double[] start = Twin.climate(weather, 1, 20, 11).row(0);
    Twin twin = Twin.of(weather, start, new Twin.Watch(0.2, cycles, others, 1), 12);
    List<Double> errors = new ArrayList<>();
    Assimilation.of(weather, analysis)
        .withSeed(13)
        .run(
            Twin.climate(weather, 60, 10, 14),
            twin.observations(),
            cycle -> {
              double sum = 0;
              int k = errors.size();
              for (int j = 0; j < 40; j++) {
                double mean = 0;
                for (double value : cycle.analysis().column(j)) {
                  mean += value / 60;
                }
                sum += (mean - twin.truth().get(k, j)) * (mean - twin.truth().get(k, j)) / 40;
              }
              errors.add(Math.sqrt(sum));
            });
    return errors.subList(cycles / 2, cycles).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  @Test
  void fewMembersFollowTheWeatherIfTheyKnowItsNeighbours() {
    List<Integer> pairs = new ArrayList<>();
    for (int j = 0; j < 40; j++) {
      for (int k = 1; k <= 3; k++) {
        pairs.add(j);
        pairs.add((j + k) % 40);
      }
    }
    Analysis local =
        ScoreAnalysis.of(MarkovField.on(Graph.edges(pairs)), Samplers.direct()).inflated(1.02);
    Analysis global =
        ScoreAnalysis.of(new Gaussian(Gaussian.Shrinkage.NONE), Samplers.direct()).inflated(1.02);
    double error = error(local, 40);
    assertTrue(error < 1.2, "error " + error);
    assertTrue(error(global, 40) > 1.5 * error, "error without structure " + error(global, 40));
  }

  @Test
  void tasksChangeNoBit() {
    Twin twin = Twin.of(new Lorenz63(0.5), new double[] {1, 2, 20}, WATCH, 3);
    Samples start = Twin.climate(new Lorenz63(0.5), 150, 10, 5);
    Assimilation here =
        Assimilation.of(
            new Lorenz63(0.5),
            ScoreAnalysis.of(new Gaussian(Gaussian.Shrinkage.NONE), Samplers.direct()));
    Samples last = here.run(start, twin.observations(), cycle -> {});
    assertEquals(
        last, here.withTasks(Tasks.threads(3)).run(start, twin.observations(), cycle -> {}));
  }

  @Test
  void mistakesAreSaid() {
    Assimilation decay = Assimilation.of(new Decay(), new ParticleAnalysis());
    Twin twin = Twin.of(new Decay(), new double[] {0}, WATCH, 3);
    Samples start = Twin.climate(new Decay(), 10, 1, 5);
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> decay.run(Samples.of(2, new double[4]), twin.observations(), cycle -> {}))
            .getMessage()
            .startsWith("need an ensemble of 1 columns"));
    Observation what = twin.observations().all().get(0).what();
    Observations.Timed first = new Observations.Timed(1, what);
    assertThrows(IllegalArgumentException.class, () -> new Observations(List.of(first, first)));
    assertThrows(IllegalArgumentException.class, () -> new Observations.Timed(-1, what));
    Progress cancelled =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            assertTrue(done <= 1);
          }

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThrows(
        CancelledException.class,
        () -> decay.withProgress(cancelled).run(start, twin.observations(), cycle -> {}));
  }
}
