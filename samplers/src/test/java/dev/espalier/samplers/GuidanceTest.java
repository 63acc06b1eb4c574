package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Conditionable;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.Guidance;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Observation;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Strata;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.Statistical;
import dev.espalier.testkit.Statistics;
import dev.espalier.testkit.Trial;
import dev.espalier.testkit.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class GuidanceTest {
  private static final GaussianMixture NORMAL =
      GaussianMixture.of(
          List.of(
              Component.of(
                  1,
                  new double[] {0.5, -1, 0},
                  Covariance.full(
                      new double[][] {{1, 0.6, 0.2}, {0.6, 0.9, -0.1}, {0.2, -0.1, 0.7}}))));

  private static final double[] X = {0.3, -0.4, 1.2, -2, 0.1, 0.5};
  private static final NoiseLevel LEVEL = new NoiseLevel(0.8, 0.3);

  private static final List<Observation> SEEN =
      List.of(
          Observation.columns(Map.of(1, 0.7)),
          Observation.linear(
              new double[][] {{1, 0, 0}, {1, 1, -1}},
              new double[] {0.4, 1},
              new double[][] {{0.3, 0.1}, {0.1, 0.2}}),
          Observation.sum(new double[] {1, 2, -1}, 0.5),
          Observation.range(0, 0.2, 1),
          Observation.between(new double[] {1, -1, 0}, Double.NEGATIVE_INFINITY, 0));

  private static double[] means(Score score, NoiseLevel level) {
    double[] out = new double[X.length];
    score.posteriorMean(level, X, out);
    return out;
  }

  private static Score exact(Observation... seen) {
    Score score = NORMAL;
    for (Observation each : seen) {
      score = ((Conditionable) score).given(each).orElseThrow();
    }
    return score;
  }

  @Test
  void matchingIsExactForNormalLaws() {
    for (Observation seen : SEEN) {
      for (NoiseLevel level : List.of(LEVEL, NoiseLevel.exploding(0.01), new NoiseLevel(0, 1))) {
        assertArrayEquals(
            means(exact(seen), level),
            means(new Matching().guide(NORMAL, List.of(seen)), level),
            2e-5,
            seen + " at " + level);
      }
    }
  }

  @Test
  void isotropicGuidanceIsExactForTheStandardLaw() {
    Score standard =
        GaussianMixture.of(List.of(Component.of(1, new double[3], Covariance.spherical(3, 1))));
    for (Observation seen : SEEN.subList(0, 3)) {
      Score exact = ((Conditionable) standard).given(seen).orElseThrow();
      assertArrayEquals(
          means(exact, LEVEL),
          means(new Isotropic().guide(standard, List.of(seen)), LEVEL),
          1e-9,
          seen.toString());
    }
  }

  @Test
  void matchingTakesSeveralObservationsTogether() {
    Score guided =
        new Matching()
            .guide(NORMAL, List.of(SEEN.get(0), SEEN.get(3), Observation.range(2, -9, 99)));
    double[] expected = means(exact(SEEN.get(0), SEEN.get(3)), LEVEL);
    assertArrayEquals(expected, means(guided, LEVEL), 1e-9);
  }

  @Test
  void differencesDoWhereThereIsNoCurvature() {
    Score plain = new Laws.Trained(NORMAL, NoiseRange.ALL);
    for (Observation seen : SEEN) {
      assertArrayEquals(
          means(new Matching().guide(NORMAL, List.of(seen)), LEVEL),
          means(new Matching().guide(plain, List.of(seen)), LEVEL),
          1e-8);
    }
  }

  /**
   * Alpha 1e-6; hypothesis: 400 rows of a normal law guided by matching have its exact conditional
   * law; energy distance; must catch an observation off by half a deviation.
   */
  @Statistical
  void drawsGuidedByMatchingHaveTheConditionalLaw(TestInfo test) {
    Trials.of(test).run(trial -> compare(trial, 0.7));
  }

  /** Alpha 1e-6; the twin: another value observed. */
  @Statistical
  void anotherValueIsRejected(TestInfo test) {
    Trials.of(test).mustReject(trial -> compare(trial, 1.2));
  }

  private static void compare(Trial trial, double value) {
    double[] form = {1, 0.5, 0};
    Score exact = exact(Observation.sum(form, 0.7));
    Score guided = new Matching().guide(NORMAL, List.of(Observation.sum(form, value)));
    DrawRequest request = DrawRequest.of(guided, 400).withSeed(trial.seed());
    trial.show(
        Statistics.sameLaw(
            "guided",
            Samplers.direct().draw(request.withScore(exact).withSeed(trial.seed() + 1)),
            Samplers.heun(24).draw(request),
            trial.seed()));
  }

  /** Learned scores may have covariances that are none: the least that is added makes one. */
  @Test
  void aMatrixThatIsNoCovarianceHasTheRootOfOneNear() {
    double[][] root = Kalman.root(new double[][] {{1, 2}, {2, 1}});
    assertEquals(2, root[0][0] * root[1][0], 1e-12);
    assertEquals(0, root[0][1]);
    double first = root[0][0] * root[0][0];
    double second = root[1][0] * root[1][0] + root[1][1] * root[1][1];
    assertEquals(first, second, 1e-9);
    assertTrue(first > 2 && first < 1000, "got " + first);
  }

  private static List<Guidance> all() {
    return List.of(new Matching(), new Isotropic(), new Dps(5), new Replacement(), new Repaint(3));
  }

  private static List<Sampler> samplers() {
    return List.of(
        Samplers.ddpm(12),
        Samplers.ancestral(12),
        Samplers.ddim(12, 0.5),
        Samplers.euler(12),
        Samplers.heun(12),
        Samplers.dpm(12),
        Samplers.dpmSde(12),
        Samplers.dpm2(12),
        Samplers.lms(12, 3),
        Samplers.midpoint(12),
        Samplers.edmHeun(12, 4),
        Samplers.pc(12),
        Samplers.langevin(12),
        Samplers.direct());
  }

  @Test
  void everyGuidanceGoesWithEverySamplerRowByRow() {
    Law law = Law.threeInThePlane();
    Observation seen = Observation.columns(Map.of(0, 0.8));
    for (Guidance guidance : all()) {
      Score guided = guidance.guide(law, List.of(seen));
      for (Sampler each : samplers()) {
        Sampler sampler = guidance.sampler(each);
        DrawRequest request = DrawRequest.of(guided, 20).withSeed(3);
        Samples rows = sampler.draw(request);
        Samples some =
            sampler.draw(
                request
                    .withRows(DrawRequest.Rows.of(new long[] {17, 4}))
                    .withTasks(Tasks.threads(2)));
        assertArrayEquals(rows.row(17), some.row(0), guidance + " " + each);
        assertArrayEquals(rows.row(4), some.row(1), guidance + " " + each);
        boolean rough = guidance instanceof Isotropic || guidance instanceof Dps;
        for (int i = 0; i < 20 && !rough; i++) {
          assertEquals(0.8, rows.get(i, 0), 1e-9, guidance + " " + each);
        }
      }
    }
  }

  @Test
  void gradientsPullTowardsWhatWasObserved() {
    Law law = Law.threeInThePlane();
    List<Observation> seen = List.of(Observation.columns(Map.of(0, 0.8)));
    for (Guidance guidance : List.of(new Isotropic(), new Dps(5))) {
      Samples rows =
          Samplers.heun(60).draw(DrawRequest.of(guidance.guide(law, seen), 50).withSeed(3));
      double off = 0;
      for (int i = 0; i < 50; i++) {
        off += Math.abs(rows.get(i, 0) - 0.8) / 50;
      }
      assertTrue(off < 0.1, guidance + " is off by " + off);
    }
  }

  @Test
  void repaintingOnceIsReplacement() {
    Law law = Law.threeInThePlane();
    List<Observation> seen = List.of(Observation.columns(Map.of(0, 0.8)));
    DrawRequest request = DrawRequest.of(new Replacement().guide(law, seen), 10);
    Sampler heun = Samplers.heun(10);
    assertEquals(heun.draw(request), new Repaint(1).sampler(heun).draw(request));
    assertThrows(
        IllegalArgumentException.class, () -> new Repaint(2).sampler(Samplers.adaptive(1e-3)));
  }

  @Test
  void replacementGoesToTheNearestPoint() {
    Score nearest =
        new Replacement()
            .guide(NORMAL, List.of(Observation.sum(new double[] {1, 1, 0}, 3), SEEN.get(3)));
    double[] out = means(nearest, LEVEL);
    for (int i = 0; i < out.length; i += 3) {
      assertTrue(out[i] >= 0.2 && out[i] <= 1, "got " + out[i]);
    }
    double[] free = means(NORMAL, LEVEL);
    assertEquals(free[2], out[2]);
  }

  @Test
  void whatContradictsItselfOrFitsNothingIsRefused() {
    Guidance guidance = new Matching();
    List<List<Observation>> wrong =
        List.of(
            List.of(),
            List.of(Observation.columns(Map.of(3, 1.0))),
            List.of(Observation.columns(Map.of(0, 1.0)), Observation.columns(Map.of(0, 2.0))),
            List.of(Observation.columns(Map.of(0, 1.0)), Observation.range(0, 2, 3)),
            List.of(Observation.between(new double[] {1, 1}, 0, 1)),
            List.of(Observation.sum(new double[] {1, 1}, 0)),
            List.of(Observation.label("species", "a")));
    for (List<Observation> each : wrong) {
      assertThrows(
          IllegalArgumentException.class, () -> guidance.guide(NORMAL, each), each.toString());
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Dps(1).guide(NORMAL, List.of(SEEN.get(3))));
    assertThrows(
        IllegalArgumentException.class, () -> new Isotropic().guide(NORMAL, List.of(SEEN.get(3))));
    assertThrows(IllegalArgumentException.class, () -> new Dps(0));
    assertThrows(IllegalArgumentException.class, () -> new Repaint(0));
    assertThrows(IllegalArgumentException.class, () -> new ClassifierFree(-1));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ClassifierFree(1).guide(NORMAL, List.of(SEEN.get(0))));
    assertThrows(
        IllegalArgumentException.class,
        () -> new ClassifierFree(1).guide(NORMAL, List.of(Observation.label("a", "b"))));
  }

  /** Two categories, each a normal law; no density, so that only labels are exact. */
  private record Two(List<GaussianMixture> parts) implements Score, Strata, Conditionable {
    @Override
    public int columns() {
      return 3;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      List<Component> all = new ArrayList<>();
      parts.forEach(each -> all.addAll(each.components()));
      GaussianMixture.of(all).posteriorMean(level, x, out);
    }

    @Override
    public String label() {
      return "kind";
    }

    @Override
    public List<String> categories() {
      return List.of("a", "b").subList(0, parts.size());
    }

    @Override
    public List<Double> weights() {
      return parts.size() == 1 ? List.of(1.0) : List.of(0.5, 0.5);
    }

    @Override
    public Score stratum(int category) {
      return parts.get(category);
    }

    @Override
    public Optional<Score> given(Observation observation) {
      return observation.equals(Observation.label("kind", "a"))
          ? Optional.of(new Two(parts.subList(0, 1)))
          : Optional.empty();
    }
  }

  private static Two two() {
    GaussianMixture other =
        GaussianMixture.of(
            List.of(Component.of(1, new double[] {2, 1, 1}, Covariance.spherical(3, 0.5))));
    return new Two(List.of(NORMAL, other));
  }

  @Test
  void strataAreWeightedByWhatWasObserved() {
    Observation seen = Observation.columns(Map.of(1, 0.7));
    Strata guided = new Matching().guide(two(), List.of(seen)).ability(Strata.class).orElseThrow();
    double one = NORMAL.logEvidence(seen).orElseThrow();
    double other = two().parts().get(1).logEvidence(seen).orElseThrow();
    double odds = StrictMath.exp(one - other);
    assertEquals(odds / (1 + odds), guided.weights().get(0), 1e-3);
    assertArrayEquals(means(exact(seen), LEVEL), means(guided.stratum(0), LEVEL), 1e-9);
  }

  @Test
  void guidanceWithoutClassifierGoesBeyondTheCategory() {
    Observation label = Observation.label("kind", "a");
    double[] all = means(two(), LEVEL);
    double[] of = means(NORMAL, LEVEL);
    for (double weight : new double[] {0, 1.5}) {
      Score guided = new ClassifierFree(weight).guide(two(), List.of(label));
      double[] expected = new double[of.length];
      for (int i = 0; i < of.length; i++) {
        expected[i] = of[i] + weight * (of[i] - all[i]);
      }
      assertArrayEquals(expected, means(guided, LEVEL), 1e-12);
      assertEquals(List.of("a"), guided.ability(Strata.class).orElseThrow().categories());
    }
  }
}
