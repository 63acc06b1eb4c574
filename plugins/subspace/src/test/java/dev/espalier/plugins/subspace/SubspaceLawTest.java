package dev.espalier.plugins.subspace;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** The lifted score against the same law without structure. */
class SubspaceLawTest {

  private static final double[] MEAN = {1, -2, 0, 3, 0.5};
  private static final double[][] DIRECTIONS = Planes.directions(5, 2, 1);
  private static final double VARIANCE = 0.3;
  private static final List<NoiseLevel> LEVELS =
      List.of(
          new NoiseLevel(1, 1e-6),
          NoiseLevel.preserving(0.1),
          new NoiseLevel(1, 2),
          new NoiseLevel(0.2, 0.7),
          new NoiseLevel(0, 1));

  private static SubspaceScore lifted(Score latent) {
    return SubspaceScore.of(Frame.of(MEAN, DIRECTIONS), VARIANCE, latent, List.of());
  }

  /** The same latent law as of {@link Planes#latent}, of a kind that knows no evidence. */
  private static Law otherLatent() {
    List<Component> components = Planes.latent().components();
    return Law.mixture(
        components.stream().mapToDouble(Component::weight).toArray(),
        components.stream().map(Component::mean).toArray(double[][]::new),
        components.stream().map(each -> each.covariance().matrix()).toArray(double[][][]::new));
  }

  private static double[] rows(NoiseLevel level) {
    double[] rows = Planes.normal(40, 9);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (level.a() + Math.sqrt(level.b())) * 1.5 * rows[i];
    }
    return rows;
  }

  private static void same(double[] expected, double[] found, double tolerance, Object what) {
    double size = 1;
    for (double value : expected) {
      size = Math.max(size, Math.abs(value));
    }
    assertArrayEquals(expected, found, tolerance * size, what::toString);
  }

  private static void sameMeans(Score expected, Score found, double tolerance) {
    for (NoiseLevel level : LEVELS) {
      double[] x = rows(level);
      double[] first = new double[x.length];
      double[] second = new double[x.length];
      expected.posteriorMean(level, x, first);
      found.posteriorMean(level, x, second);
      same(first, second, tolerance, level);
    }
  }

  @Test
  void liftingIsExact() {
    sameLaw(Planes.dense(MEAN, DIRECTIONS, VARIANCE, Planes.latent()), lifted(Planes.latent()));
  }

  private static void sameLaw(GaussianMixture dense, SubspaceScore lifted) {
    sameMeans(dense, lifted, 1e-12);
    for (NoiseLevel level : LEVELS) {
      double[] x = rows(level);
      double[] v = Planes.normal(x.length, 10);
      double[] first = new double[x.length];
      double[] second = new double[x.length];
      dense.score(level, x, first);
      lifted.score(level, x, second);
      same(first, second, 1e-11, level);
      dense.jacobianTimes(level, x, v, first);
      lifted.jacobianTimes(level, x, v, second);
      same(first, second, 1e-11, level);
      dense.hessianTimes(level, x, v, first);
      lifted.hessianTimes(level, x, v, second);
      same(first, second, 1e-10, level);
      double[] logs = new double[x.length / 5];
      double[] others = new double[x.length / 5];
      dense.logDensity(level, x, logs);
      lifted.logDensity(level, x, others);
      same(logs, others, 1e-11, level);
    }
  }

  private static List<Observation> observations() {
    double[][] h = {{1, 0, 2, 0, -1}, {0, 1, 0, 0, 1}};
    double[][] r = {{0.5, 0.2}, {0.2, 0.4}};
    double[][] none = new double[2][2];
    return List.of(
        Observation.columns(Map.of(3, 2.5)),
        Observation.columns(Map.of(0, 1.5, 4, 0.2)),
        Observation.columns(Map.of(0, 1.5, 1, -1.0, 2, 0.4, 4, 0.2)),
        Observation.columns(Map.of(0, 1.5, 1, -1.0, 2, 0.4, 3, 2.0, 4, 0.2)),
        Observation.linear(h, new double[] {1, -1}, r),
        Observation.linear(h, new double[] {1, -1}, none),
        Observation.columns(Map.of()));
  }

  @Test
  void conditioningIsExact() {
    sameGiven(Planes.dense(MEAN, DIRECTIONS, VARIANCE, Planes.latent()), lifted(Planes.latent()));
  }

  /** The latent law, and variances of their own off the subspace. */
  private static SubspaceScore unequal(Score latent) {
    return SubspaceScore.of(
        Frame.of(MEAN, Planes.directions(5, 5, 1)),
        0,
        new Beside(latent, new double[] {0.6, 0.3, 0.1}),
        List.of());
  }

  /** The same without structure. */
  private static GaussianMixture unequalDense() {
    double[][] all = Planes.directions(5, 5, 1);
    double[] variances = {0.6, 0.3, 0.1};
    List<Component> components =
        Planes.dense(MEAN, DIRECTIONS, 0, Planes.latent()).components().stream()
            .map(
                each -> {
                  double[][] covariance = each.covariance().matrix();
                  for (int k = 0; k < variances.length; k++) {
                    for (int i = 0; i < 5; i++) {
                      Vectors.add(variances[k] * all[k + 2][i], all[k + 2], covariance[i]);
                    }
                  }
                  return Component.of(each.weight(), each.mean(), Covariance.full(covariance));
                })
            .toList();
    return GaussianMixture.of(components);
  }

  @Test
  void unequalVariancesOffTheSubspaceAreExact() {
    sameLaw(unequalDense(), unequal(Planes.latent()));
    sameGiven(unequalDense(), unequal(Planes.latent()));
    Observation seen = Observation.range(1, -0.2, 0.4);
    sameMeans(
        unequalDense().given(seen).orElseThrow(),
        unequal(Planes.latent()).given(seen).orElseThrow(),
        1e-8);
  }

  private static void sameGiven(GaussianMixture dense, SubspaceScore lifted) {
    for (Observation seen : observations()) {
      Score expected = dense.given(seen).orElseThrow();
      Score found = lifted.given(seen).orElseThrow();
      sameMeans(expected, found, 1e-8);
      assertEquals(
          dense.logEvidence(seen).orElseThrow(),
          lifted.logEvidence(seen).orElseThrow(),
          1e-9,
          seen::toString);
      assertTrue(found.ability(Density.class).isPresent());
      assertTrue(found.ability(Curvature.class).isPresent());
    }
  }

  @Test
  void conditioningIsExactAroundAnyLawThatKnowsItsOwn() {
    GaussianMixture dense = Planes.dense(MEAN, DIRECTIONS, VARIANCE, Planes.latent());
    SubspaceScore lifted = lifted(otherLatent());
    for (Observation seen : observations().subList(0, 3)) {
      Score expected = dense.given(seen).orElseThrow();
      Score found = lifted.given(seen).orElseThrow();
      sameMeans(expected, found, 1e-7);
      assertFalse(found.ability(Density.class).isPresent(), "need no density without evidence");
    }
  }

  @Test
  void conditioningAroundASubspaceIsExact() {
    Frame outer = Frame.of(MEAN, Planes.directions(5, 3, 4));
    Frame inner = Frame.of(new double[] {0.5, 0, 1}, Planes.directions(3, 2, 6));
    SubspaceScore middle = SubspaceScore.of(inner, 0.6, Planes.latent(), List.of());
    SubspaceScore nested = SubspaceScore.of(outer, VARIANCE, middle, List.of());
    GaussianMixture denseMiddle =
        Planes.dense(inner.mean(), inner.directions(), 0.6, Planes.latent());
    GaussianMixture dense = Planes.dense(MEAN, outer.directions(), VARIANCE, denseMiddle);
    sameMeans(dense, nested, 1e-12);
    for (Observation seen : observations()) {
      Score expected = dense.given(seen).orElseThrow();
      Score found = nested.given(seen).orElseThrow();
      sameMeans(expected, found, 1e-7);
      assertEquals(
          dense.logEvidence(seen).orElseThrow(), nested.logEvidence(seen).orElseThrow(), 1e-8);
      for (NoiseLevel level : List.of(NoiseLevel.preserving(0.1), new NoiseLevel(1, 2))) {
        double[] x = rows(level);
        double[] logs = new double[x.length / 5];
        double[] others = new double[x.length / 5];
        expected.ability(Density.class).orElseThrow().logDensity(level, x, logs);
        found.ability(Density.class).orElseThrow().logDensity(level, x, others);
        same(logs, others, 1e-8, seen);
      }
    }
  }

  @Test
  void conditioningTwiceIsConditioningOnBoth() {
    SubspaceScore lifted = lifted(Planes.latent());
    Score both = lifted.given(Observation.columns(Map.of(0, 1.5, 4, 0.2))).orElseThrow();
    Score first = lifted.given(Observation.columns(Map.of(4, 0.2))).orElseThrow();
    Score second =
        first
            .ability(Conditionable.class)
            .flatMap(each -> each.given(Observation.columns(Map.of(0, 1.5))))
            .orElseThrow();
    sameMeans(both, second, 1e-8);
  }

  /** A sum seen with noise leaves no subspace of the columns, but the image of the latent law. */
  @Test
  void conditioningOnANoisySumAndThenColumnsIsConditioningOnBoth() {
    Observation noisy = observations().get(4);
    Observation columns = Observation.columns(Map.of(0, 1.5));
    Score dense =
        Planes.dense(MEAN, DIRECTIONS, VARIANCE, Planes.latent())
            .given(noisy)
            .flatMap(each -> each.ability(Conditionable.class).orElseThrow().given(columns))
            .orElseThrow();
    for (Score latent : List.of(Planes.latent(), otherLatent())) {
      Conditionable first =
          lifted(latent)
              .given(noisy)
              .flatMap(each -> each.ability(Conditionable.class))
              .orElseThrow();
      sameMeans(dense, first.given(columns).orElseThrow(), 1e-7);
      assertThrows(
          IllegalArgumentException.class, () -> first.given(Observation.columns(Map.of(5, 0.0))));
    }
  }

  @Test
  void observedColumnsAreConstantToTheLastBit() {
    Score given =
        lifted(Planes.latent()).given(Observation.columns(Map.of(0, 1.1, 4, 0.3))).orElseThrow();
    double[] x = rows(NoiseLevel.preserving(0.3));
    double[] out = new double[x.length];
    given.posteriorMean(NoiseLevel.preserving(0.3), x, out);
    double[] row = new double[5];
    DirectSampler sampler = given.ability(DirectSampler.class).orElseThrow();
    sampler.draw(new Streams(3).stream("row", 0), row);
    assertEquals(1.1, out[5]);
    assertEquals(0.3, out[9]);
    assertEquals(1.1, row[0]);
    assertEquals(0.3, row[4]);
  }

  private static Samples draws(Score score, Trial trial, String name, int count) {
    DirectSampler sampler = score.ability(DirectSampler.class).orElseThrow();
    double[] values = new double[count * 5];
    double[] row = new double[5];
    for (int i = 0; i < count; i++) {
      sampler.draw(trial.streams().stream(name, i), row);
      System.arraycopy(row, 0, values, i * 5, 5);
    }
    return Samples.of(5, values);
  }

  private static void compare(Trial trial, Score latent, double variance) {
    Observation seen = Observation.columns(Map.of(3, 2.5));
    Frame frame = Frame.of(MEAN, DIRECTIONS);
    SubspaceScore lifted = SubspaceScore.of(frame, variance, latent, List.of());
    GaussianMixture dense = Planes.dense(MEAN, DIRECTIONS, VARIANCE, Planes.latent());
    trial.show(
        Statistics.sameLaw(
            "draws",
            draws(dense, trial, "dense", 400),
            draws(lifted, trial, "lifted", 400),
            trial.seed()));
    trial.show(
        Statistics.sameLaw(
            "draws given a column",
            draws(dense.given(seen).orElseThrow(), trial, "dense", 400),
            draws(lifted.given(seen).orElseThrow(), trial, "lifted", 400),
            trial.seed()));
  }

  /**
   * Alpha 1e-6; hypothesis: 400 draws of the lifted law, free and given a column, have the law of
   * the same mixture without structure; energy distance; must catch five times the variance off the
   * subspace.
   */
  @Statistical
  void drawsHaveTheLaw(TestInfo test) {
    Trials.of(test).run(trial -> compare(trial, otherLatent(), VARIANCE));
  }

  /** Alpha 1e-6; the twin: five times the variance off the subspace. */
  @Statistical
  void anotherVarianceIsRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> compare(trial, otherLatent(), 5 * VARIANCE));
  }

  @Test
  void anIntervalIsThatOfTheMixtureWithoutStructure() {
    Frame frame = Frame.of(MEAN, DIRECTIONS);
    GaussianMixture dense = Planes.dense(MEAN, DIRECTIONS, VARIANCE, Planes.latent());
    SubspaceScore lifted = SubspaceScore.of(frame, VARIANCE, Planes.latent(), List.of());
    double[] weights = new double[MEAN.length];
    weights[0] = 1;
    weights[2] = -0.5;
    for (Observation seen :
        List.of(Observation.range(1, -0.2, 0.4), Observation.between(weights, 0.1, 5))) {
      Score expected = dense.given(seen).orElseThrow();
      Score found = lifted.given(seen).orElseThrow();
      double[] x = Planes.normal(3 * MEAN.length, 4);
      double[] one = new double[x.length];
      double[] other = new double[x.length];
      expected.posteriorMean(NoiseLevel.preserving(0.4), x, one);
      found.posteriorMean(NoiseLevel.preserving(0.4), x, other);
      assertArrayEquals(one, other, 1e-9);
      assertEquals(
          dense.logEvidence(seen).orElseThrow(), lifted.logEvidence(seen).orElseThrow(), 1e-9);
    }
  }

  @Test
  void anIntervalOfAConstantSumHoldsOrDoesNot() {
    SubspaceScore flat =
        SubspaceScore.of(Frame.of(MEAN, DIRECTIONS), 0, Planes.latent(), List.of());
    double[] across = Planes.directions(5, 5, 1)[3];
    double sum = Vectors.dot(MEAN, across);
    Observation around = Observation.between(across, sum - 0.1, sum + 0.1);
    Observation above = Observation.between(across, sum + 0.1, sum + 0.3);
    assertEquals(0, flat.logEvidence(around).orElseThrow());
    assertEquals(Double.NEGATIVE_INFINITY, flat.logEvidence(above).orElseThrow());
    sameMeans(flat, flat.given(around).orElseThrow(), 1e-12);
  }

  /** arXiv 2302.07194: the decomposition of the score, and its encoder–decoder form. */
  @Test
  void scoreDecomposesIntoEncoderAndDecoder() {
    int d = 20;
    double[][] a = Planes.directions(d, 3, 12);
    GaussianMixture latent =
        GaussianMixture.of(
            List.of(
                Component.of(1, new double[] {2, 0, -1}, Covariance.spherical(3, 0.5)),
                Component.of(2, new double[] {-1, 1, 1}, Covariance.spherical(3, 1.5))));
    SubspaceScore score = SubspaceScore.of(Frame.of(new double[d], a), 0, latent, List.of());
    NoiseLevel level = new NoiseLevel(StrictMath.exp(-0.25), 1 - StrictMath.exp(-0.5));
    double[] x = Planes.normal(d, 13);
    double[] found = new double[d];
    score.score(level, x, found);
    double[] u = Vectors.product(a, x);
    double[] q = new double[3];
    latent.posteriorMean(level, u, q);
    for (int j = 0; j < d; j++) {
      double form = -x[j] / level.b();
      for (int k = 0; k < 3; k++) {
        form += a[k][j] * level.a() * q[k] / level.b();
      }
      assertEquals(form, found[j], 1e-12);
      double[] logs = new double[2];
      double[] both = new double[2 * d];
      System.arraycopy(x, 0, both, 0, d);
      System.arraycopy(x, 0, both, d, d);
      double step = 1e-5;
      both[j] -= step;
      both[d + j] += step;
      score.logDensity(level, both, logs);
      assertEquals((logs[1] - logs[0]) / (2 * step), found[j], 1e-7);
    }
  }
}
