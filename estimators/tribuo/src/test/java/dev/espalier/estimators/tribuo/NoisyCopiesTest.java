package dev.espalier.estimators.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.samplers.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.impl.ArrayExample;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** What the regressors see of the rows: features and targets of one and the same noise. */
class NoisyCopiesTest {

  /** The straight flow at this time is the level of most tests here. */
  private static final double TIME = 0.7;

  /** The slope of the velocity of a standard normal law there: {@code (1 − 2t)/((1 − t)² + t²)}. */
  private static final double SLOPE = -0.4 / 0.58;

  private static final LinearSgd LINEAR = LinearSgd.standard().withEpochs(20);

  @BeforeEach
  void forget() {
    Watched.SEEN.clear();
  }

  private static Samples normal(int count, int columns, String name) {
    double[] values = new double[count * columns];
    RandomGenerator random = new Streams(3).stream(name, 0);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
    }
    return Samples.of(columns, values);
  }

  private static NoiseRange around(double time) {
    return new NoiseRange(new Flow().at(time + 0.01).logSnr(), new Flow().at(time - 0.01).logSnr());
  }

  @Test
  void oneCopyLearnsTheSlopeOfTheVelocity() {
    Samples rows = normal(4_000, 1, "rows");
    Score score =
        TribuoRegression.by(LINEAR, new Flow())
            .withCopies(1)
            .withLevels(3)
            .fit(FitRequest.of(rows).withRange(around(TIME)));
    NoiseLevel level = new Flow().at(TIME);
    double[] mean = new double[2];
    score.posteriorMean(level, new double[] {-1, 1}, mean);
    double slope = ((mean[1] - 1) / TIME - (mean[0] + 1) / TIME) / 2;
    assertEquals(SLOPE, slope, 0.06);
  }

  /** The trap: features of one draw and targets of the next learn another slope altogether. */
  @Test
  void noiseThatIsDrawnAgainLearnsTheWrongSlope() {
    Samples rows = normal(4_000, 1, "rows");
    double[] noise = normal(8_000, 1, "noise").toArray();
    double right = slope(rows, noise, 0);
    double wrong = slope(rows, noise, rows.count());
    assertEquals(SLOPE, right, 0.06);
    assertEquals(0.3 / 0.58, wrong, 0.06);
  }

  /** The slope that is learned where targets have their noise {@code later} on in the draws. */
  private static double slope(Samples rows, double[] noise, int later) {
    MutableDataset<Regressor> data =
        new MutableDataset<>(
            Provenances.noisy(rows.count(), 1, "test", 0), new RegressionFactory());
    for (int i = 0; i < rows.count(); i++) {
      double clean = rows.get(i, 0);
      double noisy = (1 - TIME) * clean + TIME * noise[i];
      Regressor target = new Regressor("v", clean - noise[i + later]);
      data.add(new ArrayExample<>(target, new String[] {"x"}, new double[] {noisy}));
    }
    Model<Regressor> model = LINEAR.trainer(1).train(data);
    double[] answers = new double[2];
    for (int k = 0; k < 2; k++) {
      ArrayExample<Regressor> at =
          new ArrayExample<>(new Regressor("v", 0), new String[] {"x"}, new double[] {2 * k - 1});
      answers[k] = model.predict(at).getOutput().getValues()[0];
    }
    return (answers[1] - answers[0]) / 2;
  }

  /** With velocity v at noisy x the clean row is x + t·v, whatever the noise was. */
  @Test
  void everyExampleGivesItsCleanRowBack() {
    Samples rows = normal(40, 2, "rows");
    TribuoRegression regression =
        TribuoRegression.by(new Watched(LINEAR), new Flow()).withCopies(3).withLevels(2);
    NoiseRange range = around(TIME);
    regression.fit(FitRequest.of(rows).withRange(range));
    Units units = Units.of(rows, IntStream.range(0, 40).mapToDouble(i -> 1).toArray());
    assertEquals(2, Watched.SEEN.size());
    for (int k = 0; k < 2; k++) {
      NoiseLevel level = new Flow().at(TIME + (k == 0 ? -0.01 : 0.01));
      List<Example<Regressor>> examples = Watched.SEEN.get(k);
      assertEquals(120, examples.size());
      for (int i = 0; i < examples.size(); i++) {
        double[] seen = values(examples.get(i));
        double[] wanted = examples.get(i).getOutput().getValues();
        for (int j = 0; j < 2; j++) {
          double a = level.a();
          double mean = units.mean(j);
          double above = seen[j] * Math.sqrt(a * a * units.variances()[j] + level.b());
          double clean =
              mean
                  + units.slope(Prediction.VELOCITY, level, j) * above
                  + units.scale(Prediction.VELOCITY, level, j) * wanted[j];
          assertEquals(rows.get(i % 40, j), clean, 1e-9);
        }
      }
    }
  }

  private static double[] values(Example<Regressor> example) {
    List<Double> values = new ArrayList<>();
    for (Feature feature : example) {
      values.add(feature.getValue());
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Copies and levels have noise of their own, and equal requests the same. */
  @Test
  void noiseBelongsToTheRowTheCopyAndTheLevel() {
    Samples rows = Samples.of(1, new double[] {-1, 1});
    TribuoRegression regression =
        TribuoRegression.by(new Watched(LINEAR), new Flow()).withCopies(2).withLevels(2);
    FitRequest request = FitRequest.of(rows).withRange(around(TIME));
    regression.fit(request);
    List<Double> all = new ArrayList<>();
    Watched.SEEN.forEach(level -> level.forEach(each -> all.add(values(each)[0])));
    assertEquals(8, all.stream().distinct().count(), all::toString);
    Watched.SEEN.clear();
    regression.fit(request);
    List<Double> again = new ArrayList<>();
    Watched.SEEN.forEach(level -> level.forEach(each -> again.add(values(each)[0])));
    assertEquals(all, again);
    regression.fit(request.withSeed(1));
    assertFalse(all.contains(values(Watched.SEEN.get(2).get(0))[0]));
  }

  /** One level is in memory at a time: no training sees more rows than rows times copies. */
  @Test
  void aTrainingSeesTheRowsOfOneLevel() {
    Samples rows = normal(30, 2, "rows");
    TribuoRegression regression =
        TribuoRegression.by(new Watched(LINEAR), new Flow()).withCopies(4).withLevels(7);
    regression.fit(FitRequest.of(rows));
    assertEquals(7, Watched.SEEN.size());
    Watched.SEEN.forEach(level -> assertEquals(120, level.size()));
    Watched.SEEN.clear();
    regression.withJoint(true).fit(FitRequest.of(rows));
    assertEquals(1, Watched.SEEN.size());
    assertEquals(120, Watched.SEEN.get(0).size());
    List<Double> times =
        Watched.SEEN.get(0).stream().map(each -> values(each)[2]).distinct().toList();
    assertEquals(7, times.size(), () -> "need rows at every level, got " + times);
  }

  /** The stated bound holds for what a level of ten thousand noisy rows allocates and keeps. */
  @Test
  void theBoundOnMemoryHolds() {
    Samples rows = normal(1_000, 8, "rows");
    TribuoRegression regression =
        TribuoRegression.by(new Watched(LINEAR.withEpochs(1)), new Flow())
            .withCopies(10)
            .withLevels(2);
    System.gc();
    long before = used();
    regression.fit(FitRequest.of(rows));
    System.gc();
    long kept = used() - before;
    long told = 2 * 10_000L * (250 + 8 * TribuoRegression.BYTES);
    assertTrue(kept < told, () -> "kept " + kept + " bytes of two levels, told " + told);
    assertTrue(4 * kept > told / 4, () -> "kept " + kept + " bytes of two levels, told " + told);
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
