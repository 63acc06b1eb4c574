package dev.espalier.plugins.bootstrapped;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import dev.espalier.estimators.closedform.ClosedFormPlugin;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.Kernel;
import dev.espalier.testkit.EstimatorContract;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.MemoryWriter;
import dev.espalier.testkit.ScoreContract;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The choice among estimators level by level. */
class LevelwiseTest {

  /** Right at noise, wrong where there is hardly any, and the other way round. */
  private record Off(boolean clean) implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return new Wrong(new Gaussian().fit(request), clean);
    }
  }

  /** A score whose posterior mean is off by 1 on one side of log SNR 1. */
  private record Wrong(Score inner, boolean clean) implements Score {
    @Override
    public int columns() {
      return inner.columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      inner.posteriorMean(level, x, out);
      boolean wrong = clean == level.logSnr() > 1;
      for (int i = 0; i < out.length; i++) {
        out[i] += wrong ? 1 : 0;
      }
    }
  }

  private static final Law LAW = Law.threeInThePlane();

  private static FitRequest request(int rows) {
    return FitRequest.of(LAW.rows(rows, 1)).withRange(new NoiseRange(-5, 7));
  }

  private static double[] means(Score score, double logSnr) {
    double[] x = LAW.rows(5, 9).toArray();
    double[] out = new double[x.length];
    score.posteriorMean(NoiseLevel.preserving(1 / (1 + StrictMath.exp(logSnr))), x, out);
    return out;
  }

  @Test
  void everyLevelHasTheEstimatorThatDoesBestThere() {
    Score score = new Levelwise(List.of(new Off(true), new Off(false))).fit(request(200));
    Score right = new Gaussian().fit(request(200));
    for (double logSnr : new double[] {-5, -3, 0, 2.6, 5, 7}) {
      assertArrayEquals(means(right, logSnr), means(score, logSnr), 1e-12);
    }
    assertEquals(
        "levelwise, by the loss on 50 rows held out: estimator 1 at log SNR -5.0 to 1.0, estimator"
            + " 2 at log SNR 2.5 to 7.0",
        score.notes().get(0));
  }

  /** Log SNR 1 is the first's and 2.5 the second's: 1.75 is half of each, one of them off by 1. */
  @Test
  void betweenTwoLevelsTheAnswerMovesEvenly() {
    Score score = new Levelwise(List.of(new Off(true), new Off(false))).fit(request(200));
    double[] right = means(new Gaussian().fit(request(200)), 1.75);
    double[] found = means(score, 1.75);
    for (int i = 0; i < right.length; i++) {
      assertEquals(right[i] + 0.5, found[i], 1e-9);
    }
  }

  @Test
  void theOnlyChoiceKeepsWhatItCanDo() {
    FitRequest request = request(200);
    Score one = new Levelwise(List.of(new Gaussian(), new Off(true))).fit(request);
    assertTrue(one.ability(Density.class).isPresent());
    assertTrue(one.ability(Curvature.class).isPresent());
    Score two = new Levelwise(List.of(new Off(true), new Off(false))).fit(request);
    assertFalse(two.ability(Density.class).isPresent());
    assertFalse(two.ability(Curvature.class).isPresent());
  }

  @Test
  void validationRowsChooseAndNothingIsFittedAgain() {
    Samples rows = LAW.rows(60, 1);
    FitRequest request = FitRequest.of(rows.rows(0, 40)).withValidation(rows.rows(40, 60));
    Levelwise both = new Levelwise(List.of(new Gaussian(), new Off(true)));
    assertArrayEquals(means(new Gaussian().fit(request), 3), means(both.fit(request), 3));
    assertEquals(
        2 * both.cost(request).seconds(), both.cost(FitRequest.of(rows.rows(0, 40))).seconds());
  }

  @Test
  void fewRowsAreTheFirstEstimators() {
    FitRequest few = request(19);
    Levelwise both = new Levelwise(List.of(new Off(false), new Gaussian()));
    assertArrayEquals(means(new Off(false).fit(few), -3), means(both.fit(few), -3));
    assertEquals(
        "need at least two estimators to choose from, got 1",
        assertThrows(IllegalArgumentException.class, () -> new Levelwise(List.of(new Gaussian())))
            .getMessage());
  }

  @Test
  void withoutBoundsTheUsualLevelsAreCompared() {
    FitRequest request = request(200).withRange(NoiseRange.ALL);
    Score score = new Levelwise(List.of(new Off(true), new Off(false))).fit(request);
    assertArrayEquals(means(new Gaussian().fit(request), -8), means(score, -8), 1e-12);
    assertArrayEquals(means(new Gaussian().fit(request), 10), means(score, 10), 1e-12);
  }

  /** An estimator that needs labels, and learns nothing from them. */
  private record Labelled(List<String> labels) implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return new Gaussian().fit(request);
    }
  }

  @Test
  void labelsAreThoseOfAllEstimators() {
    Labelled one = new Labelled(List.of("kind"));
    Labelled two = new Labelled(List.of("half", "kind"));
    assertEquals(List.of("kind", "half"), new Levelwise(List.of(one, two)).labels());
  }

  /** Stores one part, and the choice of a second. */
  private record Forged(Score part) implements Score, Stored {
    @Override
    public int columns() {
      return part.columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      part.posteriorMean(level, x, out);
    }

    @Override
    public String provider() {
      return "levelwise";
    }

    @Override
    public void write(Writer out) {
      out.tensor("nodes", new double[1], 1);
      out.tensor("choices", new double[] {1}, 1);
      out.text("notes", "");
      out.part("part0", part);
    }
  }

  @Test
  void aChoiceOfAPartThatIsNotStoredIsRefused() {
    MemoryWriter stored = MemoryWriter.of(new Forged(new Gaussian().fit(request(40))));
    List<Plugin> plugins = List.of(new ClosedFormPlugin(), new BootstrappedPlugin());
    assertThrows(InvalidDataException.class, () -> stored.reader(plugins).score());
  }

  private static Levelwise closedForms() {
    return new Levelwise(List.of(new Kernel(), new Gaussian()));
  }

  @Nested
  class Estimator extends EstimatorContract {
    @Override
    protected ScoreEstimator estimator() {
      return closedForms();
    }
  }

  @Nested
  class Scores extends ScoreContract {
    @Override
    protected List<Plugin> plugins() {
      return List.of(new ClosedFormPlugin(), new BootstrappedPlugin());
    }

    @Override
    protected List<? extends Score> scores() {
      return List.of(closedForms().fit(request(80)));
    }
  }
}
