package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.Curvature;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.TimeGrid;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class WalkTest {
  private static final GaussianMixture LAW =
      Laws.spherical(0.7, new double[] {-2, 0, 1}, new double[] {2, 1, 1});

  static Stream<Walk> walks() {
    return Stream.of(
        Samplers.ddpm(9),
        Samplers.ancestral(9),
        Samplers.posterior(9),
        Samplers.posterior(9).withLast(Last.STEP),
        Samplers.ddim(9, 0.5),
        Samplers.euler(9).withStart(Start.ZERO),
        Samplers.heun(9).withGrid(new UniformTime(new Flow())),
        Samplers.dpm(9).withLast(Last.KEEP),
        Samplers.dpmSde(9),
        Samplers.dpm2(9).withGrid(new UniformTime(new Flow())),
        Samplers.lms(9, 4).withLast(Last.STEP),
        Samplers.lms(9, 3),
        Samplers.uniPc(9),
        Samplers.uniPc(9).withLast(Last.STEP),
        Samplers.uniPc(9).withGrid(new UniformTime(new Flow())),
        Samplers.ancestral(9).withGrid(LossAdaptive.standard()),
        Samplers.midpoint(9).withGrid(new UniformTime(new Flow())),
        Samplers.edmHeun(9, 3).withGrid(new UniformTime(new Flow())),
        Samplers.pc(9).withGrid(Cosine.standard()),
        Samplers.langevin(9).withLast(Last.STEP),
        Samplers.ddpm(64).withGrid(LiCaiWei.standard()));
  }

  @ParameterizedTest
  @MethodSource("walks")
  void threadsAndBlocksChangeNoBit(Walk walk) {
    DrawRequest request = DrawRequest.of(LAW, 50).withSeed(3);
    Samples rows = walk.draw(request);
    for (int threads = 1; threads <= 3; threads++) {
      DrawRequest there = request.withTasks(Tasks.threads(threads));
      assertEquals(rows, walk.draw(there));
      for (int block : new int[] {1, 7, 64}) {
        assertEquals(rows, walk.drawInBlocks(there, block));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void anySubsetInAnyOrderGivesTheSameRows(Walk walk) {
    DrawRequest request = DrawRequest.of(LAW, 40).withSeed(3);
    Samples rows = walk.draw(request);
    assertEquals(rows.rows(0, 13), walk.draw(request.withRows(DrawRequest.Rows.range(0, 13))));
    assertEquals(rows.rows(17, 40), walk.draw(request.withRows(DrawRequest.Rows.range(17, 23))));
    assertEquals(
        rows.rows(new int[] {31, 2, 2}),
        walk.draw(request.withRows(DrawRequest.Rows.of(new long[] {31, 2, 2}))));
    assertEquals(0, walk.draw(request.withRows(DrawRequest.Rows.range(5, 0))).count());
  }

  /** The greatest gap between rows drawn from the same starts. */
  private static double gap(Walk one, Walk other, Score score) {
    DrawRequest request = DrawRequest.of(score, 20).withSeed(3);
    double[] rows = one.draw(request).toArray();
    double[] others = other.draw(request).toArray();
    double gap = 0;
    for (int i = 0; i < rows.length; i++) {
      gap = Math.max(gap, Math.abs(rows[i] - others[i]));
    }
    return gap;
  }

  /**
   * A grid that starts without any signal, where steppers with memory cannot use the first step.
   */
  @Test
  void steppersOfOneEquationEndAtTheSameRows() {
    TimeGrid grid = new UniformTime(new Flow());
    Walk reference = Samplers.heun(240).withGrid(grid);
    for (Walk walk :
        List.of(
            Samplers.lms(120, 2), Samplers.lms(120, 3), Samplers.uniPc(120), Samplers.dpm(120))) {
      assertEquals(0, gap(reference, walk.withGrid(grid), LAW), 2e-3, walk.toString());
    }
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    for (Executable made :
        List.<Executable>of(
            () -> new Lms(0),
            () -> new Lms(5),
            () -> new Ddim(-0.1),
            () -> new Ddim(1.1),
            () -> new Churned(-1, 1, 0, 1),
            () -> new Churned(1, 1, 2, 1),
            () -> new Karras(7, Bound.AUTO, new Bound(0)),
            () -> new Karras(7, new Bound(0), Bound.AUTO))) {
      assertThrows(IllegalArgumentException.class, made);
    }
  }

  @Test
  void aLittleChurnChangesLittle() {
    assertEquals(0, gap(Samplers.heun(9), Samplers.edmHeun(9, 1e-12), LAW), 1e-4);
    assertEquals(2, Samplers.edmHeun(9, 1).order());
    assertTrue(Samplers.edmHeun(9, 1).isRandom());
    assertFalse(Samplers.edmHeun(9, 0).isRandom());
  }

  @Test
  void rowsStartAroundTheMeanOrAroundZero() {
    NoiseLevel level = new NoiseLevel(0.5, 4);
    DrawRequest.Rows rows = DrawRequest.Rows.range(0, 3);
    double[] around = Start.MEAN.rows(LAW, level, rows, new Streams(1));
    double[] plain = Start.ZERO.rows(LAW, level, rows, new Streams(1));
    double[] mean = new double[3];
    LAW.posteriorMean(level, new double[3], mean);
    for (int i = 0; i < around.length; i++) {
      assertEquals(0.5 * mean[i % 3], around[i] - plain[i], 1e-12);
    }
  }

  @Test
  void everyRowHasAUniformNumberOfItsOwn() {
    RandomGenerator[] streams = new RandomGenerator[100];
    Arrays.setAll(streams, i -> new Streams(1).stream("uniform", i));
    double[] uniforms = new Noise.Fresh(streams).uniforms();
    assertEquals(100, Arrays.stream(uniforms).filter(u -> u >= 0 && u < 1).distinct().count());
    assertTrue(Arrays.stream(uniforms).min().orElseThrow() < 0.1);
    assertTrue(Arrays.stream(uniforms).max().orElseThrow() > 0.9);
  }

  /** One law, once with its density and once without, as learned scores are. */
  @Test
  void thePosteriorStepNeedsNoSymmetry() {
    DrawRequest request = DrawRequest.of(LAW, 20).withSeed(3);
    Samples plain = Samplers.posterior(9).draw(request);
    Samples curved = Samplers.posterior(9).draw(request.withScore(new Curved(LAW)));
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(plain.row(i), curved.row(i), 1e-9);
    }
  }

  /** A score with a curvature and nothing else. */
  private record Curved(GaussianMixture inner) implements Score {
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
      return ability == Curvature.class ? inner.ability(ability) : Optional.empty();
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void anotherSeedGivesOtherRows(Walk walk) {
    DrawRequest request = DrawRequest.of(LAW, 5);
    Samples rows = walk.draw(request.withSeed(1));
    Samples others = walk.draw(request.withSeed(2));
    for (int i = 0; i < 5; i++) {
      assertTrue(rows.get(i, 0) != others.get(i, 0));
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void theScaleOfTheLevelsDoesNotMatter(Walk walk) {
    Walk plain = walk.withLast(Last.DENOISE);
    TimeGrid grid = plain.settings().grid();
    TimeGrid rescaled =
        (score, steps) -> {
          List<NoiseLevel> levels = new ArrayList<>();
          for (NoiseLevel level : grid.levels(score, steps)) {
            double factor = level.b() == 0 ? 1 : 1 + level.b() / 3;
            levels.add(new NoiseLevel(factor * level.a(), factor * factor * level.b()));
          }
          return levels;
        };
    DrawRequest request = DrawRequest.of(LAW, 20).withSeed(5);
    Samples rows = plain.draw(request);
    Samples others = plain.withGrid(rescaled).draw(request);
    for (int i = 0; i < 20; i++) {
      for (int j = 0; j < 3; j++) {
        assertEquals(rows.get(i, j), others.get(i, j), 1e-9, plain + " row " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("walks")
  void whatItIsMadeOfTravels(Walk walk) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(walk);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertEquals(walk, in.readObject());
    }
  }

  @Test
  void theLastLevelIsLeftAsTold() {
    Walk heun = Samplers.heun(5).withGrid(new UniformLogSnr(Bound.AUTO, Bound.of(0)));
    DrawRequest request = DrawRequest.of(LAW, 10).withSeed(1);
    Samples kept = heun.withLast(Last.KEEP).draw(request);
    Samples denoised = heun.withLast(Last.DENOISE).draw(request);
    Samples stepped = heun.withLast(Last.STEP).draw(request);
    double[] mean = new double[30];
    LAW.posteriorMean(NoiseLevel.preserving(0.5), kept.toArray(), mean);
    for (int i = 0; i < 30; i++) {
      assertEquals(mean[i], denoised.get(i / 3, i % 3), 1e-12);
      assertEquals(mean[i], stepped.get(i / 3, i % 3), 1e-12);
    }
  }

  /** What an observer saw, by row and step; shared, because copies of it are not made here. */
  private static final Map<String, List<Double>> SEEN = new ConcurrentHashMap<>();

  @ParameterizedTest
  @EnumSource
  void statesAndObserversSeeEveryStepAndChangeNoBit(Last last) {
    Walk walk = Samplers.pc(6).withLast(last);
    DrawRequest request =
        DrawRequest.of(LAW, 0).withRows(DrawRequest.Rows.range(40, 70)).withTasks(Tasks.threads(2));
    Samples rows = walk.draw(request);
    List<State> states = walk.states(request);
    assertEquals(last == Last.KEEP ? 6 : 7, states.size());
    assertEquals(rows, states.get(states.size() - 1).rows());
    List<NoiseLevel> levels = walk.settings().grid().levels(LAW, 6).subList(0, states.size());
    assertEquals(levels, states.stream().map(State::level).toList());
    SEEN.clear();
    Samples observed =
        walk.draw(
            request.withObserver(
                (step, level, which, values) -> {
                  for (int i = 0; i < which.count(); i++) {
                    List<Double> value =
                        List.of(level.b(), values.get(i, 0), values.get(i, 1), values.get(i, 2));
                    assertNull(SEEN.put(which.index(i) + "," + step, value));
                  }
                }));
    assertEquals(rows, observed);
    assertEquals(70 * states.size(), SEEN.size());
    for (int step = 0; step < states.size(); step++) {
      for (int i = 0; i < 70; i++) {
        List<Double> seen = SEEN.get((40 + i) + "," + step);
        assertEquals(states.get(step).level().b(), seen.get(0));
        for (int j = 0; j < 3; j++) {
          assertEquals(states.get(step).rows().get(i, j), seen.get(1 + j));
        }
      }
    }
    assertEquals(
        0, walk.states(request.withRows(DrawRequest.Rows.range(0, 0))).get(0).rows().count());
  }

  @Test
  void aGridWithoutTheDataIsWalkedToItsEnd() {
    TimeGrid short2 =
        (score, steps) -> List.of(new NoiseLevel(0.1, 0.99), new NoiseLevel(0.6, 0.64));
    DrawRequest request = DrawRequest.of(LAW, 4);
    Walk walk = Samplers.euler(1).withGrid(short2);
    Samples kept = walk.withLast(Last.KEEP).draw(request);
    assertEquals(kept, walk.withLast(Last.STEP).draw(request));
    double[] mean = new double[12];
    LAW.posteriorMean(new NoiseLevel(0.6, 0.64), kept.toArray(), mean);
    assertEquals(Samples.of(3, mean), walk.withLast(Last.DENOISE).draw(request));
  }

  @Test
  void aScoreThatIsNotFiniteIsNamedByStepAndRow() {
    Score broken =
        new Score() {
          @Override
          public int columns() {
            return 2;
          }

          @Override
          public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
            for (int i = 0; i < x.length; i++) {
              out[i] = level.sigma() < 1 && i % 2 == 1 && x[i] > 1 ? Double.NaN : 0.9 * x[i];
            }
          }
        };
    String message =
        assertThrows(
                NotConvergedException.class,
                () ->
                    Samplers.ddpm(8)
                        .draw(
                            DrawRequest.of(broken, 3)
                                .withRows(DrawRequest.Rows.range(100, 40))
                                .withSeed(1)))
            .getMessage();
    assertTrue(
        message.matches(
            "need finite rows, got NaN in row 1[0-3][0-9], column 1, after step [0-9] of 7: the score"
                + " is not finite there. Check the fit, or take a grid with shorter steps"),
        message);
  }

  @Test
  void badGridsAreRefused() {
    NoiseLevel noisy = NoiseLevel.exploding(2);
    NoiseLevel less = NoiseLevel.exploding(1);
    for (List<NoiseLevel> levels :
        List.of(
            List.<NoiseLevel>of(),
            List.of(noisy),
            List.of(less, noisy),
            List.of(noisy, noisy),
            List.of(noisy, less, noisy),
            List.of(noisy, NoiseLevel.CLEAN, NoiseLevel.CLEAN),
            List.of(noisy, NoiseLevel.CLEAN, new NoiseLevel(2, 0)))) {
      Walk walk = Samplers.euler(2).withGrid((score, steps) -> levels);
      String message =
          assertThrows(IllegalArgumentException.class, () -> walk.draw(DrawRequest.of(LAW, 1)))
              .getMessage();
      assertTrue(message.startsWith("need "), message);
    }
    assertEquals(
        "need steps >= 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> Samplers.heun(0)).getMessage());
  }

  @Test
  void progressEndsAtOneAndCancelsBetweenSteps() {
    List<Double> shares = Collections.synchronizedList(new ArrayList<>());
    Samplers.ddpm(6).draw(DrawRequest.of(LAW, 4).withProgress((stage, done) -> shares.add(done)));
    assertEquals(1, shares.get(shares.size() - 1), 1e-12);
    assertTrue(shares.size() >= 5);
    AtomicInteger reports = new AtomicInteger();
    Progress impatient =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            reports.incrementAndGet();
          }

          @Override
          public boolean cancelled() {
            return reports.get() >= 3;
          }
        };
    assertThrows(
        CancelledException.class,
        () -> Samplers.ddpm(100).draw(DrawRequest.of(LAW, 1).withProgress(impatient)));
    assertEquals(3, reports.get());
  }

  @Test
  void directDrawsWhereItCanAndWalksOtherwise() {
    Score withoutDirect = new Laws.Trained(LAW, NoiseRange.ALL);
    Sampler direct = Samplers.direct();
    DrawRequest request = DrawRequest.of(LAW, 300).withSeed(8);
    Samples rows = direct.draw(request);
    assertEquals(rows, direct.draw(request.withTasks(Tasks.threads(2))));
    assertEquals(
        rows.rows(90, 290), direct.draw(request.withRows(DrawRequest.Rows.range(90, 200))));
    assertEquals(
        Samplers.uniPc(32).draw(request.withScore(withoutDirect)),
        direct.draw(request.withScore(withoutDirect)));
  }

  @Test
  void posteriorSaysWhatItNeeds() {
    Score plain =
        new Score() {
          @Override
          public int columns() {
            return 1;
          }

          @Override
          public void posteriorMean(NoiseLevel level, double[] x, double[] out) {}
        };
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Samplers.posterior(3).draw(DrawRequest.of(plain, 1)))
            .getMessage();
    assertTrue(message.startsWith("need a score that gives its curvature"), message);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Samplers.posterior(3)
                .withGrid(new UniformTime(new Flow()))
                .draw(DrawRequest.of(LAW, 1)));
  }
}
