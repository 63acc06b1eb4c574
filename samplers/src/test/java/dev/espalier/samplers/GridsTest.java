package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.TimeGrid;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GridsTest {
  private static final Score ALL = Laws.spherical(1, new double[] {0});
  private static final Score TRAINED = new Laws.Trained(ALL, new NoiseRange(-6, 5));

  private static final List<LevelLoss> LOSSES =
      List.of(LevelLoss.parse("-6:1"), LevelLoss.parse("0:0.9"), LevelLoss.parse("1:0.1"));

  static Stream<TimeGrid> adapting() {
    return Stream.of(
        new UniformTime(Ou.standard()),
        new UniformTime(VpLinear.standard()),
        new UniformTime(VpCosine.standard()),
        new UniformTime(Ve.standard()),
        new UniformTime(Edm.standard()),
        new UniformTime(new Flow()),
        UniformLogSnr.standard(),
        Cosine.standard(),
        Focus.standard(),
        LossAdaptive.standard(),
        new LossAdaptive(LOSSES, Bound.AUTO, Bound.AUTO),
        Karras.standard());
  }

  @ParameterizedTest
  @MethodSource("adapting")
  void anyNumberOfStepsEndsAtTheData(TimeGrid grid) {
    for (int steps : new int[] {1, 2, 3, 10, 1000}) {
      for (Score score : List.of(ALL, TRAINED)) {
        List<NoiseLevel> levels = grid.levels(score, steps);
        assertEquals(steps + 1, levels.size(), grid + ", " + steps);
        assertEquals(NoiseLevel.CLEAN, levels.get(steps));
        for (int k = 0; k < steps; k++) {
          assertTrue(score.range().contains(levels.get(k)), grid + ", " + levels.get(k));
          assertTrue(levels.get(k).b() > 0);
          assertTrue(levels.get(k + 1).logSnr() > levels.get(k).logSnr());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("adapting")
  void zeroStepsAreRefused(TimeGrid grid) {
    assertEquals(
        "need steps >= 1, got 0",
        assertThrows(IllegalArgumentException.class, () -> grid.levels(ALL, 0)).getMessage());
  }

  @Test
  void uniformTimesAreEven() {
    List<NoiseLevel> levels = new UniformTime(new Flow()).levels(ALL, 4);
    assertEquals(
        List.of(
            new NoiseLevel(0, 1),
            new NoiseLevel(0.25, 0.5625),
            new NoiseLevel(0.5, 0.25),
            new NoiseLevel(0.75, 0.0625),
            NoiseLevel.CLEAN),
        levels);
  }

  @Test
  void karrasHasTheEndsOfThePaper() {
    List<NoiseLevel> levels = new Karras(7, Bound.AUTO, Bound.of(80)).levels(ALL, 18);
    assertEquals(80, levels.get(0).sigma(), 1e-12);
    assertEquals(0.002, levels.get(17).sigma(), 1e-14);
    double middle = Math.pow((Math.pow(80, 1 / 7.0) * 9 + Math.pow(0.002, 1 / 7.0) * 8) / 17, 7);
    assertEquals(middle, levels.get(8).sigma(), 1e-12 * middle);
  }

  @Test
  void cosineIsEvenInTheAngleBetweenItsEnds() {
    List<NoiseLevel> levels = new Cosine(Bound.of(-6), Bound.of(4)).levels(ALL, 3);
    assertEquals(-6, levels.get(0).logSnr(), 1e-12);
    assertEquals(4, levels.get(2).logSnr(), 1e-12);
    double middle = (Math.atan(Math.exp(3)) + Math.atan(Math.exp(-2))) / 2;
    assertEquals(Math.cos(middle), levels.get(1).a(), 1e-15);
  }

  @Test
  void focusIsEvenAroundZeroAndGeometricBeyond() {
    List<NoiseLevel> levels = new Focus(2, Bound.of(-8), Bound.of(8)).levels(ALL, 101);
    assertEquals(-8, levels.get(0).logSnr(), 1e-12);
    assertEquals(0, levels.get(50).logSnr(), 1e-12);
    assertEquals(8, levels.get(100).logSnr(), 1e-12);
    double unit = levels.get(51).logSnr();
    for (int k = 1; k <= 50; k++) {
      double place = StrictMath.log(4 + Math.sqrt(17)) * k / 50;
      assertEquals(2 * StrictMath.sinh(place), levels.get(50 + k).logSnr(), 1e-11);
      assertEquals(-2 * StrictMath.sinh(place), levels.get(50 - k).logSnr(), 1e-11);
      assertTrue(levels.get(50 + k).logSnr() - levels.get(49 + k).logSnr() >= unit - 1e-12);
    }
    assertThrows(IllegalArgumentException.class, () -> new Focus(0, Bound.AUTO, Bound.AUTO));
  }

  @Test
  void lossAdaptiveCrowdsWhereTheLossFalls() {
    List<NoiseLevel> levels = new LossAdaptive(LOSSES, Bound.of(-6), Bound.of(4)).levels(ALL, 101);
    assertEquals(-6, levels.get(0).logSnr(), 1e-9);
    assertEquals(4, levels.get(100).logSnr(), 1e-9);
    long within = levels.stream().filter(e -> e.logSnr() > 0 && e.logSnr() < 1).count();
    long before = levels.stream().filter(e -> e.logSnr() > -1 && e.logSnr() < 0).count();
    long after = levels.stream().filter(e -> e.logSnr() > 2 && e.logSnr() < 3).count();
    // Falls of 0.8, 1/60 and 0 a unit: cube roots of 0.93, 0.26 and 0, and a fifth of their mean.
    assertEquals(3.2, (double) within / before, 0.5);
    assertEquals(15, (double) within / after, 5);
  }

  @Test
  void lossesAreMeasuredWhereNoneAreGiven() {
    Score points = Laws.spherical(1e-4, new double[] {-1}, new double[] {1});
    for (Score score : List.of(points, new Laws.Trained(points, NoiseRange.ALL))) {
      List<NoiseLevel> levels = LossAdaptive.standard().levels(score, 60);
      long shape = levels.stream().filter(e -> Math.abs(e.logSnr()) < 2).count();
      long clean = levels.stream().filter(e -> e.logSnr() > 3 && e.logSnr() < 7).count();
      assertTrue(shape > 2 * clean, shape + " around 0, and " + clean + " where all is decided");
      assertEquals(levels, LossAdaptive.standard().levels(score, 60));
    }
  }

  @Test
  void lossesComeFromRowsHeldOut() {
    GaussianMixture law = Laws.spherical(0.5, new double[] {0, 0});
    Samples rows = Samplers.direct().draw(DrawRequest.of(law, 4_000).withSeed(4));
    LossAdaptive grid = LossAdaptive.of(HeldOut.of(FitRequest.of(rows)), law);
    for (LevelLoss each : grid.losses()) {
      double b = StrictMath.exp(-each.logSnr());
      assertEquals(0.5 * b / (0.5 + b), each.loss(), 0.1 * each.loss(), each.toString());
    }
    assertEquals(grid.losses().get(2), LevelLoss.parse(grid.losses().get(2).toString()));
    assertEquals(10, grid.levels(law, 9).size());
  }

  @Test
  void lossesOutOfOrderAreRefused() {
    for (List<LevelLoss> losses :
        List.of(
            List.of(new LevelLoss(1, 1)), List.of(new LevelLoss(1, 1), new LevelLoss(1, 0.5)))) {
      String message =
          assertThrows(
                  IllegalArgumentException.class,
                  () -> new LossAdaptive(losses, Bound.AUTO, Bound.AUTO))
              .getMessage();
      assertTrue(message.startsWith("need "), message);
    }
    for (String text : List.of("", "3", "a:b", "1:-2", "NaN:1", "1:Infinity")) {
      assertThrows(IllegalArgumentException.class, () -> LevelLoss.parse(text), text);
    }
  }

  @Test
  void usualEndsMoveIntoTheRangeAndGivenOnesDoNot() {
    List<NoiseLevel> levels = UniformLogSnr.standard().levels(TRAINED, 12);
    assertEquals(-6, levels.get(0).logSnr(), 1e-12);
    assertEquals(5, levels.get(11).logSnr(), 1e-12);
    TimeGrid given = new UniformLogSnr(Bound.of(-8), Bound.AUTO);
    assertEquals(-8, given.levels(ALL, 12).get(0).logSnr(), 1e-12);
    String message =
        assertThrows(IllegalArgumentException.class, () -> given.levels(TRAINED, 12)).getMessage();
    assertTrue(
        message.startsWith("this score was trained for log SNR from -6.0 to 5.0, got -8"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> new Karras(7, Bound.of(1e-4), Bound.AUTO).levels(TRAINED, 12));
  }

  @Test
  void endsInTheWrongOrderAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new UniformLogSnr(Bound.of(3), Bound.of(-3)).levels(ALL, 4))
            .getMessage();
    assertTrue(message.startsWith("need levels of strictly decreasing noise"), message);
    assertThrows(
        IllegalArgumentException.class,
        () -> new UniformLogSnr(Bound.of(3), Bound.of(3)).levels(ALL, 4));
  }

  @Test
  void liCaiWeiKeepsTheDigitsOfTheLastLevels() {
    List<NoiseLevel> levels = LiCaiWei.standard().levels(ALL, 64);
    assertEquals(65, levels.size());
    assertEquals(1.0 / 64, levels.get(0).a(), 1e-17);
    assertEquals(1 - 1.0 / 4096, levels.get(0).b(), 1e-16);
    assertEquals(1.1e-21, levels.get(63).b(), 0.05e-21);
    double rate = 10 * StrictMath.log(64) / 64;
    for (int k = 1; k < 64; k++) {
      double signal = levels.get(k - 1).a() * levels.get(k - 1).a();
      double next = signal + rate * signal * levels.get(k - 1).b();
      assertEquals(next, levels.get(k).a() * levels.get(k).a(), 4e-16);
      assertEquals(1, next + levels.get(k).b(), 4e-15);
    }
    assertEquals(1.8e-11, new LiCaiWei(1.5, 6.5).levels(ALL, 64).get(63).b(), 0.05e-11);
    assertEquals(1e-7, new LiCaiWei(1, 4.5).levels(ALL, 64).get(63).b(), 0.5e-7);
  }

  @Test
  void liCaiWeiRefusesStepsThatAreTooLong() {
    assertEquals(
        "need c1*log(steps)/steps <= 1, got 1.0830424696249146 for c1=10.0 and steps=32. Take more"
            + " steps or a smaller c1",
        assertThrows(IllegalArgumentException.class, () -> LiCaiWei.standard().levels(ALL, 32))
            .getMessage());
    assertEquals(
        "need steps >= 2, got 1",
        assertThrows(IllegalArgumentException.class, () -> LiCaiWei.standard().levels(ALL, 1))
            .getMessage());
    assertThrows(IllegalArgumentException.class, () -> LiCaiWei.standard().levels(TRAINED, 64));
  }

  @Test
  void liYanGrowsAndThenStays() {
    int steps = 256;
    List<NoiseLevel> levels = LiYan.standard().levels(ALL, steps);
    double rate = 10 * StrictMath.log(steps) / steps;
    double first = Math.pow(steps, -2);
    assertEquals(first, levels.get(steps - 1).b(), 1e-18);
    for (int t = 1; t < steps; t++) {
      NoiseLevel clean = levels.get(steps - t);
      NoiseLevel noisy = levels.get(steps - t - 1);
      double beta = rate * Math.min(first * Math.pow(1 + rate, t), 1);
      double alpha = noisy.a() * noisy.a() / (clean.a() * clean.a());
      assertEquals(1 - beta, alpha, 1e-13, "t = " + t);
      assertEquals(1, noisy.a() * noisy.a() + noisy.b(), 1e-13);
    }
  }

  @Test
  void boundsParseWhatTheyPrint() {
    for (Bound bound : List.of(Bound.AUTO, Bound.of(0.002), Bound.of(-10))) {
      assertEquals(bound, Bound.parse(bound.toString()));
    }
    for (String text : List.of("often", "NaN", "", "Infinity")) {
      assertThrows(IllegalArgumentException.class, () -> Bound.parse(text), text);
    }
    assertThrows(IllegalArgumentException.class, () -> new Karras(7, Bound.of(0), Bound.AUTO));
    assertThrows(IllegalArgumentException.class, () -> new Karras(0, Bound.AUTO, Bound.AUTO));
  }
}
