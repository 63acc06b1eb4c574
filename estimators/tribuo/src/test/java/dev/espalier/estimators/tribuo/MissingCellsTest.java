package dev.espalier.estimators.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.testkit.Law;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** A missing cell is not a zero. */
class MissingCellsTest {

  private static List<RegressionTrainer> trainers() {
    return List.of(
        XgBoost.standard().withTrees(20).withDepth(2),
        new XgBoost(20, 2, 0.3, 0, 1, XgBoost.Method.EXACT),
        Cart.standard(),
        RandomForest.standard().withTrees(8));
  }

  /** Rows with 0 have the target −1, rows without a value 1, and rows with 1 the target 0. */
  @ParameterizedTest
  @MethodSource("trainers")
  void treesTellAMissingCellFromAZero(RegressionTrainer trainer) {
    boolean flagged = trainer.gaps() == RegressionTrainer.Gaps.FLAGGED;
    Features features = new Features(new int[] {0, 1}, new boolean[] {flagged, flagged}, false);
    MutableDataset<Regressor> data =
        new MutableDataset<>(Provenances.noisy(0, 1, "test", 0), new RegressionFactory());
    double[][] rows = {{0, 5}, {Double.NaN, 5}, {1, 5}};
    double[] targets = {-1, 1, 0};
    for (int i = 0; i < 120; i++) {
      data.add(example(features, rows[i % 3], targets[i % 3]));
    }
    Model<Regressor> model = Trained.by(trainer.trainer(1), data);
    for (int k = 0; k < 3; k++) {
      double answer = model.predict(example(features, rows[k], 0)).getOutput().getValues()[0];
      assertEquals(targets[k], answer, 0.4, "row " + k + " of " + trainer);
    }
  }

  private static Example<Regressor> example(Features features, double[] row, double target) {
    Example<Regressor> example =
        features.example(new Regressor(Features.column(0), target), 1, row, 0);
    assertNotNull(example);
    return example;
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void everyColumnIsLearnedFromTheRowsInWhichItIsThere(RegressionTrainer trainer) {
    double[] values = Law.threeInThePlane().rows(200, 3).toArray();
    for (int i = 0; i < values.length; i += 3) {
      values[i] = Double.NaN;
    }
    // A row without any cell tells nothing, and must not stop the fit.
    values[2] = Double.NaN;
    values[3] = Double.NaN;
    Samples gaps = Samples.of(2, values);
    Score score = Small.regression(trainer).fit(FitRequest.of(gaps));
    TribuoModels models = score.ability(TribuoModels.class).orElseThrow();
    assertEquals(8, models.models().size(), "a model for each column and level");
    double[] mean = new double[2];
    score.posteriorMean(new NoiseLevel(1, 0.1), new double[] {1, 1}, mean);
    assertTrue(Double.isFinite(mean[0]) && Double.isFinite(mean[1]));
  }

  @Test
  void linearModelsRefuseMissingCells() {
    Samples gaps = Samples.of(2, new double[] {1, 2, Double.NaN, 4, 5, 7});
    InvalidDataException refusal =
        assertThrows(
            InvalidDataException.class,
            () -> Small.regression(LinearSgd.standard()).fit(FitRequest.of(gaps)));
    assertTrue(refusal.getMessage().contains("use xgboost()"), refusal::getMessage);
  }

  @Test
  void aColumnWithoutACellIsRefused() {
    Samples gaps = Samples.of(2, new double[] {1, Double.NaN, 2, Double.NaN});
    assertThrows(InvalidDataException.class, () -> Small.regression().fit(FitRequest.of(gaps)));
  }
}
