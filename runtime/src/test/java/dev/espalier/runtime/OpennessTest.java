package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.multibindings.OptionalBinder;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import dev.espalier.api.TrainingTarget;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that nobody here knows is found, used, kept and, where it is broken, named. */
class OpennessTest {
  private static final String TEXT =
      "pipeline(estimator=shifted(by=2, inner=lump(variance=0.5, target=partly(share=0.25))),"
          + " sampler=leap(steps=12), seed=7)";
  private static final Samples ROWS = Samples.of(2, new double[] {1, 2, 3, 5, 4, 4, 0, 1});

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path jar;
  private Path plugins;

  @BeforeAll
  static void build() {
    jar = OutsideJar.stranger(shared.resolve("stranger.jar"));
  }

  @BeforeEach
  void place() throws IOException {
    plugins = Files.createDirectory(folder.resolve("plugins"));
    Files.copy(jar, plugins.resolve("stranger.jar"));
  }

  private static Object made(Catalogue catalogue, String name, Object... arguments)
      throws ReflectiveOperationException {
    return catalogue.require(name).settings().getConstructors()[0].newInstance(arguments);
  }

  @Test
  void aJarOnTheClassPathIsFound() throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader())) {
      Catalogue catalogue = Catalogue.discover(loader);
      assertEquals(jar.toString(), catalogue.origin("lump").location());
      assertEquals(TEXT, Pipeline.parse(TEXT, catalogue).toString());
    }
  }

  @Test
  void aJarInAFolderOfPluginsIsFound() {
    Catalogue catalogue = Catalogue.discover(plugins);
    assertEquals(
        new Origin(
            "stranger.StrangerPlugin", plugins.resolve("stranger.jar").toString(), "unversioned"),
        catalogue.origin("shifted"));
    assertTrue(catalogue.find("denoising").isPresent());
  }

  @Test
  void expressionBuilderAndGuiceGiveTheSameTextAndTheSameBytes()
      throws ReflectiveOperationException {
    Catalogue catalogue = Catalogue.discover(plugins);
    Pipeline read = Pipeline.parse(TEXT, catalogue);
    TrainingTarget target = (TrainingTarget) made(catalogue, "partly", 0.25);
    ScoreEstimator lump = (ScoreEstimator) made(catalogue, "lump", 0.5, target);
    ScoreEstimator estimator = ((Structure) made(catalogue, "shifted", 2.0)).around(lump);
    Sampler sampler = (Sampler) made(catalogue, "leap", 12);
    Pipeline built =
        Pipeline.builder()
            .catalogue(catalogue)
            .estimator(estimator)
            .sampler(sampler)
            .seed(7)
            .build();
    Pipeline injected =
        Guice.createInjector(
                Stage.PRODUCTION,
                new EspalierModule(catalogue),
                PipelineModule.of(
                    parts -> {
                      parts.bind(ScoreEstimator.class).toInstance(estimator);
                      OptionalBinder.newOptionalBinder(parts, Sampler.class)
                          .setBinding()
                          .toInstance(sampler);
                      OptionalBinder.newOptionalBinder(parts, Key.get(Long.class, Seed.class))
                          .setBinding()
                          .toInstance(7L);
                    }))
            .getInstance(Pipeline.class);
    assertEquals(TEXT, read.toString());
    assertEquals(TEXT, built.toString());
    assertEquals(TEXT, injected.toString());
    assertEquals(read, built);
    assertEquals(read, injected);
    Samples drawn = read.fit(ROWS).draw(50);
    assertEquals(drawn, built.fit(ROWS).draw(50));
    assertEquals(drawn, injected.fit(ROWS).draw(50));
    double mean = 0;
    for (int i = 0; i < 50; i++) {
      mean += drawn.get(i, 0) / 50;
    }
    assertEquals(2 + 0.25 * (2 - 2), mean, 0.5, "the target and the shift took part");
  }

  @Test
  void aModelOfTheirPartsIsSavedAndLoaded() throws IOException {
    Catalogue catalogue = Catalogue.discover(plugins);
    Fitted fitted = Pipeline.parse(TEXT, catalogue).fit(ROWS);
    Path file = folder.resolve("model.esp");
    ModelFile.write(file, fitted);
    Fitted loaded = ModelFile.read(file, Catalogue.discover(plugins)).fitted();
    assertEquals(TEXT, loaded.toString());
    assertEquals(fitted.provenance(), loaded.provenance());
    assertEquals(fitted.draw(50), loaded.draw(50));
    Path again = folder.resolve("again.esp");
    ModelFile.write(again, loaded);
    assertEquals(-1, Files.mismatch(file, again));
  }

  @Test
  void aModelWhosePluginIsAbsentNamesIt() {
    Fitted fitted = Pipeline.parse(TEXT, Catalogue.discover(plugins)).fit(ROWS);
    Path file = folder.resolve("model.esp");
    ModelFile.write(file, fitted);
    InvalidDataException failure =
        assertThrows(
            InvalidDataException.class, () -> ModelFile.read(file, Catalogue.of(List.of())));
    Golden.check(
        "absent-plugin.txt", failure.getMessage().replace(folder.toString(), "FOLDER") + "\n");
  }

  @Test
  void brokenJarsAreNamed() throws IOException {
    String plugin =
        "public final class Odd implements Plugin { public List<Provider<?>> providers() {"
            + " return List.of(%s); } %s }";
    String denoising = "Provider.of(TrainingTarget.class, \"denoising\", Mine.class, \"Mine.\")";
    String mine =
        "public record Mine() implements TrainingTarget {"
            + " public void write(Batch batch, double[] out) {} }";
    StringBuilder all = new StringBuilder();
    all.append(failure("no such class", plugin.formatted("", ""), "broken.Odd\nbroken.Absent\n"));
    all.append(failure("not a class name", plugin.formatted("", ""), "# mine\nbroken Odd\n"));
    all.append(failure("not a plugin", "public final class Odd {}", "broken.Odd\n"));
    all.append(
        failure(
            "no public constructor",
            plugin.formatted("", "Odd(int size) { assert size > 0; }"),
            "broken.Odd\n"));
    all.append(
        failure(
            "throwing constructor",
            plugin.formatted("", "public Odd() { throw new IllegalStateException(\"no luck\"); }"),
            "\nbroken.Odd\n"));
    all.append(
        failure(
            "throwing providers",
            "public final class Odd implements Plugin { public List<Provider<?>> providers() {"
                + " throw new IllegalStateException(\"no luck\"); } }",
            "broken.Odd\n"));
    all.append(failure("name taken", plugin.formatted(denoising, mine), "broken.Odd\n"));
    all.append(
        failure(
            "improper provider",
            plugin.formatted(
                "Provider.of(TrainingTarget.class, \"My Own\", Mine.class, \"Mine.\")",
                "public record Mine(int share, @Setting(help = \"a map\") java.util.Map<String, String>"
                    + " names) implements TrainingTarget {"
                    + " public void write(Batch batch, double[] out) {} }"),
            "broken.Odd\n"));
    all.append(
        failure(
            "unusable settings",
            plugin.formatted(
                "Provider.of(TrainingTarget.class, \"mine\", Mine.class, \"Mine.\")",
                "public record Mine(@Setting(value = \"1.5\", help = \"a share\") int share,"
                    + " @Setting(value = \"far(away)\", help = \"fine\") TrainingTarget other,"
                    + " @Setting(value = \"[\", help = \"a list\") List<Double> all)"
                    + " implements TrainingTarget {"
                    + " public void write(Batch batch, double[] out) {} }"),
            "broken.Odd\n"));
    Files.copy(jar, plugins.resolve("odd.jar"), StandardCopyOption.REPLACE_EXISTING);
    all.append(failure("the same plugin twice", plugins));
    Files.writeString(plugins.resolve("odd.jar"), "no zip");
    all.append(failure("no jar at all", plugins));
    OutsideJar.build(plugins.resolve("odd.jar"), Map.of(), "");
    Files.delete(plugins.resolve("stranger.jar"));
    all.append(failure("no plugin", plugins));
    Files.delete(plugins.resolve("odd.jar"));
    all.append(failure("empty folder", plugins));
    Files.delete(plugins);
    all.append(failure("no folder", plugins));
    Files.writeString(plugins, "a file");
    all.append(failure("a file", plugins));
    Golden.check("broken-plugins.txt", all.toString());
  }

  private String failure(String title, String declaration, String services) {
    OutsideJar.odd(plugins.resolve("odd.jar"), declaration, services);
    return failure(title, plugins);
  }

  private String failure(String title, Path where) {
    InvalidDataException failure =
        assertThrows(InvalidDataException.class, () -> Catalogue.discover(where), title);
    String message =
        failure
            .getMessage()
            .replace(folder.toString(), "FOLDER")
            .replaceAll("from /\\S+/classes", "from CLASSES");
    return "== " + title + "\n" + message + "\n\n";
  }
}
