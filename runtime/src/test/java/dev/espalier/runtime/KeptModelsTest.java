package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Labels;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The models of the plugins that come with the project, kept and read again. */
class KeptModelsTest {
  private static final Catalogue ALL = Catalogue.discover();

  @TempDir Path folder;

  private static Samples rows() {
    Random random = new Random(KeptModelsTest.class.getName().hashCode());
    double[] values = new double[180];
    int[] codes = new int[60];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i % 2;
      for (int j = 0; j < 3; j++) {
        values[3 * i + j] = random.nextGaussian() + 4 * codes[i] * j;
      }
    }
    return Samples.of(3, values).withLabels(List.of(Labels.of("kind", List.of("a", "b"), codes)));
  }

  private static Fitted fitted(String estimator) {
    return Pipeline.parse("pipeline(" + estimator + ", seed=5)", ALL).fit(rows());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gaussian()",
        "stratified(kind, inner=gaussian())",
        "gaussian()",
        "stratified(kind, inner=gaussian())",
        "gmm(2)",
        "gmm(2, covariance=diagonal)",
        "gmm(2, covariance=spherical)",
        "gmm(2, covariance=tied)",
        "gmm(2, covariance=lowrank)",
        "stratified(kind, inner=gmm(1..2))",
      })
  void aKeptModelDrawsTheSameRowsAndIsKeptAsTheSameBytes(String estimator) throws IOException {
    Fitted model = fitted(estimator);
    Path first = folder.resolve("a.esp");
    Path second = folder.resolve("b.esp");
    ModelFile.write(first, model);
    Fitted read = ModelFile.read(first, ALL).fitted();
    assertEquals(model.draw(50), read.draw(50));
    assertEquals(model.pipeline(), read.pipeline());
    assertEquals(model.notes(), read.notes());
    assertArrayEquals(model.logDensity(rows()), read.logDensity(rows()));
    ModelFile.write(second, read);
    assertArrayEquals(Files.readAllBytes(first), Files.readAllBytes(second));
  }

  @Test
  void aConditionedModelIsKept() {
    Fitted given = fitted("gmm(2)").given(Observation.columns(Map.of(0, 1.25)));
    Path path = folder.resolve("a.esp");
    ModelFile.write(path, given);
    Fitted read = ModelFile.read(path, ALL).fitted();
    assertEquals(given.draw(20), read.draw(20));
    assertEquals(given.provenance(), read.provenance());
    assertEquals(1.25, read.draw(1).get(0, 0));
  }

  /** Changes numbers and words of a mixture 2,000 times: read, or refused with the one error. */
  @Test
  @Tag("slow")
  void alteredMixturesAreReadOrRefused() throws IOException {
    Random random = new Random("KeptModelsTest.alteredMixturesAreReadOrRefused".hashCode());
    Path path = folder.resolve("a.esp");
    ModelFile.write(path, fitted("stratified(kind, inner=gmm(2))"));
    TensorFile file = TensorFile.read(path, words -> {}).file();
    Digest digest = Digest.of(path);
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      TensorFile altered = altered(file, random);
      try {
        ModelFile.read("'it'", new TensorFile.Loaded(altered, digest), ALL);
      } catch (InvalidDataException e) {
        assertTrue(e.getMessage().contains("'it'"), e.getMessage());
        refused++;
      }
    }
    assertTrue(refused > 500, "refused " + refused);
  }

  private static TensorFile altered(TensorFile file, Random random) {
    double[] odd = {0, -0.0, -1, 1e300, -1e300, Double.MIN_VALUE, 0.5, 3, 2_000_000_000};
    int at = random.nextInt(file.texts().size() + file.tensors().size());
    TensorFile.Builder builder = new TensorFile.Builder();
    for (Map.Entry<String, String> text : file.texts().entrySet()) {
      String value = text.getValue();
      if (at-- == 0) {
        value = random.nextBoolean() || value.isEmpty() ? "" : value.substring(1);
      }
      builder.text(text.getKey(), value);
    }
    for (Map.Entry<String, TensorFile.Tensor> tensor : file.tensors().entrySet()) {
      double[] values = tensor.getValue().values();
      long[] shape = tensor.getValue().shape();
      boolean here = at-- == 0;
      if (here && values.length > 0) {
        values[random.nextInt(values.length)] = odd[random.nextInt(odd.length)];
        shape = random.nextInt(4) == 0 ? new long[] {1, values.length} : shape;
      }
      if (!here || random.nextInt(4) > 0) {
        builder.tensor(tensor.getKey(), values, shape);
      }
    }
    return builder.build();
  }

  @Test
  void aModelWithoutItsPluginNamesIt() {
    Path path = folder.resolve("a.esp");
    ModelFile.write(path, fitted("gmm(1)"));
    Catalogue bare = Catalogue.of(List.of(new Fakes()));
    String message =
        assertThrows(InvalidDataException.class, () -> ModelFile.read(path, bare)).getMessage();
    assertTrue(message.startsWith("the model needs a plugin that provides '"), message);
  }
}
