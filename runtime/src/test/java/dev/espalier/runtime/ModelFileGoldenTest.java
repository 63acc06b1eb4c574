package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.api.Reader;
import dev.espalier.api.Writer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of every format that was ever written open for ever, with the values they had. */
class ModelFileGoldenTest {
  private static final Path FORMAT_1 = Path.of("src/test/resources/golden/format-1.esp");
  private static final Catalogue CATALOGUE = Catalogue.of(List.of(new KeptFakes()));
  private static final String DATA =
      "4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a";

  private static Fitted model() {
    Pipeline pipeline =
        Pipeline.parse(
            "pipeline(moved(by=1.5, inner=point(scale=0.1)), sampler=still(scale=0.5), seed=7)",
            CATALOGUE);
    return new Fitted(
        pipeline,
        new KeptFakes.MovedScore(
            1.5,
            new KeptFakes.PointScore(
                List.of(0.1, -0.0, Double.MIN_VALUE, -Double.MAX_VALUE), "words, ü, \"𝄞\"\n")),
        new Provenance(
            pipeline.expression(),
            7,
            DATA,
            123_456_789_012L,
            4,
            "0.1.0",
            List.of("a.Plugin 1", "b.Plugin 2"),
            List.of("Columns[values={0=1.5}]")),
        List.of("a variance floor acted", "two\nlines"));
  }

  private static void attach(Writer out) {
    out.text("schema", "{}");
    out.tensor("edges", new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    out.tensor("none", new double[0], 0, 2);
  }

  @Test
  void aFileOfFormat1Opens() {
    ModelFile read = ModelFile.read(FORMAT_1, CATALOGUE);
    Fitted fitted = read.fitted();
    assertEquals(model().score(), fitted.score());
    assertEquals(
        "pipeline(estimator=moved(by=1.5, inner=point(scale=0.1)), sampler=still(scale=0.5),"
            + " seed=7)",
        fitted.pipeline().expression());
    assertEquals(model().provenance(), fitted.provenance());
    assertEquals(List.of("a variance floor acted", "two\nlines"), fitted.notes());
    Reader attachment = read.attachment().orElseThrow();
    assertEquals("{}", attachment.text("schema"));
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, attachment.tensor("edges", 2, 3));
    assertArrayEquals(new double[0], attachment.tensor("none", Reader.ANY, 2));
    assertEquals(
        "sha256:88ca09ef673d75c4cf885af0b0ab345989cc3be4162f70a6e3daeefd1860e046",
        read.digest().text());
  }

  @Test
  void format1IsWrittenByteForByte(@TempDir Path folder) throws IOException {
    if (Boolean.getBoolean("golden.update") && Files.notExists(FORMAT_1)) {
      ModelFile.write(FORMAT_1, model(), ModelFileGoldenTest::attach);
    }
    Path written = folder.resolve("a.esp");
    ModelFile.write(written, model(), ModelFileGoldenTest::attach);
    assertArrayEquals(Files.readAllBytes(FORMAT_1), Files.readAllBytes(written));
  }
}
