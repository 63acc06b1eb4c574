package dev.espalier.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example prints what it printed before. */
class ExamplesGoldenTest {

  private static final Path SOURCES = Path.of("src/main/java/dev/espalier/examples");

  private static final String PENGUINS = "../data/penguins.csv";
  private static final String FIELDS = "../data/landsat7_nir_patches_8x8.csv";

  private static final String PICTURE = "target/penguins.svg";

  private static final Map<String, Runnable> EXAMPLES =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("CertifyYourSampler", CertifyYourSampler::main),
              Map.entry("EnsembleOfAField", () -> EnsembleOfAField.main(FIELDS)),
              Map.entry("FillTheBlanks", () -> FillTheBlanks.main(PENGUINS)),
              Map.entry("FollowTheWeather", FollowTheWeather::main),
              Map.entry("GivenSomeColumns", GivenSomeColumns::main),
              Map.entry("LearnACurvedLaw", LearnACurvedLaw::main),
              Map.entry("PictureOfPenguins", () -> PictureOfPenguins.main(PENGUINS, PICTURE)),
              Map.entry("RegenerateFromARecipe", () -> RegenerateFromARecipe.main(PENGUINS)),
              Map.entry("SamplersSideBySide", SamplersSideBySide::main),
              Map.entry("ScoreOfAMixture", ScoreOfAMixture::main),
              Map.entry("StreamALargeDraw", StreamALargeDraw::main),
              Map.entry("StressOneFactor", StressOneFactor::main),
              Map.entry("SyntheticPenguins", () -> SyntheticPenguins.main(PENGUINS)),
              Map.entry("TribuoOnDrawnRows", () -> TribuoOnDrawnRows.main(PENGUINS)),
              Map.entry("WhichStructure", WhichStructure::main),
              Map.entry("WiringWithGuice", WiringWithGuice::main),
              Map.entry("WriteYourOwnEstimator", WriteYourOwnEstimator::main),
              Map.entry("WriteYourOwnPlugin", WriteYourOwnPlugin::main)));

  static Set<String> examples() {
    return EXAMPLES.keySet();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatItPrintedBefore(String name) {
    Golden.matchesWithin(1e-9, name + ".txt", Output.of(EXAMPLES.get(name)));
  }

  @Test
  void thePictureOfTheFirstPageIsTheOneDrawn() throws IOException {
    PictureOfPenguins.main(PENGUINS, PICTURE);
    assertEquals(
        Output.unix(Files.readString(Path.of("../../docs/pictures/penguins.svg"))),
        Files.readString(Path.of(PICTURE)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void isShort(String name) throws IOException {
    int lines = Files.readAllLines(SOURCES.resolve(name + ".java")).size();
    assertTrue(lines <= 85, "need at most 85 lines, got " + lines);
  }

  @Test
  void noExampleIsLeftOut() throws IOException {
    try (Stream<Path> files = Files.list(SOURCES)) {
      assertEquals(
          examples(),
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> !name.equals("package-info"))
              .collect(Collectors.toCollection(TreeSet::new)));
    }
  }
}
