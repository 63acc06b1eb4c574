package dev.espalier.estimators.closedform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.TrainingTarget;
import dev.espalier.testkit.Law;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RidgeTest {

  private static final NoiseRange RANGE = new NoiseRange(-6, 6);

  private static double loss(Score score, double logSnr, Samples rows) {
    double ratio = StrictMath.exp(logSnr);
    NoiseLevel level = new NoiseLevel(Math.sqrt(ratio / (1 + ratio)), 1 / (1 + ratio));
    double sum = 0;
    for (double each : ScoreLoss.perRow(score, level, rows, 3)) {
      sum += each;
    }
    return sum / rows.count();
  }

  @Test
  void linearFeaturesLearnANormalLaw() {
    Law law = Law.gaussian(new double[] {1, -2}, new double[][] {{2, 1}, {1, 3}});
    Score score =
        RidgeRegression.on(RidgeRegression.Features.LINEAR)
            .withLevels(40)
            .withCopies(4, RidgeRegression.Paths.FRESH)
            .fit(FitRequest.of(law.rows(4000, 1)).withRange(RANGE));
    Samples held = law.rows(2000, 2);
    for (double logSnr : new double[] {-5.9, -2, 0, 0.3, 2.5, 5.9}) {
      double exact = loss(law, logSnr, held);
      assertEquals(exact, loss(score, logSnr, held), 0.01 * exact, "log SNR " + logSnr);
    }
  }

  @Test
  void otherFeaturesLearnWhatLinearOnesCannot() {
    Law law = Law.threeInThePlane();
    FitRequest request = FitRequest.of(law.rows(1000, 1)).withRange(RANGE);
    Samples held = law.rows(2000, 2);
    List<Double> excess = new ArrayList<>();
    for (RidgeRegression.Features kind : RidgeRegression.Features.values()) {
      Score score =
          RidgeRegression.on(kind)
              .withCount(40)
              .withLevels(13)
              .withCopies(2, RidgeRegression.Paths.FRESH)
              .fit(request);
      excess.add(loss(score, 0.2, held) / loss(law, 0.2, held) - 1);
    }
    assertTrue(excess.get(0) > 4 * excess.get(1), excess::toString);
    assertTrue(excess.get(0) > 4 * excess.get(2), excess::toString);
    assertTrue(excess.get(1) < 0.03, excess::toString);
  }

  /** The clean row from the second level on, and rubbish at noisy levels. */
  private record Wrong() implements TrainingTarget {
    @Override
    public boolean bootstraps() {
      return true;
    }

    @Override
    public void write(Batch batch, double[] out) {
      for (int i = 0; i < out.length; i++) {
        boolean rubbish = batch.earlier().isPresent() && batch.level().logSnr() < 0;
        out[i] = rubbish ? 5 : batch.clean()[i];
      }
    }
  }

  @Test
  void aTargetThatDoesWorseFallsBack() {
    Law law = Law.threeInThePlane();
    RidgeRegression plain = RidgeRegression.on(RidgeRegression.Features.LINEAR).withLevels(7);
    FitRequest request =
        FitRequest.of(law.rows(300, 1)).withRange(RANGE).withValidation(law.rows(300, 2));
    Score guarded = plain.withTarget(new Wrong()).fit(request);
    Samples held = law.rows(500, 3);
    for (double logSnr : new double[] {-6, -4, 0, 4}) {
      assertEquals(loss(plain.fit(request), logSnr, held), loss(guarded, logSnr, held));
    }
    assertTrue(guarded.notes().get(0).startsWith("at 3 of 7 levels the target did clearly worse"));
  }

  @Test
  void pathsAreWalkedAndEarlierRowsAreKnown() {
    List<Double> residuals = new ArrayList<>();
    TrainingTarget watching =
        new TrainingTarget() {
          @Override
          public void write(Batch batch, double[] out) {
            System.arraycopy(batch.clean(), 0, out, 0, out.length);
            batch
                .earlier()
                .ifPresent(
                    earlier -> {
                      NoiseLevel step = earlier.level().to(batch.level());
                      double sum = 0;
                      for (int i = 0; i < out.length; i++) {
                        double noise = batch.noisy()[i] - step.a() * earlier.rows()[i];
                        sum += noise * noise / step.b() / out.length;
                      }
                      residuals.add(sum);
                      earlier
                          .frozen()
                          .posteriorMean(earlier.level(), earlier.rows(), new double[out.length]);
                    });
          }
        };
    for (RidgeRegression.Paths paths : RidgeRegression.Paths.values()) {
      RidgeRegression.on(RidgeRegression.Features.LINEAR)
          .withLevels(5)
          .withCopies(2, paths)
          .withTarget(watching)
          .fit(FitRequest.of(Law.standardNormal(2).rows(1000, 1)));
    }
    assertEquals(8, residuals.size());
    for (double each : residuals) {
      assertEquals(1, each, 0.12);
    }
  }

  @Test
  void unfitRequestsAreRefused() {
    RidgeRegression ridge = RidgeRegression.on(RidgeRegression.Features.LINEAR);
    Samples gaps = Samples.of(new double[][] {{1, Double.NaN}, {2, 3}});
    assertThrows(InvalidDataException.class, () -> ridge.fit(FitRequest.of(gaps)));
    FitRequest all = FitRequest.of(Law.standardNormal(2).rows(9, 1)).withRange(NoiseRange.ALL);
    assertThrows(IllegalArgumentException.class, () -> ridge.fit(all));
    assertThrows(IllegalArgumentException.class, () -> ridge.withLevels(1));
    assertThrows(IllegalArgumentException.class, () -> Penalty.parse("some"));
    assertEquals(Penalty.AUTO, Penalty.parse(Penalty.AUTO.toString()));
    assertEquals(new Penalty(0.5), Penalty.parse(new Penalty(0.5).toString()));
  }
}
