package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures around estimators of other jars: learned, kept, drawn from, and printed. */
class CompositionTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localized(inner=gmm(components=3))",
        "localized(radius=1, share=true, inner=gmm(components=3))",
        "localized(radius=1, inner=network(hidden=[8], steps=40, target=bootstrapped()))",
        "localized(radius=0..1, inner=network(hidden=[8], steps=40, target=bootstrapped()))"
      })
  void localizedScoresComeFromAnyEstimator(String estimator) {
    Catalogue catalogue = Catalogue.discover();
    Pipeline pipeline =
        Pipeline.parse(
            "pipeline(estimator=" + estimator + ", sampler=heun(steps=8), seed=3)", catalogue);
    Samples rows = Structured.chain(6, 120, 5);
    Fitted fitted = pipeline.fit(FitRequest.of(rows).withSeed(pipeline.seed()));
    Path file = folder.resolve("model.esp");
    ModelFile.write(file, fitted);
    Fitted again = ModelFile.read(file, catalogue).fitted();

    assertEquals(pipeline, again.pipeline());
    assertEquals(pipeline.expression(), again.pipeline().expression());
    assertEquals(pipeline, Pipeline.parse(pipeline.expression(), catalogue));
    Samples drawn = fitted.draw(20);
    assertEquals(drawn, again.draw(20));
    assertFalse(drawn.hasMissing());
    double[] one = new double[6];
    double[] other = new double[6];
    fitted.score().posteriorMean(NoiseLevel.preserving(0.3), rows.rows(0, 1).toArray(), one);
    again.score().posteriorMean(NoiseLevel.preserving(0.3), rows.rows(0, 1).toArray(), other);
    assertArrayEquals(one, other);
  }
}
