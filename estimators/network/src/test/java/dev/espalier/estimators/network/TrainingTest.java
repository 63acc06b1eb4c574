package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Tasks;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.PlaneLaw;
import dev.espalier.testkit.TravellingTasks;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainingTest {

  private static final Network SMALL = Network.hidden(16, 16).steps(120).batch(64);
  private static final Samples ROWS = Law.threeInThePlane().rows(300, 1);

  private static double[] answers(Score score) {
    double[] x = new double[8 * score.columns()];
    for (int i = 0; i < x.length; i++) {
      x[i] = StrictMath.sin(i) * 2;
    }
    double[] all = new double[0];
    for (double b : new double[] {0.01, 0.4, 0.95}) {
      double[] out = new double[x.length];
      score.posteriorMean(NoiseLevel.preserving(b), x, out);
      int at = all.length;
      all = Arrays.copyOf(all, at + out.length);
      System.arraycopy(out, 0, all, at, out.length);
    }
    return all;
  }

  private static Samples fourColumns(int count) {
    double[] values = new double[4 * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 4; j++) {
        values[4 * i + j] = StrictMath.sin(1.7 * i + j) + 0.3 * StrictMath.cos(3.1 * i * (j + 1));
      }
    }
    return Samples.of(4, values);
  }

  private static final List<Window> WINDOWS =
      List.of(
          new Window(List.of(0, 1), List.of(0)),
          new Window(List.of(0, 1, 2), List.of(1)),
          new Window(List.of(3, 1, 2), List.of(2)),
          Window.of(List.of(2, 3)));

  /** Says stop after it has been asked a number of times since the training began. */
  private static final class Stop implements Progress {
    private final int last;
    private boolean training;
    private int asked;

    Stop(int last) {
      this.last = last;
    }

    @Override
    public void report(String stage, double done) {
      training = true;
    }

    @Override
    public boolean cancelled() {
      return training && ++asked > last;
    }
  }

  /** Keeps the losses that were measured, curve by curve. */
  private static final class Curves implements Progress {
    private final Map<String, NavigableMap<Double, Double>> curves = new TreeMap<>();

    @Override
    public void report(String stage, double done) {}

    @Override
    public synchronized void measured(String curve, double at, double value) {
      curves.computeIfAbsent(curve, name -> new TreeMap<>()).put(at, value);
    }
  }

  @Test
  void theHeldOutLossIsToldAsItFallsInEveryBand() {
    Curves heard = new Curves();
    SMALL.fit(FitRequest.of(fourColumns(900)).withProgress(heard));
    assertEquals(HeldOutRows.BANDS, heard.curves.size());
    assertTrue(heard.curves.containsKey("log SNR -10 to -7.25"), () -> "" + heard.curves);
    heard.curves.forEach(
        (name, curve) -> {
          assertEquals(0, curve.firstKey());
          assertEquals(120, curve.lastKey());
          // before the first step the outputs are zero, which is the unit
          assertEquals(1, curve.get(0.0), 1e-6, name);
        });
    double last =
        heard.curves.values().stream().mapToDouble(each -> each.lastEntry().getValue()).sum();
    assertTrue(last < HeldOutRows.BANDS, () -> "" + heard.curves);
  }

  @Test
  void whereItRunsChangesNoBitOfOneWideNetworkNorOfManySmallOnes() {
    Network wide = Network.hidden(96, 96).steps(6).batch(1024);
    FitRequest request = FitRequest.of(fourColumns(900));
    double[] expected = answers(wide.fit(request));
    List<double[]> small = new ArrayList<>();
    SMALL.fitWindows(request, WINDOWS).forEach(each -> small.add(answers(each)));
    for (Tasks tasks :
        List.of(Tasks.threads(2), Tasks.threads(3), Tasks.threads(8), new TravellingTasks())) {
      FitRequest there = request.withTasks(tasks);
      assertArrayEquals(expected, answers(wide.fit(there)));
      List<Score> again = SMALL.fitWindows(there, WINDOWS);
      for (int w = 0; w < WINDOWS.size(); w++) {
        assertArrayEquals(small.get(w), answers(again.get(w)));
      }
    }
  }

  @Test
  void aWindowDependsOnTheRequestAndOnItselfAlone() {
    FitRequest request = FitRequest.of(fourColumns(200));
    List<Score> all = SMALL.fitWindows(request, WINDOWS);
    for (int w = 0; w < WINDOWS.size(); w++) {
      Score alone = SMALL.fitWindows(request, List.of(WINDOWS.get(w))).get(0);
      assertEquals(WINDOWS.get(w).columns().size(), alone.columns());
      assertArrayEquals(answers(alone), answers(all.get(w)));
    }
    List<Integer> columns = List.of(0, 1, 2, 3);
    assertArrayEquals(
        answers(SMALL.fit(request)),
        answers(SMALL.fitWindows(request, List.of(Window.of(columns))).get(0)));
    assertTrue(SMALL.fitWindows(request, List.of()).isEmpty());
    Window beyond = Window.of(List.of(4));
    assertThrows(IllegalArgumentException.class, () -> SMALL.fitWindows(request, List.of(beyond)));
  }

  /** The bits of a fit, held fast: they are the same for every Java version and machine. */
  @Test
  void bitsAreTheSameEverywhere() {
    long hash = 1;
    for (double value : answers(SMALL.fit(FitRequest.of(fourColumns(200)).withSeed(3)))) {
      hash = 31 * hash + Double.doubleToLongBits(value);
    }
    assertEquals(GOLDEN, hash);
  }

  private static final long GOLDEN = 7271169602098298922L;

  @Test
  void resumedTrainingEndsWithTheSameBits(@TempDir Path folder) throws IOException {
    FitRequest request = FitRequest.of(ROWS).withSeed(4);
    double[] expected = answers(SMALL.fit(request));
    for (int last : List.of(0, 3, 30, 61, 150, 700)) {
      Path there = folder.resolve("at" + last);
      FitRequest kept = request.withCheckpoint(there);
      CancelledException stopped =
          assertThrows(
              CancelledException.class, () -> SMALL.fit(kept.withProgress(new Stop(last))));
      assertTrue(stopped.getMessage().contains("kept in"), stopped.getMessage());
      assertArrayEquals(expected, answers(SMALL.fit(kept)), "after being asked " + last);
      try (Stream<Path> files = Files.list(there)) {
        assertEquals(1, files.count());
      }
      Stop done = new Stop(Integer.MAX_VALUE);
      SMALL.fit(kept.withProgress(done));
      assertTrue(done.asked < 10, "need a finished training not to be repeated");
      assertFalse(
          Arrays.equals(expected, answers(SMALL.fit(kept.withSeed(5)))),
          "another seed must not take up this state");
    }
  }

  /** What settles keeps its state, and what goes on from it ends as if nothing had been. */
  @Test
  void trainingGoesOnAfterItSettled(@TempDir Path folder) {
    Network network = Network.hidden(64, 64).steps(800).batch(128).rate(0.01);
    FitRequest request = FitRequest.of(PlaneLaw.EIGHT.rows(600, 1));
    FitRequest kept = request.withCheckpoint(folder);
    CancelledException stopped =
        assertThrows(
            CancelledException.class, () -> network.fit(kept.withProgress(new Stop(6000))));
    assertTrue(stopped.getMessage().contains("cancelled at step "), stopped.getMessage());
    Score settled = network.fit(kept.withProgress(new Enough(0)));
    assertTrue(settled.notes().get(0).contains("enough"), () -> settled.notes().toString());
    assertTrue(settled.notes().get(1).startsWith("weights of step "), settled.notes()::toString);
    double[] expected = answers(network.fit(request));
    assertFalse(Arrays.equals(expected, answers(settled)));
    assertArrayEquals(expected, answers(network.fit(kept)));
  }

  @Test
  void manyWindowsAndFrozenScoresAreTakenUpToo(@TempDir Path folder) {
    Network network = SMALL.target(new Earlier());
    FitRequest request = FitRequest.of(fourColumns(200));
    FitRequest kept = request.withCheckpoint(folder);
    assertThrows(
        CancelledException.class,
        () -> network.fitWindows(kept.withProgress(new Stop(2500)), WINDOWS));
    List<Score> plain = network.fitWindows(request, WINDOWS);
    List<Score> again = network.fitWindows(kept, WINDOWS);
    for (int w = 0; w < WINDOWS.size(); w++) {
      assertArrayEquals(answers(plain.get(w)), answers(again.get(w)));
    }
  }

  @Test
  void aDamagedStateIsNamed(@TempDir Path folder) throws IOException {
    FitRequest kept = FitRequest.of(ROWS).withCheckpoint(folder);
    SMALL.fit(kept);
    Path file;
    try (Stream<Path> files = Files.list(folder)) {
      file = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(file);
    List<byte[]> damaged =
        List.of(
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, 100),
            new byte[0],
            Arrays.copyOf(whole, whole.length + 1));
    for (byte[] bytes : damaged) {
      Files.write(file, bytes);
      InvalidDataException failure =
          assertThrows(InvalidDataException.class, () -> SMALL.fit(kept));
      assertTrue(failure.getMessage().contains("delete it"), failure.getMessage());
    }
  }

  @Test
  void aStateThatCannotBeKeptIsSaid(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("no folder"), "");
    FitRequest kept = FitRequest.of(ROWS).withCheckpoint(file.resolve("state"));
    InvalidDataException failure = assertThrows(InvalidDataException.class, () -> SMALL.fit(kept));
    assertTrue(failure.getMessage().contains("make room and allow writing there"));
    assertTrue(failure.getMessage().contains("no folder"), failure.getMessage());
  }

  /** Says that it is enough after it has been asked a number of times. */
  private static final class Enough implements Progress {
    private final int last;
    private int asked;

    Enough(int last) {
      this.last = last;
    }

    @Override
    public void report(String stage, double done) {}

    @Override
    public boolean enough() {
      return ++asked > last;
    }
  }

  @Test
  void enoughSettlesForTheBestSoFar() {
    Score score = SMALL.fit(FitRequest.of(ROWS).withProgress(new Enough(60)));
    assertTrue(score.notes().get(0).contains("enough"), () -> score.notes().toString());
    assertTrue(Arrays.stream(answers(score)).allMatch(Double::isFinite));
  }

  @Test
  void aRateThatDivergesIsReportedAndTheLastGoodWeightsKept() {
    Score score = SMALL.decay(0).rate(1e6).clip(1e9).fit(FitRequest.of(ROWS));
    assertTrue(
        score.notes().get(0).startsWith("training diverged at step "),
        () -> score.notes().toString());
    double[] untrained = answers(SMALL.steps(1).rate(1e-12).fit(FitRequest.of(ROWS)));
    assertTrue(Arrays.stream(answers(score)).allMatch(Double::isFinite));
    assertTrue(Arrays.stream(untrained).allMatch(Double::isFinite));
    double[] found = answers(score);
    for (int i = 0; i < found.length; i++) {
      assertEquals(untrained[i], found[i], 1, "need weights from before the training broke");
    }
  }

  @Test
  void shapesBeyondTheMemoryAreRefusedBeforeAnythingIsMade() {
    Network huge = Network.hidden(60_000, 60_000, 60_000);
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> huge.fit(FitRequest.of(ROWS)));
    assertTrue(refused.getMessage().contains("MB"), refused.getMessage());
    assertTrue(huge.cost(FitRequest.of(ROWS)).bytes() > 1L << 34);
  }

  @Test
  void oddRowsAreFittedOrRefusedInWords() {
    Samples one = ROWS.rows(0, 1);
    double[] single = answers(SMALL.fit(FitRequest.of(one)));
    for (int i = 0; i < single.length; i++) {
      assertEquals(one.get(0, i % 2), single[i], 1e-9);
    }
    double[] values = ROWS.toArray();
    for (int i = 1; i < values.length; i += 2) {
      values[i] = 3;
    }
    double[] constant = answers(SMALL.fit(FitRequest.of(Samples.of(2, values))));
    for (int i = 1; i < constant.length; i += 2) {
      assertEquals(3, constant[i], 1e-9);
    }
    for (int i = 1; i < values.length; i += 2) {
      values[i] = Double.NaN;
    }
    Samples missing = Samples.of(2, values);
    assertThrows(InvalidDataException.class, () -> SMALL.fit(FitRequest.of(missing)));
    Samples none = ROWS.rows(0, 0);
    assertThrows(InvalidDataException.class, () -> SMALL.fit(FitRequest.of(none)));
    Score few = SMALL.batch(500).fit(FitRequest.of(ROWS.rows(0, 30)));
    assertTrue(Arrays.stream(answers(few)).allMatch(Double::isFinite));
  }

  /** Cells that miss among the held-out rows alone neither break nor steer the training. */
  @Test
  void heldOutRowsMayMissCells() {
    double[] held = Law.threeInThePlane().rows(60, 2).toArray();
    for (int i = 0; i < held.length; i += 3) {
      held[i] = Double.NaN;
    }
    FitRequest request = FitRequest.of(ROWS).withValidation(Samples.of(2, held));
    Score score = SMALL.fit(request);
    assertTrue(Arrays.stream(answers(score)).allMatch(Double::isFinite));
    assertFalse(
        score.notes().get(0).startsWith("weights of step 0 "), () -> score.notes().toString());
  }

  /** An untrained network answers as the normal law with the mean and covariance of the rows. */
  @Test
  void untrainedNetworkIsTheBestLinearGuess() {
    Law law = Law.gaussian(new double[] {1, -2}, new double[][] {{4, 1.5}, {1.5, 1}});
    Samples rows = law.rows(20_000, 1);
    Score score = SMALL.steps(1).rate(1e-12).fit(FitRequest.of(rows));
    double[] found = answers(score);
    double[] expected = answers(law);
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], 0.05);
    }
  }

  /** Another engine, in double precision and stepping all windows together, trains alike. */
  @Test
  void aSecondEngineFitsTheSeam() {
    FitRequest request = FitRequest.of(fourColumns(200));
    Network network = Network.hidden(6, 6).steps(40).batch(32);
    List<Window> windows =
        List.of(new Window(List.of(0, 1), List.of(0)), new Window(List.of(2, 1), List.of(2)));
    List<Score> plain = Trainer.of(network, request, windows).run();
    List<Score> other = Trainer.of(network, request, windows, new ReferenceEngine()).run();
    for (int w = 0; w < windows.size(); w++) {
      assertArrayEquals(answers(plain.get(w)), answers(other.get(w)), 1e-4);
    }
  }

  /** Regresses on what the frozen score says earlier on the path, and on the row before. */
  private record Earlier() implements TrainingTarget {
    static final AtomicInteger SEEN = new AtomicInteger();

    @Override
    public boolean bootstraps() {
      return true;
    }

    @Override
    public void write(Batch batch, double[] out) {
      assertEquals(out.length, batch.noisy().length);
      assertEquals(batch.reference().columns(), batch.columns());
      if (batch.earlier().isEmpty()) {
        TrainingTarget.denoising().write(batch, out);
        return;
      }
      TrainingTarget.Earlier earlier = batch.earlier().get();
      assertTrue(earlier.level().logSnr() > batch.level().logSnr());
      earlier.frozen().posteriorMean(earlier.level(), earlier.rows(), out);
      SEEN.incrementAndGet();
    }
  }

  @Test
  void bootstrappedTargetsLearnTheSameScore() {
    Law law = Law.threeInThePlane();
    FitRequest request = FitRequest.of(law.rows(2000, 1));
    Network network = Network.hidden(64, 64).steps(1500).batch(128).rate(0.005);
    double plain = error(network.fit(request), law);
    double bootstrapped = error(network.target(new Earlier()).fit(request), law);
    double untrained = error(network.steps(1).rate(1e-12).fit(request), law);
    assertTrue(Earlier.SEEN.get() > 100);
    assertTrue(plain < 0.5 * untrained, () -> plain + " and untrained " + untrained);
    assertTrue(bootstrapped < 0.5 * untrained, () -> bootstrapped + " and " + untrained);
  }

  @Test
  void fixedPathsAreAnotherTrainingAndTheSameAgain() {
    FitRequest request = FitRequest.of(fourColumns(60));
    Network fresh = Network.hidden(6).steps(20).batch(32).validation(0);
    Network fixed = fresh.paths(Paths.FIXED).target(new Earlier());
    double[] once = answers(fixed.fit(request));
    assertArrayEquals(once, answers(fixed.fit(request.withTasks(Tasks.threads(3)))));
    assertFalse(Arrays.equals(once, answers(fresh.target(new Earlier()).fit(request))));
    assertFalse(Arrays.equals(once, answers(fixed.copies(2).fit(request))));
  }

  /** The mean squared error of the posterior mean on noisy rows of the law. */
  private static double error(Score score, Law law) {
    NoiseLevel level = NoiseLevel.preserving(0.2);
    double[] x = law.rows(1000, 9).toArray();
    float[] noise = Batches.normals("noise", x.length, Math.sqrt(level.b()));
    for (int i = 0; i < x.length; i++) {
      x[i] = level.a() * x[i] + noise[i];
    }
    double[] found = new double[x.length];
    double[] expected = new double[x.length];
    score.posteriorMean(level, x, found);
    law.posteriorMean(level, x, expected);
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (found[i] - expected[i]) * (found[i] - expected[i]);
    }
    return sum / x.length;
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    Network standard = Network.STANDARD;
    assertThrows(IllegalArgumentException.class, () -> standard.rate(0));
    assertThrows(IllegalArgumentException.class, () -> standard.rate(Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> standard.average(1));
    assertThrows(IllegalArgumentException.class, () -> standard.validation(0.6));
    assertThrows(IllegalArgumentException.class, () -> standard.steps(0));
    assertThrows(IllegalArgumentException.class, () -> Network.hidden(0));
    IllegalArgumentException named =
        assertThrows(IllegalArgumentException.class, () -> standard.copies(0));
    assertEquals("need at least 1 copy, got copies=0", named.getMessage());
  }

  /** What {@code network()} says in words is {@link Network#STANDARD}. */
  @Test
  void defaultsInWordsAreTheStandard() throws ReflectiveOperationException {
    for (RecordComponent each : Network.class.getRecordComponents()) {
      Object value = each.getAccessor().invoke(Network.STANDARD);
      String words = each.getAnnotation(Setting.class).value();
      String expected = value.toString().toLowerCase(Locale.ROOT);
      if (value instanceof TrainingTarget) {
        assertEquals(TrainingTarget.denoising(), value);
        assertEquals("denoising()", words);
      } else if (value instanceof Engine) {
        assertEquals(Engine.plain(), value);
        assertEquals("plain()", words);
      } else if (value instanceof Double number) {
        assertEquals(number, Double.parseDouble(words), each.getName());
      } else {
        assertEquals(expected, words, each.getName());
      }
    }
  }
}
