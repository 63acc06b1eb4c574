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

  private static final Map<String, Runnable> EXAMPLES =
      new TreeMap<>(
          Map.of(
              "FollowTheWeather", FollowTheWeather::main,
              "GivenSomeColumns", GivenSomeColumns::main,
              "LearnACurvedLaw", LearnACurvedLaw::main,
              "SamplersSideBySide", SamplersSideBySide::main,
              "ScoreOfAMixture", ScoreOfAMixture::main,
              "StreamALargeDraw", StreamALargeDraw::main,
              "SyntheticPenguins", () -> SyntheticPenguins.main("../data/penguins.csv"),
              "WiringWithGuice", WiringWithGuice::main,
              "WriteYourOwnPlugin", WriteYourOwnPlugin::main));

  static Set<String> examples() {
    return EXAMPLES.keySet();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void printsWhatItPrintedBefore(String name) {
    Golden.matchesWithin(1e-9, name + ".txt", Output.of(EXAMPLES.get(name)));
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
