package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Reader;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  private static final Catalogue ALL = KeptFakes.catalogue();

  @TempDir Path folder;

  private static Fitted fitted(String estimator) {
    return Pipeline.parse("pipeline(" + estimator + ", seed=-3)", ALL)
        .fit(Samples.of(new double[][] {{0.1, 2}, {0.3, -4}, {0.7, 1e-300}}));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static void attach(Writer out) {
    out.text("schema", "{\"columns\": [\"a\", \"b\"]}");
    out.tensor("edges", new double[] {1, 2, 3, 4, 5, 6}, 3, 2);
    out.part("other", new KeptFakes.PointScore(List.of(-0.0), "none"));
  }

  private String refused(Path path) {
    return assertThrows(InvalidDataException.class, () -> ModelFile.read(path, ALL)).getMessage();
  }

  /** The model file with its words and numbers changed. */
  private Path changed(
      Consumer<Map<String, String>> texts, Consumer<Map<String, double[]>> tensors) {
    Path path = file("a.esp");
    ModelFile.write(path, fitted("moved(by=2, inner=point())"), ModelFileTest::attach);
    TensorFile before = TensorFile.read(path, words -> {}).file();
    Map<String, String> words = new LinkedHashMap<>(before.texts());
    Map<String, double[]> numbers = new LinkedHashMap<>();
    before.tensors().forEach((name, tensor) -> numbers.put(name, tensor.values()));
    texts.accept(words);
    tensors.accept(numbers);
    TensorFile.Builder builder = new TensorFile.Builder();
    words.forEach(builder::text);
    numbers.forEach(
        (name, values) -> {
          TensorFile.Tensor old = before.tensors().get(name);
          builder.tensor(name, values, old == null ? new long[] {values.length} : old.shape());
        });
    OutputFile.write(path, builder.build()::write);
    return path;
  }

  private Path changedText(String key, String value) {
    return changed(texts -> texts.put(key, value), tensors -> {});
  }

  private Path without(String key) {
    return changed(texts -> texts.remove(key), tensors -> tensors.remove(key));
  }

  private Path withTensor(String key) {
    return changed(texts -> {}, tensors -> tensors.put(key, new double[] {1}));
  }

  @Test
  void aModelThatWasReadIsTheSameAndWritesTheSameBytes() throws IOException {
    Fitted model = fitted("moved(by=-0.1, inner=moved(by=5, inner=point(3)))");
    Digest digest = ModelFile.write(file("a.esp"), model, ModelFileTest::attach);
    ModelFile read = ModelFile.read(file("a.esp"), ALL);
    assertEquals(model.score(), read.fitted().score());
    assertEquals(model.pipeline(), read.fitted().pipeline());
    assertEquals(model.provenance(), read.fitted().provenance());
    assertEquals(model.notes(), read.fitted().notes());
    assertEquals(digest, read.digest());
    assertEquals(Digest.of(file("a.esp")), digest);
    Reader attachment = read.attachment().orElseThrow();
    Consumer<Writer> again =
        out -> {
          out.text("schema", attachment.text("schema"));
          out.tensor("edges", attachment.tensor("edges", 3, 2), attachment.shape("edges"));
          out.part("other", attachment.part("other"));
        };
    ModelFile.write(file("b.esp"), read.fitted(), again);
    assertArrayEquals(Files.readAllBytes(file("a.esp")), Files.readAllBytes(file("b.esp")));
  }

  @Test
  void whatWasReadDrawsTheSameRows() {
    Fitted model = fitted("point(scale=0.1)");
    ModelFile.write(file("a.esp"), model);
    ModelFile read = ModelFile.read(file("a.esp"), ALL);
    assertEquals(model.draw(100), read.fitted().draw(100));
    assertTrue(read.attachment().isEmpty());
  }

  @Test
  void notesOfTheFitAreKeptThoughTheScoreForgetsThem() {
    Fitted model = fitted("point()");
    Fitted noted =
        new Fitted(model.pipeline(), model.score(), model.provenance(), List.of("a floor acted"));
    ModelFile.write(file("a.esp"), noted);
    assertEquals(List.of("a floor acted"), ModelFile.read(file("a.esp"), ALL).fitted().notes());
  }

  @Test
  void numbersAreNamedByTheirPath() {
    ModelFile.write(file("a.esp"), fitted("moved(1, point())"), ModelFileTest::attach);
    ModelFile read = ModelFile.read(file("a.esp"), ALL);
    assertEquals(
        "{score.by=[], score.inner.mean=[2], attachment.edges=[3, 2], attachment.other.mean=[1]}",
        read.shapes().toString());
    Map<String, String> texts = TensorFile.read(file("a.esp"), words -> {}).file().texts();
    assertEquals("1", texts.get("espalier.format"));
    assertEquals(
        "pipeline(estimator=moved(by=1, inner=point(scale=1)), sampler=direct(block=64),"
            + " seed=-3)",
        texts.get("espalier.pipeline"));
    assertEquals("point", texts.get("score.inner:provider"));
    assertEquals("from 3 rows", texts.get("score.inner.words"));
  }

  @Test
  void aMissingPluginIsNamedBeforeAnythingIsBuilt() {
    ModelFile.write(file("a.esp"), fitted("point()"));
    Catalogue few = Fakes.catalogue();
    String message =
        assertThrows(InvalidDataException.class, () -> ModelFile.read(file("a.esp"), few))
            .getMessage();
    assertEquals(
        "the model needs a plugin that provides 'point'; the class path has [auto, bylabel, chain,"
            + " denoising, direct, edges, grid, many, moments, near, pipeline, plain, reach, ring]. Add the plugin's jar to open '"
            + file("a.esp")
            + "'",
        message);
    assertTrue(
        refused(
                changed(
                    texts -> {
                      texts.put("score:provider", "zebra");
                      texts.put("score.inner:provider", "apple");
                    },
                    tensors -> tensors.remove("score.by")))
            .startsWith("the model needs a plugin that provides 'apple' and one that provides"));
  }

  @Test
  void aPluginThatOnlyThePipelineNeedsIsNamed() {
    String message = refused(changedText("espalier.pipeline", "pipeline(nothere(), seed=1)"));
    assertTrue(message.startsWith("the model needs a plugin that is not there: "), message);
    assertTrue(message.contains("'nothere'") && message.contains("'" + file("a.esp")), message);
    message = refused(changedText("espalier.pipeline", "pipeline(point(size=3))"));
    assertTrue(message.contains("no key 'size'"), message);
    message = refused(changedText("espalier.pipeline", "point()"));
    assertTrue(message.startsWith("the pipeline of "), message);
  }

  @Test
  void aNewerFormatIsRefusedAndAnOlderOneThatNeverWasToo() {
    assertEquals(
        "'"
            + file("a.esp")
            + "' is a model file of format 2, newer than the 1 that this program reads; use a newer"
            + " Espalier",
        refused(changedText("espalier.format", "2")));
    assertTrue(refused(changedText("espalier.format", "9" + "0".repeat(17))).contains("newer"));
    assertTrue(refused(changedText("espalier.format", "0")).contains("need a whole number from 1"));
    assertTrue(refused(changedText("espalier.format", "1.0")).contains("got '1.0'"));
    assertTrue(refused(without("espalier.format")).contains("no model file"));
  }

  @Test
  void aNewerFormatIsRefusedBeforeItsNumbersAreRead() throws IOException {
    String header =
        "{\"__metadata__\":{\"espalier.format\":\"7\"},\"t\":{\"dtype\":\"F8_E4M3\"}}      ";
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 + json.length];
    bytes[0] = (byte) json.length;
    System.arraycopy(json, 0, bytes, 8, json.length);
    Files.write(file("new.esp"), bytes);
    assertTrue(refused(file("new.esp")).contains("of format 7, newer"));
  }

  @Test
  void keysThatAnotherVersionAddedArePassedOver() {
    ModelFile read = ModelFile.read(changedText("espalier.colour", "green"), ALL);
    assertEquals(-3, read.fitted().provenance().seed());
  }

  @Test
  void damagedTreesAreRefused() {
    assertTrue(refused(without("espalier.data")).contains("no 'espalier.data'"));
    assertTrue(refused(changedText("espalier.data", "12")).contains("64 hexadecimal digits"));
    assertTrue(refused(changedText("espalier.rows", "-1")).contains("'espalier.rows', got '-1'"));
    assertTrue(refused(changedText("espalier.columns", "3")).contains("need a score of 3 columns"));
    assertTrue(refused(changedText("espalier.seed", "9223372036854775808")).contains("to 922"));
    assertTrue(refused(changedText("stray", "")).contains("'stray' belongs to no part"));
    assertTrue(refused(changedText("score.none.words", "")).contains("belongs to no part"));
    assertTrue(refused(changedText("score.Words", "")).contains("need a name of letters"));
    assertTrue(refused(changedText("score.", "")).contains("need a name of letters"));
    assertTrue(refused(changedText("score..words", "")).contains("belongs to no part"));
    assertTrue(refused(changedText(":provider", "point")).contains("belongs to no part"));
    assertTrue(refused(changedText("score.by", "")).contains("'score.by' is there twice"));
    assertTrue(refused(changedText("score.by:provider", "point")).contains("is there twice"));
    assertTrue(refused(changedText("score:provider", "No Name")).contains("got 'No Name'"));
    assertTrue(refused(withTensor("loose")).contains("'loose' belongs to no part"));
    assertTrue(refused(withTensor("score.inner")).contains("'score.inner' is there twice"));
    assertTrue(refused(without("score:provider")).contains("names no provider of 'score'"));
    assertTrue(refused(without("score.inner:provider")).contains("belongs to no part"));
    assertTrue(refused(without("score.by")).contains("need numbers 'score.by'"));
    assertTrue(refused(without("score.inner.words")).contains("need words 'score.inner.words'"));
  }

  @Test
  void aFileOfAttachmentsAloneIsRefused() {
    Path path =
        changed(
            texts -> texts.keySet().removeIf(key -> key.startsWith("score")),
            tensors -> tensors.keySet().removeIf(key -> key.startsWith("score")));
    assertTrue(refused(path).endsWith("is damaged: it has no score"));
  }

  @Test
  void partsNestedTooDeepAreRefused() {
    Path path =
        changed(
            texts -> {
              String part = "score.inner";
              for (int depth = 0; depth < 40; depth++) {
                part += ".inner";
                texts.put(part + ":provider", "moved");
              }
            },
            tensors -> {});
    assertTrue(refused(path).contains("nested at most 32 deep"));
  }

  @Test
  void partsAsDeepAsMayBeAreRead() {
    Score score = new KeptFakes.PointScore(List.of(1.0, 2.0), "");
    for (int depth = 1; depth < PartName.DEEPEST; depth++) {
      score = new KeptFakes.MovedScore(depth, score);
    }
    Fitted model = fitted("point()");
    Fitted deep = new Fitted(model.pipeline(), score, model.provenance());
    ModelFile.write(file("a.esp"), deep);
    assertEquals(score, ModelFile.read(file("a.esp"), ALL).fitted().score());
    Score deeper = new KeptFakes.MovedScore(0, score);
    assertTrue(unkept(deeper).contains("nested at most 32 deep"));
  }

  private String unkept(Score score) {
    Fitted model = fitted("point()");
    Fitted other = new Fitted(model.pipeline(), score, model.provenance());
    Path path = file("never.esp");
    String message =
        assertThrows(IllegalArgumentException.class, () -> ModelFile.write(path, other))
            .getMessage();
    assertTrue(Files.notExists(path));
    return message;
  }

  /** Writes what it is told to. */
  private static final class Told implements Score, Stored {
    private static final long serialVersionUID = 1;

    private final String provider;
    private final transient Consumer<Writer> words;

    Told(String provider, Consumer<Writer> words) {
      this.provider = provider;
      this.words = words;
    }

    @Override
    public int columns() {
      return 2;
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      System.arraycopy(x, 0, out, 0, x.length);
    }

    @Override
    public String provider() {
      return provider;
    }

    @Override
    public void write(Writer out) {
      words.accept(out);
    }
  }

  @Test
  void scoresThatCannotBeKeptAreRefusedAndNoFileIsWritten() throws IOException {
    assertTrue(unkept(Fakes.mute(2)).contains("it must have the ability Stored"));
    Score outer = new KeptFakes.MovedScore(1, Fakes.mute(2));
    assertTrue(unkept(outer).contains("as 'score.inner', got"));
    assertTrue(unkept(new Told("Point", out -> {})).contains("need a provider's name"));
    assertTrue(unkept(new Told("point", out -> out.text("A", ""))).contains("got 'A'"));
    assertTrue(unkept(new Told("point", out -> out.text("a.b", ""))).contains("got 'a.b'"));
    assertTrue(unkept(new Told("point", out -> out.number("x", 1 / 0.0))).contains("finite"));
    Consumer<Writer> twice =
        out -> {
          out.number("x", 1);
          out.text("x", "");
        };
    assertTrue(unkept(new Told("point", twice)).contains("got 'x' again"));
    Score[] itself = new Score[1];
    itself[0] =
        new Told("point", out -> out.part("inner", new Told("point", o -> o.part("x", itself[0]))));
    assertTrue(unkept(itself[0]).contains("'score.inner.x' is a part of itself"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(0, files.count());
    }
  }

  @Test
  void aPipelineOfUnknownPartsIsRefused() {
    Pipeline pipeline =
        Pipeline.builder()
            .catalogue(ALL)
            .estimator(request -> new KeptFakes.PointScore(List.of(1.0), ""))
            .build();
    Fitted model = pipeline.fit(Samples.of(1, new double[] {1}));
    assertThrows(IllegalArgumentException.class, () -> ModelFile.write(file("a.esp"), model));
    assertTrue(Files.notExists(file("a.esp")));
  }

  @Test
  void readersNameWhatIsMissingOrMisshapen() {
    ModelFile.write(file("a.esp"), fitted("point()"), ModelFileTest::attach);
    Reader in = ModelFile.read(file("a.esp"), ALL).attachment().orElseThrow();
    assertEquals(
        "need numbers of shape [any, 3] in 'attachment.edges' of '"
            + file("a.esp")
            + "', got [3, 2]",
        assertThrows(InvalidDataException.class, () -> in.tensor("edges", Reader.ANY, 3))
            .getMessage());
    assertEquals(
        "need words 'attachment.edges' in '" + file("a.esp") + "', got [schema]",
        assertThrows(InvalidDataException.class, () -> in.text("edges")).getMessage());
    assertThrows(InvalidDataException.class, () -> in.tensor("edges"));
    assertThrows(InvalidDataException.class, () -> in.tensor("schema"));
    assertThrows(InvalidDataException.class, () -> in.shape("other"));
    assertThrows(InvalidDataException.class, () -> in.part("edges"));
    assertTrue(in.has("edges") && in.has("schema") && in.has("other") && !in.has("none"));
    in.tensor("edges", 3, 2)[0] = 99;
    assertEquals(1, in.tensor("edges", 3, 2)[0]);
  }

  @Test
  void aPartThatItsProviderRefusesIsNamed() {
    Catalogue strict = Catalogue.of(List.of(new Fakes(), new KeptFakes(), new Strict()));
    Fitted model = fitted("point()");
    Fitted odd = new Fitted(model.pipeline(), new Told("strict", out -> {}), model.provenance());
    ModelFile.write(file("a.esp"), odd);
    String message =
        assertThrows(InvalidDataException.class, () -> ModelFile.read(file("a.esp"), strict))
            .getMessage();
    assertEquals(
        "'" + file("a.esp") + "' is damaged: 'strict' cannot restore 'score': need weight > 0",
        message);
    assertTrue(refused(file("a.esp")).contains("provides 'strict'"));
    Fitted none = new Fitted(model.pipeline(), new Told("direct", out -> {}), model.provenance());
    ModelFile.write(file("a.esp"), none);
    assertTrue(refused(file("a.esp")).contains("'direct' stores no fitted score"));
  }

  /** Has a provider that refuses all that it reads. */
  private static final class Strict implements Plugin {
    @Override
    public List<Provider<?>> providers() {
      return List.of(
          Provider.of(
              ScoreEstimator.class,
              "strict",
              KeptFakes.Point.class,
              "Refuses.",
              in -> {
                throw new IllegalArgumentException("need weight > 0");
              }));
    }
  }

  /** Mutates a model 10,000 times: only the documented error, whatever the bytes. */
  @Test
  @Tag("slow")
  void mutatedModelsAreReadOrRefused() throws IOException {
    Random random = new Random("ModelFileTest.mutatedModelsAreReadOrRefused".hashCode());
    ModelFile.write(file("a.esp"), fitted("moved(1, point())"), ModelFileTest::attach);
    byte[] good = Files.readAllBytes(file("a.esp"));
    int refused = 0;
    for (int round = 0; round < 10_000; round++) {
      byte[] bytes = TensorFileTest.mutated(good, random);
      try {
        TensorFile.Loaded loaded =
            TensorFile.read(
                "it",
                new ByteArrayInputStream(bytes),
                bytes.length,
                words -> ModelMetadata.checkFormat("it", words));
        assertEquals(Digest.of(bytes), ModelFile.read("it", loaded, ALL).digest());
      } catch (InvalidDataException e) {
        refused++;
      }
    }
    assertTrue(refused > 5_000 && refused < 9_990, "refused " + refused);
  }

  @Test
  void aFullDiskLeavesTheOldModel() throws IOException {
    Path path = file("a.esp");
    ModelFile.write(path, fitted("point()"));
    byte[] before = Files.readAllBytes(path);
    Fitted model = fitted("moved(1, point())");
    assertThrows(InvalidDataException.class, () -> ModelFile.write(path.resolve("b.esp"), model));
    assertThrows(InvalidDataException.class, () -> ModelFile.write(folder, model));
    assertArrayEquals(before, Files.readAllBytes(path));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(path), files.toList());
    }
  }

  @Test
  void theWholeFileIsChecked() throws IOException {
    ModelFile.write(file("a.esp"), fitted("point()"), ModelFileTest::attach);
    byte[] bytes = Files.readAllBytes(file("a.esp"));
    for (int length = 0; length < bytes.length; length += 1 + length / 64) {
      Files.write(file("b.esp"), Arrays.copyOf(bytes, length));
      refused(file("b.esp"));
    }
    ByteArrayOutputStream longer = new ByteArrayOutputStream();
    longer.write(bytes);
    longer.write(bytes);
    Files.write(file("b.esp"), longer.toByteArray());
    assertTrue(refused(file("b.esp")).contains("bytes too many"));
  }
}
