package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Structures in structures, with every plugin there is: fit, print, keep, read back, draw. */
class ComposedStructuresTest {

  private static final Catalogue CATALOGUE = Catalogue.discover();

  @TempDir private Path folder;

  private static Samples rows() {
    Samples rows = Structured.mixture(160, 3);
    int[] codes = new int[rows.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i % 2;
    }
    return rows.withLabels(List.of(Labels.of("label", List.of("even", "odd"), codes)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "subspace(rank=8, inner=localized(radius=1, inner=gaussian()))",
        "subspace(rank=5, inner=localized(radius=1, inner=network([8], steps=20)))",
        "stratified(by=label, inner=subspace(rank=4, inner=gmm()))",
        "labelled(by=label, inner=network([8], steps=40))",
        "subspace(rank=3, learn=joint, inner=network([8], steps=40))",
        "subspace(rank=3, inner=ridge(linear, levels=4, target=bootstrapped(erroraware)))",
        "network([8], steps=40, paths=fixed, target=bootstrapped(first=reference(8)))",
        "localized(radius=1, inner=network([8], steps=40, target=bootstrapped()))",
        "levelwise([network([8], steps=20, target=bootstrapped()), network([8], steps=20)])",
        "subspace(inner=subspace(rank=2, inner=gaussian()))"
      })
  void whatIsKeptDrawsTheSameRows(String estimator) {
    Pipeline pipeline =
        Pipeline.parse("pipeline(" + estimator + ", sampler=heun(steps=4))", CATALOGUE);
    assertEquals(pipeline, Pipeline.parse(pipeline.expression(), CATALOGUE));
    Fitted fitted = pipeline.fit(rows());
    Path file = folder.resolve("composed.esp");
    ModelFile.write(file, fitted);
    Fitted loaded = ModelFile.read(file, CATALOGUE).fitted();
    assertEquals(fitted.draw(20), loaded.draw(20));
    assertEquals(fitted.notes(), loaded.notes());
  }
}
