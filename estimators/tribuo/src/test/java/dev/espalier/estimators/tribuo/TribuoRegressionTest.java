package dev.espalier.estimators.tribuo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Labels;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Tasks;
import dev.espalier.api.Window;
import dev.espalier.plugins.bootstrapped.Bootstrapped;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.plugins.stratified.Stratified;
import dev.espalier.plugins.subspace.Subspace;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import dev.espalier.samplers.Flow;
import dev.espalier.samplers.Samplers;
import dev.espalier.samplers.VpLinear;
import dev.espalier.testkit.Law;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tribuo.protos.core.ModelProto;

class TribuoRegressionTest {

  @TempDir private Path folder;

  private static double loss(Score score, Samples rows) {
    double sum = 0;
    for (double logSnr : new double[] {-2, 0, 2, 4}) {
      NoiseLevel level = new NoiseLevel(1, StrictMath.exp(-logSnr));
      for (double each : ScoreLoss.perRow(score, level, rows, 5)) {
        sum += each / rows.count() * StrictMath.exp(logSnr / 2);
      }
    }
    return sum;
  }

  private static List<TribuoRegression> learning() {
    NoiseSchedule vp = VpLinear.standard();
    XgBoost trees = XgBoost.standard().withTrees(30).withDepth(4);
    TribuoRegression flow = TribuoRegression.by(trees, new Flow()).withCopies(10).withLevels(12);
    return List.of(
        flow,
        TribuoRegression.by(trees, vp)
            .withCopies(10)
            .withLevels(12)
            .withPrediction(Prediction.NOISE),
        flow.withPrediction(Prediction.RESIDUAL),
        flow.withCopies(60).withJoint(true),
        flow.withTarget(Bootstrapped.standard()),
        TribuoRegression.by(new Cart(6, 30, true), new Flow())
            .withCopies(3)
            .withLevels(6)
            .withPrediction(Prediction.RESIDUAL));
  }

  /** Held-out loss: near the law's own, and far below that of a normal law. */
  @ParameterizedTest
  @MethodSource("learning")
  void regressionsLearnAMixture(TribuoRegression regression) {
    Law law = Law.threeInThePlane();
    Samples held = law.rows(400, 12);
    Score score = regression.fit(FitRequest.of(law.rows(400, 11)).withTasks(Tasks.threads(2)));
    double normal = loss(Law.gaussian(law.mean(), law.covariance()), held);
    double own = loss(law, held);
    double found = loss(score, held);
    assertTrue(
        found - own < 0.6 * (normal - own),
        () -> "normal " + normal + ", law " + own + ", got " + found + " of " + regression);
  }

  @Test
  void theSameFitHasTheSameBytesInAnyNumberOfThreads() throws IOException {
    Samples rows = Law.threeInThePlane().rows(60, 2);
    Pipeline pipeline = pipeline(Small.regression());
    byte[] first = written(pipeline.fit(FitRequest.of(rows)));
    for (int threads = 1; threads <= 3; threads++) {
      FitRequest request = FitRequest.of(rows).withTasks(Tasks.threads(threads));
      assertArrayEquals(first, written(pipeline.fit(request)));
    }
    Fitted read = ModelFile.read(folder.resolve("model.esp"), catalogue()).fitted();
    assertArrayEquals(first, written(read));
    assertEquals(pipeline.fit(rows).draw(5), read.draw(5));
  }

  @Test
  void provenanceNamesTheModelsAndTheirTrainer() {
    Samples rows = Law.threeInThePlane().rows(60, 2);
    Fitted fitted = pipeline(Small.regression()).fit(rows);
    TribuoModels models = fitted.score().ability(TribuoModels.class).orElseThrow();
    assertEquals(8, models.provenances().size());
    String trainer = models.provenances().get(0).getTrainerProvenance().getClassName();
    assertEquals("org.tribuo.regression.xgboost.XGBoostRegressionTrainer", trainer);
    String source =
        models.provenances().get(0).getDatasetProvenance().getSourceProvenance().toString();
    assertTrue(source.contains("60 rows, 3 noisy copies of each at log SNR"), source);
    String note = fitted.notes().get(0);
    assertTrue(note.startsWith("8 Tribuo models of 4.3.2, trained by " + trainer), note);
    Fitted other = pipeline(Small.regression().withCopies(4)).fit(rows);
    assertNotEquals(note, other.notes().get(0));
  }

  private Pipeline pipeline(ScoreEstimator estimator) {
    return Pipeline.builder()
        .estimator(estimator)
        .sampler(Samplers.heun(6))
        .catalogue(catalogue())
        .build();
  }

  private static Catalogue catalogue() {
    return Catalogue.discover();
  }

  private byte[] written(Fitted fitted) throws IOException {
    Path file = folder.resolve("model.esp");
    ModelFile.write(file, fitted);
    return Files.readAllBytes(file);
  }

  @Test
  void structuresTakeItInside() throws IOException {
    TribuoRegression small =
        Small.regression(XgBoost.standard().withTrees(2).withDepth(2)).withLevels(2);
    Samples plain = Law.threeInThePlane().rows(40, 2).columns(new int[] {0, 1, 0, 1});
    int[] codes = new int[40];
    Arrays.setAll(codes, i -> plain.get(i, 0) > 0 ? 1 : 0);
    Samples rows = plain.withLabels(List.of(Labels.of("side", List.of("left", "right"), codes)));
    for (ScoreEstimator estimator :
        List.of(
            Stratified.by("side").around(small),
            Localized.on(Graph.chain()).around(small.withJoint(true)),
            Localized.on(Graph.chain()).around(small),
            Subspace.rank(2).around(small))) {
      Fitted fitted = pipeline(estimator).fit(rows);
      Samples drawn = fitted.draw(3);
      assertEquals(4, drawn.columns());
      written(fitted);
      Fitted read = ModelFile.read(folder.resolve("model.esp"), catalogue()).fitted();
      assertEquals(drawn, read.draw(3), estimator::toString);
      assertEquals(fitted.pipeline(), Pipeline.parse(fitted.pipeline().expression(), catalogue()));
    }
  }

  /** Only the outputs of a window are learned. */
  @Test
  void windowsLearnTheirOutputsAlone() {
    Samples rows = Law.threeInThePlane().rows(80, 2).columns(new int[] {0, 1, 0});
    List<Score> scores =
        Small.regression()
            .fitWindows(
                FitRequest.of(rows),
                List.of(new Window(List.of(2, 1), List.of(1)), Window.of(List.of(0))));
    assertEquals(2, scores.get(0).columns());
    assertEquals(4, scores.get(0).ability(TribuoModels.class).orElseThrow().models().size());
    Score alone =
        Small.regression()
            .fitWindows(FitRequest.of(rows), List.of(new Window(List.of(2, 1), List.of(1))))
            .get(0);
    double[] x = {0.3, -0.4};
    double[] one = new double[2];
    double[] two = new double[2];
    scores.get(0).posteriorMean(new NoiseLevel(1, 0.5), x, one);
    alone.posteriorMean(new NoiseLevel(1, 0.5), x, two);
    assertArrayEquals(one, two);
  }

  @Test
  void trainersComeFromConfigurationFiles() throws IOException {
    Path file = folder.resolve("trainers.xml");
    Files.writeString(
        file,
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <config>
          <component name="shallow" type="org.tribuo.regression.rtree.CARTRegressionTrainer">
            <property name="maxDepth" value="3"/>
          </component>
          <component name="loss" type="org.tribuo.regression.sgd.objectives.SquaredLoss"/>
        </config>
        """);
    Samples rows = Law.threeInThePlane().rows(60, 2);
    TribuoRegression regression = Small.regression(new Olcut(file.toString(), "shallow"));
    Fitted fitted = pipeline(regression).fit(rows);
    written(fitted);
    // What was fitted needs the file no longer.
    Files.delete(file);
    Fitted read = ModelFile.read(folder.resolve("model.esp"), catalogue()).fitted();
    assertEquals(fitted.draw(4), read.draw(4));
    String message =
        assertThrows(InvalidDataException.class, () -> regression.fit(FitRequest.of(rows)))
            .getMessage();
    assertTrue(message.contains("trainers.xml"), message);
  }

  @Test
  void unknownNamesInConfigurationFilesAreRefused() throws IOException {
    Path file = folder.resolve("trainers.xml");
    Files.writeString(
        file,
        """
        <config>
          <component name="loss" type="org.tribuo.regression.sgd.objectives.SquaredLoss"/>
        </config>
        """);
    String unknown =
        assertThrows(
                InvalidDataException.class, () -> new Olcut(file.toString(), "cart").trainer(1))
            .getMessage();
    assertTrue(unknown.contains("no component named 'cart'; it has [loss]"), unknown);
    String wrong =
        assertThrows(
                InvalidDataException.class, () -> new Olcut(file.toString(), "loss").trainer(1))
            .getMessage();
    assertTrue(wrong.contains("need a trainer named 'loss'"), wrong);
  }

  /** A class that tells whether it was initialised. */
  static final class Bomb {
    static {
      System.setProperty("espalier.test.bomb", "went off");
    }

    private Bomb() {}
  }

  /** A model that names a class outside Tribuo is refused before that class is loaded. */
  @Test
  void modelsOfOtherClassesAreRefusedUnseen() throws IOException {
    Score score = Small.regression().fit(FitRequest.of(Law.threeInThePlane().rows(30, 2)));
    ModelProto good = score.ability(TribuoModels.class).orElseThrow().models().get(0).serialize();
    byte[] evil =
        good.toBuilder()
            .setClassName("dev.espalier.estimators.tribuo.TribuoRegressionTest$Bomb")
            .build()
            .toByteArray();
    String message =
        assertThrows(InvalidDataException.class, () -> KeptModel.read(evil)).getMessage();
    assertTrue(message.contains("need classes of Tribuo in a model"), message);
    assertEquals(null, System.getProperty("espalier.test.bomb"));
    byte[] cut = Arrays.copyOf(good.toByteArray(), 40);
    assertThrows(InvalidDataException.class, () -> KeptModel.read(cut));
    byte[] empty = ModelProto.getDefaultInstance().toByteArray();
    assertThrows(InvalidDataException.class, () -> KeptModel.read(empty));
  }

  @Test
  void settingsThatCannotBeAreRefused() {
    TribuoRegression regression = Small.regression();
    assertThrows(IllegalArgumentException.class, () -> regression.withCopies(0));
    assertThrows(IllegalArgumentException.class, () -> regression.withLevels(1));
    assertThrows(
        IllegalArgumentException.class,
        () -> regression.withJoint(true).withTarget(Bootstrapped.standard()));
    assertThrows(IllegalArgumentException.class, () -> XgBoost.standard().withTrees(0));
    assertThrows(IllegalArgumentException.class, () -> XgBoost.standard().withRate(0));
    assertThrows(IllegalArgumentException.class, () -> XgBoost.standard().withLambda(-1));
    assertThrows(IllegalArgumentException.class, () -> Cart.standard().withDepth(0));
    assertThrows(IllegalArgumentException.class, () -> new RandomForest(2, 2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> LinearSgd.standard().withEpochs(0));
  }

  @Test
  void costGrowsWithTheWork() {
    FitRequest request = FitRequest.of(Law.threeInThePlane().rows(100, 2));
    TribuoRegression regression = Small.regression();
    assertEquals(
        2 * regression.cost(request).seconds(),
        regression.withLevels(8).cost(request).seconds(),
        1e-9);
    assertTrue(
        regression.withCopies(6).cost(request).seconds() > regression.cost(request).seconds());
    assertEquals(regression.cost(request).bytes(), regression.withLevels(40).cost(request).bytes());
    assertTrue(
        regression.withJoint(true).cost(request).seconds() < regression.cost(request).seconds());
  }
}
