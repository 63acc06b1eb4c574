package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives one clear line and an exit code, or a sensible result with a note. */
class BadInputTest {

  @TempDir Path folder;

  private Command synthesize(String csv, Object... more) {
    Path file = Command.write(folder.resolve("in.csv"), csv);
    Object[] arguments =
        Stream.concat(
                Stream.of("synthesize", file, "--budget", 5, "--out", folder.resolve("out.csv")),
                Stream.of(more))
            .toArray();
    return Command.run(arguments);
  }

  /** Fails unless the run said one line with these words, left with the code, and wrote nothing. */
  private void refused(int code, String words, Command run) {
    assertEquals(code, run.code(), run.err());
    assertTrue(run.complaint().contains(words), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(folder.resolve("out.csv")));
    assertFalse(Files.exists(folder.resolve("out.esp")));
    assertEquals("", run.out());
  }

  private Command accepted(Command run) {
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(folder.resolve("out.csv")));
    return run;
  }

  @Test
  void anEmptyFile() {
    refused(3, "is empty", synthesize(""));
  }

  @Test
  void aHeaderWithoutRows() {
    refused(3, "has column names but no rows", synthesize("a,b\n"));
  }

  @Test
  void oneRow() {
    refused(3, "need at least 2 rows to learn from, got 1", synthesize("a,b\n1,2\n"));
  }

  @Test
  void noSuchFile() {
    refused(
        3,
        "nowhere.csv",
        Command.run(
            "synthesize", folder.resolve("nowhere.csv"), "--out", folder.resolve("out.csv")));
  }

  @Test
  void aRaggedRow() {
    refused(3, "line 3", synthesize("a,b\n1,2\n3\n"));
  }

  @Test
  void aConstantAndAnEmptyColumn() throws IOException {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(i -> i * 0.25 + ",same,," + (i % 2 == 0 ? "x" : "y"))
            .collect(Collectors.joining("\n"));
    Command run = accepted(synthesize("a,b,c,d\n" + rows + "\n", "--rows", 10));
    for (String line : Files.readAllLines(folder.resolve("out.csv")).subList(1, 11)) {
      assertTrue(line.matches("[0-9.]+,same,,[xy]"), line);
    }
    assertTrue(run.err().contains("note: "), run.err());
  }

  @Test
  void aCategoryOfTwoRows() {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> i % 7 * 0.5 + "," + (i < 2 ? "rare" : i % 2 == 0 ? "x" : "y"))
            .collect(Collectors.joining("\n"));
    accepted(synthesize("a,kind\n" + rows + "\n"));
    accepted(
        synthesize(
            "a,kind\n" + rows + "\n", "--estimator", "stratified(by=kind, inner=gmm(1..3))"));
  }

  @Test
  void tenThousandCategories() {
    String rows =
        IntStream.range(0, 20_000)
            .mapToObj(i -> i % 17 + ".5,word" + i % 10_000)
            .collect(Collectors.joining("\n"));
    refused(
        3,
        "categories",
        synthesize(
            "a,kind\n" + rows + "\n", "--estimator", "stratified(by=kind, inner=gaussian())"));
  }

  @Test
  void notANumberAndInfinity() {
    String rows =
        IntStream.range(0, 40)
            .mapToObj(i -> i == 7 ? "Infinity,1.5" : i == 9 ? "NaN,2.5" : i + ".25," + i % 5 + ".5")
            .collect(Collectors.joining("\n"));
    Command run = synthesize("a,b\n" + rows + "\n", "--estimator", "gaussian");
    assertEquals(3, run.code(), run.err());
    assertTrue(run.complaint().contains("Infinity"), run.err());
  }

  @Test
  void twoHundredColumnsOfFiftyRows() {
    Random random = new Random(5);
    String header = IntStream.range(0, 200).mapToObj(j -> "c" + j).collect(Collectors.joining(","));
    String rows =
        IntStream.range(0, 50)
            .mapToObj(
                i ->
                    IntStream.range(0, 200)
                        .mapToObj(j -> String.format("%.3f", random.nextGaussian()))
                        .collect(Collectors.joining(",")))
            .collect(Collectors.joining("\n"));
    accepted(synthesize(header + "\n" + rows + "\n", "--estimator", "gaussian", "--rows", 20));
  }

  @Test
  void anOutputThatCannotBeWritten() {
    Path file = Command.write(folder.resolve("file"), "");
    Command run =
        Command.run(
            "synthesize",
            Command.PENGUINS,
            "--estimator",
            "gaussian",
            "--out",
            file.resolve("out.csv"));
    assertEquals(3, run.code(), run.err());
    assertTrue(run.complaint().contains("cannot write"), run.err());
  }

  @Test
  void anOutputThatIsAnInputOrCannotBeWrittenIsRefusedBeforeTheWork() {
    Path file = Command.write(folder.resolve("in.csv"), "a,b\n1,2\n3,5\n4,4\n");
    byte[] before = Command.bytes(file);
    Path missing = folder.resolve("missing").resolve("rows.csv");
    for (Path target :
        List.of(file, folder.resolve("x").resolve("..").resolve("in.csv"), missing)) {
      String words = target.equals(missing) ? "make it first" : "need another file to write";
      for (String command : List.of("synthesize", "fit")) {
        Command run = Command.run(with(gaussian(command, file), "--out", target));
        refused(target.equals(missing) ? 3 : 2, words, run);
        assertFalse(run.err().contains("note: "), run.err());
      }
    }
    assertArrayEquals(before, Command.bytes(file));
    refused(
        2,
        "need different files for rows and model",
        Command.run(with(gaussian("synthesize", file), "--out", folder.resolve("both.esp"))));
    Path model = folder.resolve("model.esp");
    assertEquals(0, Command.run(with(gaussian("fit", file), "--out", model)).code());
    byte[] kept = Command.bytes(model);
    refused(
        2, "need another file to write", Command.run("sample", model, "--rows", 3, "--out", model));
    assertArrayEquals(kept, Command.bytes(model));
  }

  private static Object[] gaussian(String command, Path file) {
    return new Object[] {command, file, "--estimator", "gaussian"};
  }

  @Test
  void identifiersAndWordsOfSeveralLines() {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(
                i ->
                    "n"
                        + i
                        + ","
                        + (i % 2 == 0 ? "\"two\nlines\"" : "one")
                        + ","
                        + (i % 9 - 4.0 / 3))
            .collect(Collectors.joining("\n"));
    Command run = accepted(synthesize("name,k,a\n" + rows + "\n", "--estimator", "gaussian"));
    assertTrue(run.out().contains("two\\nlines"), run.out());
    assertTrue(run.out().contains(" ± "), run.out());
    List<String> notes = run.err().lines().toList();
    assertEquals(notes.stream().distinct().toList(), notes);
    Command evaluated =
        Command.run("evaluate", folder.resolve("in.csv"), folder.resolve("out.csv"), "--json");
    assertEquals(0, evaluated.code(), evaluated.err());
    assertEquals(2, CommonOptions.JSON.readTree(evaluated.out()).path("columns").size());
  }

  @Test
  void aTableOfTabs() throws IOException {
    String tabs = "a\tb\n1\t2\n3\t1\n4\t7\n";
    Object[] gaussian = {"--estimator", "gaussian", "--separator"};
    refused(2, "need one character or 'tab'", synthesize(tabs, with(gaussian, "two")));
    accepted(synthesize(tabs, with(gaussian, "tab")));
    Path out = folder.resolve("out.csv");
    byte[] drawn = Command.bytes(out);
    assertTrue(Files.readString(out).startsWith("a\tb\n"));
    assertEquals(2, Command.run("regenerate", out, "--seed", 3).code());
    assertEquals(0, Command.run("regenerate", out).code());
    assertArrayEquals(drawn, Command.bytes(out));
  }

  @Test
  void tablesThatDoNotCompare() {
    Path one = Command.write(folder.resolve("one.csv"), "a,b\n" + "1,2\n3,1\n2,2\n".repeat(4));
    Path other = Command.write(folder.resolve("other.csv"), "a,c\n1,2\n3,1\n");
    refused(3, "need a column 'b' in", Command.run("evaluate", one, other));
    refused(3, "need at least 10 rows", Command.run("evaluate", other, other));
  }

  @Test
  void aCandidateThatIsLeftOutIsNamedAsItIsTyped() {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> "xy".charAt(i * i % 7 % 2) + "")
            .collect(Collectors.joining("\n"));
    Command run = accepted(synthesize("k\n" + rows + "\n"));
    assertTrue(
        run.err().contains("note: left out stratified(by=k, inner=gaussian()): "), run.err());
  }

  @Test
  void rowsBeyondTheLastIndex() {
    Path model = folder.resolve("model.esp");
    Command.run(with(gaussian("fit", Command.PENGUINS), "--out", model));
    Object[] sample = {"sample", model, "--rows", 3, "--out", folder.resolve("out.csv")};
    refused(
        2, "need --first + --rows <=", Command.run(with(sample, "--first", Long.MAX_VALUE - 2)));
    assertEquals(0, Command.run(with(sample, "--first", Long.MAX_VALUE - 3)).code());
  }

  @Test
  @EnabledIf("hasFullDevice")
  void aFullDisk() {
    Command run =
        Command.run("fit", Command.PENGUINS, "--estimator", "gaussian", "--out", "/dev/full");
    assertEquals(3, run.code(), run.err());
    assertTrue(run.complaint().contains("cannot write '/dev/full'"), run.err());
  }

  static boolean hasFullDevice() {
    return Files.exists(Path.of("/dev/full"));
  }

  @Test
  void aTruncatedOrForeignModel() throws IOException {
    Path model = folder.resolve("model.esp");
    assertEquals(
        0, Command.run("fit", Command.PENGUINS, "--estimator", "gaussian", "--out", model).code());
    byte[] whole = Command.bytes(model);
    Files.write(model, Arrays.copyOf(whole, whole.length / 2));
    Object[] sample = {"sample", model, "--rows", 3, "--out", folder.resolve("out.csv")};
    refused(3, "model.esp", Command.run(sample));
    Files.write(model, Command.bytes(Command.PENGUINS));
    refused(3, "model.esp", Command.run(sample));
  }

  @Test
  void anUnknownNameAKeyAndANumberOutOfRange() {
    Object[] fit = {"synthesize", Command.PENGUINS, "--out", folder.resolve("out.csv")};
    refused(2, "did you mean 'gmm'?", Command.run(with(fit, "--estimator", "gmn()")));
    refused(2, "'components'", Command.run(with(fit, "--estimator", "gmm(component=3)")));
    refused(2, "need components >= 1", Command.run(with(fit, "--estimator", "gmm(0)")));
    refused(2, "need --rows >= 0", Command.run(with(fit, "--estimator", "gaussian", "--rows", -1)));
    refused(2, "need a whole number from", Command.run(with(fit, "--rows", "1e3")));
    refused(2, "need a whole number from", Command.run(with(fit, "--rows", "3000000000")));
    refused(
        3,
        "need a column 'colour' to stratify by",
        Command.run(with(fit, "--estimator", "stratified(by=colour, inner=gmm())")));
    refused(2, "synthesise", Command.run("synthesise", Command.PENGUINS));
    refused(2, "need a command", Command.run());
  }

  private static Object[] with(Object[] some, Object... more) {
    return Stream.concat(Stream.of(some), Stream.of(more)).toArray();
  }

  @Test
  void aFolderOfPluginsThatIsNotThere() {
    refused(3, "nowhere", Command.run("plugins", "--plugins", folder.resolve("nowhere")));
  }

  @Test
  void anExperimentThatDoesNotExist() {
    refused(2, "mixture-rate", Command.run("experiment", "mixture-rat"));
  }
}
