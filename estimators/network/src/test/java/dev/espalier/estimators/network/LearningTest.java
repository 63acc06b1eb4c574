package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.PlaneLaw;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a training is given to learn: rows, copies, levels, weights, gaps, and how it ends. */
final class LearningTest {

  private static final NoiseRange RANGE = new NoiseRange(-10, 12);
  private static final Samples ROWS = Law.threeInThePlane().rows(48, 1);

  /** The clean row is the target, so that rows can be told apart. */
  private static final Network X0 =
      Network.hidden(4).steps(6).batch(48).validation(0).parametrisation(Parametrisation.X0);

  private static List<RecordingEngine.Seen> steps(Network network, FitRequest request) {
    RecordingEngine engine = new RecordingEngine();
    List<Integer> columns = new ArrayList<>();
    for (int j = 0; j < request.rows().columns(); j++) {
      columns.add(j);
    }
    Trainer.of(network, request, List.of(Window.of(columns)), engine).run();
    return engine.seen();
  }

  private static List<List<Float>> targets(List<RecordingEngine.Seen> steps) {
    List<List<Float>> all = new ArrayList<>();
    for (RecordingEngine.Seen step : steps) {
      for (int i = 0; i < step.batch().rows(); i++) {
        all.add(step.targets(i));
      }
    }
    return all;
  }

  @Test
  void everyRowIsSeenOnceAnEpochInAnOrderOfItsOwn() {
    List<List<Float>> rows = targets(steps(X0, FitRequest.of(ROWS)));
    Set<List<List<Float>>> orders = new HashSet<>();
    for (int epoch = 0; epoch < 6; epoch++) {
      List<List<Float>> seen = rows.subList(48 * epoch, 48 * (epoch + 1));
      assertEquals(48, new HashSet<>(seen).size());
      orders.add(seen);
    }
    assertEquals(6, orders.size());
  }

  @Test
  void copiesOfARowStandSideBySideWithNoiseOfTheirOwn() {
    List<RecordingEngine.Seen> steps = steps(X0.copies(3), FitRequest.of(ROWS));
    List<List<Float>> rows = targets(steps);
    assertEquals(16, new HashSet<>(rows.subList(0, 48)).size());
    for (int i = 0; i < rows.size(); i += 3) {
      assertEquals(rows.get(i), rows.get(i + 1));
      assertEquals(rows.get(i), rows.get(i + 2));
    }
    RecordingEngine.Seen first = steps.get(0);
    assertNotEquals(first.inputs(0), first.inputs(1));
    assertNotEquals(first.inputs(1), first.inputs(2));
  }

  @Test
  void weightsOfRowsAreWeightsInTheLoss() {
    double[] weights = new double[48];
    for (int i = 0; i < 48; i++) {
      weights[i] = 1 + i % 3;
    }
    List<RecordingEngine.Seen> plain = steps(X0.turned(false), FitRequest.of(ROWS));
    List<RecordingEngine.Seen> steps =
        steps(X0.turned(false), FitRequest.of(ROWS).withWeights(weights));
    // Weighted moments scale the targets otherwise, so rows are known by their place in the order.
    Map<List<Float>, Integer> index = new HashMap<>();
    for (int i = 0; i < 48; i++) {
      index.put(nearest(plain, i), i);
    }
    for (int i = 0; i < 48; i++) {
      double weight = weights[index.get(plain.get(0).targets(i))];
      double expected = weight * 48 / Arrays.stream(weights).sum();
      double ratio = steps.get(0).weights(i).get(0) / plain.get(0).weights(i).get(0);
      assertEquals(expected, ratio, 1e-5);
    }
  }

  /** The target that row {@code i} of the data has. */
  private static List<Float> nearest(List<RecordingEngine.Seen> steps, int i) {
    double mean = Arrays.stream(ROWS.column(0)).average().orElseThrow();
    double square = 0;
    for (double x : ROWS.column(0)) {
      square += (x - mean) * (x - mean) / 48;
    }
    double wanted = (ROWS.get(i, 0) - mean) / Math.sqrt(square);
    List<Float> best = steps.get(0).targets(0);
    for (List<Float> each : targets(steps.subList(0, 1))) {
      best = Math.abs(each.get(0) - wanted) < Math.abs(best.get(0) - wanted) ? each : best;
    }
    return best;
  }

  @Test
  void missingCellsCountNeitherAsInputsNorInTheLoss() {
    double[] values = ROWS.toArray();
    int missing = 0;
    for (int i = 0; i < values.length; i += 5) {
      values[i] = Double.NaN;
      missing++;
    }
    RecordingEngine.Seen step = steps(X0, FitRequest.of(Samples.of(2, values))).get(0);
    int found = 0;
    for (int i = 0; i < 48; i++) {
      List<Float> inputs = step.inputs(i);
      assertEquals(4, inputs.size());
      for (int j = 0; j < 2; j++) {
        boolean gap = inputs.get(2 + j) == 1;
        found += gap ? 1 : 0;
        assertEquals(gap, inputs.get(j) == 0);
        assertEquals(gap, step.weights(i).get(j) == 0);
        assertEquals(gap, step.targets(i).get(j) == 0);
      }
    }
    assertEquals(missing, found);
  }

  /**
   * The distribution of trained levels against that of each kind: the greatest distance of
   * distribution functions of 480 levels, drawn four a step in strata.
   */
  @Test
  void levelsAreDrawnAsTheKindSays() {
    for (LevelSampling kind : LevelSampling.values()) {
      List<Double> levels = new ArrayList<>();
      Network network = X0.levels(kind).steps(120).batch(64);
      for (RecordingEngine.Seen step : steps(network, FitRequest.of(ROWS))) {
        for (int run = 0; run < 4; run++) {
          float place = step.batch().features()[run * LevelFeatures.COUNT];
          levels.add(RANGE.noisiest() + 0.5 * (place + 1) * 22);
        }
      }
      levels.sort(null);
      for (LevelSampling other : LevelSampling.values()) {
        double most = 0;
        for (int i = 0; i < levels.size(); i++) {
          double u = (i + 0.5) / levels.size();
          double below = 0;
          for (double level : levels) {
            below += level < other.logSnr(RANGE, u) ? 1.0 / levels.size() : 0;
          }
          most = Math.max(most, Math.abs(below - u));
        }
        assertEquals(kind == other, most < 0.06, kind + " against " + other + " off by " + most);
      }
    }
  }

  /** Each weighting counts the same error alike, whatever the network's output means. */
  @Test
  void weightingsDoNotDependOnTheParametrisation() {
    int[] chosen = new int[Plan.RUN];
    double[] ones = new double[48];
    Arrays.fill(ones, 1);
    for (Parametrisation kind : Parametrisation.values()) {
      for (double logSnr : new double[] {-6, 0, 5}) {
        NoiseLevel level = LevelSampling.level(logSnr);
        for (Weighting weighting : Weighting.values()) {
          Network network = Network.STANDARD.parametrisation(kind).weighting(weighting);
          WindowData data =
              WindowData.of(
                  network, RANGE, ROWS, ROWS, ones, Window.of(List.of(0, 1)), Progress.silent());
          WindowData.Place place =
              new WindowData.Place(
                  new float[32], new float[LevelFeatures.COUNT], new float[32], new float[32]);
          data.write(
              chosen,
              logSnr,
              new Streams(1).stream("x", 0),
              place,
              0,
              0,
              1,
              TrainingTarget.denoising(),
              null);
          for (int j = 0; j < 2; j++) {
            double unit = data.frame().at(level).unit(kind, j);
            double deviation = data.frame().deviation(j);
            double expected =
                switch (weighting) {
                  case UNIT -> 1;
                  case MEAN -> unit * unit / (deviation * deviation);
                  case SCORE -> unit * unit * level.a() * level.a() / level.b();
                };
            // The error of the output is that of the posterior mean over the unit.
            assertEquals(1, place.weights()[j] / expected, 1e-5, kind + " " + weighting);
          }
        }
      }
    }
  }

  private static double[] answers(Score score) {
    double[] x = {0.3, -1, 2, 0.5, -0.7, 1.5};
    double[] out = new double[6];
    score.posteriorMean(NoiseLevel.preserving(0.4), x, out);
    return out;
  }

  /** Rows look broken from step 57 on; the weights kept are the best of the checks before it. */
  @Test
  void divergenceIsReportedWithItsStepAndTheBestWeightsBeforeItAreKept() {
    Network network = Network.hidden(16, 16).steps(120).batch(64);
    FitRequest request = FitRequest.of(Law.threeInThePlane().rows(300, 1));
    List<Window> window = List.of(Window.of(List.of(0, 1)));
    RecordingEngine engine = new RecordingEngine(new ArrayList<>(), new ArrayList<>(), 57);
    Score broken = Trainer.of(network, request, window, engine).run().get(0);
    assertEquals(57, engine.seen().size());
    assertTrue(
        broken.notes().get(0).startsWith("training diverged at step 57 at the rate 0.002; "),
        () -> broken.notes().toString());
    AtomicInteger asked = new AtomicInteger();
    Progress enough =
        new Progress() {
          @Override
          public void report(String stage, double done) {}

          @Override
          public boolean enough() {
            return asked.incrementAndGet() > 57 + 10;
          }
        };
    Score best = network.fit(request.withProgress(enough));
    assertTrue(best.notes().get(0).contains("step 57"), () -> best.notes().toString());
    assertArrayEquals(answers(best), answers(broken));
  }

  /** A weighting that makes the first loss huge is no divergence. */
  @Test
  void aLargeLossFromTheStartIsNoDivergence() {
    Network network =
        Network.hidden(8).steps(20).parametrisation(Parametrisation.X0).weighting(Weighting.SCORE);
    Score score = network.fit(FitRequest.of(ROWS));
    assertFalse(score.notes().get(0).contains("diverged"), () -> score.notes().toString());
  }

  @Test
  void theHeldOutLossIsToldByBandsOfNoise() {
    Samples rows = PlaneLaw.EIGHT.rows(1000, 1);
    Network network = Network.hidden(64, 64).steps(1500).rate(0.005);
    double[] learned = bands(network.fit(FitRequest.of(rows)));
    assertArrayEquals(
        new double[] {1, 1, 1, 1, 1, 1, 1, 1},
        bands(network.steps(1).rate(1e-12).fit(FitRequest.of(rows))),
        1e-3);
    assertTrue(learned[4] < 0.9, () -> Arrays.toString(learned));
    assertTrue(learned[0] > 0.95, "nothing is to be learned in pure noise");
  }

  private static double[] bands(Score score) {
    String note = score.notes().get(score.notes().size() - 1);
    assertTrue(note.startsWith("held-out loss in 8 bands of log SNR from -10 to 12"), note);
    String numbers = note.substring(note.indexOf(": ") + 2);
    return Arrays.stream(numbers.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void aNumberThatIsNoneSpoilsItsOwnRowAlone() {
    Score score = Network.hidden(16).steps(20).fit(FitRequest.of(ROWS));
    double[] x = {0.3, -1, 2, 0.5, -0.7, 1.5};
    double[] expected = answers(score);
    x[2] = Double.NaN;
    double[] out = new double[6];
    score.posteriorMean(NoiseLevel.preserving(0.4), x, out);
    assertTrue(Double.isNaN(out[2]) && Double.isNaN(out[3]), () -> Arrays.toString(out));
    expected[2] = out[2];
    expected[3] = out[3];
    assertArrayEquals(expected, out);
  }

  @Test
  void progressTellsLossHeldOutLossPaceAndTimeLeft() {
    Set<String> stages = new HashSet<>();
    Network network = Network.hidden(128, 128).steps(400).batch(256);
    network.fit(
        FitRequest.of(Law.threeInThePlane().rows(1000, 1))
            .withProgress((stage, done) -> stages.add(stage)));
    assertTrue(stages.contains("training from step 0 of 400"), stages::toString);
    assertTrue(
        stages.stream()
            .anyMatch(
                each ->
                    each.matches(
                        "loss [0-9.]+, held out [0-9.]+, [0-9]+ rows/s, [0-9]+:[0-9]{2} left")),
        stages::toString);
  }

  @Test
  void theCostGrowsWithTheWork() {
    FitRequest request = FitRequest.of(ROWS);
    double small = Network.hidden(64, 64).steps(1000).cost(request).seconds();
    assertEquals(10 * small, Network.hidden(64, 64).steps(10_000).cost(request).seconds(), small);
    assertTrue(Network.hidden(256, 256).steps(1000).cost(request).seconds() > 8 * small);
    assertTrue(
        Network.hidden(1024, 1024).cost(request).bytes()
            > 4 * Network.hidden(256, 256).cost(request).bytes());
  }
}
