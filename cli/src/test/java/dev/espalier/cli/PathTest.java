package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows on their way, by {@code sample --path}. */
class PathTest {
  @TempDir private Path folder;
  private Path model;

  @BeforeEach
  void fit() {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> (0.37 * i % 5) + "," + (7 - 0.71 * i % 3) + (i % 3 == 0 ? ",a" : ",b"))
            .collect(Collectors.joining("\n", "x,row,kind\n", "\n"));
    Path table = Command.write(folder.resolve("rows.csv"), rows);
    model = folder.resolve("model.esp");
    String estimator = "stratified(by=kind, inner=gmm(components=1))";
    Command fit = Command.run("fit", table, "--estimator", estimator, "--out", model);
    assertEquals(0, fit.code(), fit.err());
  }

  private Command sample(Object... more) {
    Object[] all = new Object[more.length + 6];
    Object[] first = {"sample", model, "--rows", 30, "--first", 5};
    System.arraycopy(first, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return Command.run(all);
  }

  @Test
  void everyRowIsThereAtEveryStepWhateverTheBlocks() throws IOException {
    Path out = folder.resolve("out.csv");
    Path path = folder.resolve("path.csv");
    String sampler = "pc(steps=4)";
    Command run = sample("--sampler", sampler, "--block", 7, "--out", out, "--path", path);
    assertEquals(0, run.code(), run.err());
    List<String> lines = Files.readAllLines(path);
    assertEquals("(row),step,signal,noise,x,row", lines.get(0));
    assertEquals(1 + 30 * 5, lines.size());
    double before = 0;
    for (int i = 1; i < lines.size(); i++) {
      String[] cells = lines.get(i).split(",");
      int step = (i - 1) % 5;
      assertEquals(5 + (i - 1) / 5 + "," + step, cells[0] + "," + cells[1]);
      double noise = Double.parseDouble(cells[3]);
      assertTrue(step == 0 || noise < before, lines.get(i));
      before = noise;
    }
    assertTrue(lines.get(5).startsWith("5,4,1,0,"), lines.get(5));

    Path plain = folder.resolve("plain.csv");
    assertEquals(0, sample("--sampler", sampler, "--out", plain).code());
    assertArrayEquals(Command.bytes(plain), Command.bytes(out));
    Path again = folder.resolve("again.csv");
    sample("--sampler", sampler, "--threads", 3, "--out", plain, "--path", again);
    assertArrayEquals(Command.bytes(path), Command.bytes(again));
  }

  @Test
  void stepsGivenSomethingAreThoseOfTheGuidedRows() throws IOException {
    Path path = folder.resolve("path.csv");
    Path out = folder.resolve("out.csv");
    String[] given = {"--given", "kind=a, x>1", "--guidance", "matching()"};
    Command run =
        sample(
            "--sampler",
            "heun(steps=3)",
            "--out",
            out,
            "--path",
            path,
            given[0],
            given[1],
            given[2],
            given[3]);
    assertEquals(0, run.code(), run.err());
    assertEquals(1 + 30 * 4, Files.readAllLines(path).size());
  }

  @Test
  void aLawThatDrawsItselfHasNoPath() {
    Path path = folder.resolve("path.csv");
    Command run = sample("--out", folder.resolve("out.csv"), "--path", path);
    assertEquals(2, run.code());
    assertTrue(run.complaint().contains("need a sampler that walks down a grid"), run.err());
    assertFalse(Files.exists(path));
    assertFalse(Files.exists(folder.resolve("out.csv")));
    Command same = sample("--out", path, "--path", path);
    assertEquals(2, same.code(), same.err());
  }
}
