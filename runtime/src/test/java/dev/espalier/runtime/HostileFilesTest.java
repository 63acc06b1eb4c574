package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import dev.espalier.testkit.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/**
 * Damaged and hostile inputs of every reader: each is read, or refused with the one error that is
 * documented, and takes no more memory than its length allows.
 */
@Tag("hostile")
class HostileFilesTest {

  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final Catalogue ALL = Catalogue.discover();

  private static void readModel(byte[] bytes) throws IOException {
    try {
      TensorFile.Loaded loaded =
          TensorFile.read(
              "'it'",
              new ByteArrayInputStream(bytes),
              bytes.length,
              words -> ModelMetadata.checkFormat("'it'", words));
      ModelFile.read("'it'", loaded, ALL);
    } catch (InvalidDataException refusal) {
      assertTrue(refusal.getMessage().contains("'it'"), refusal.getMessage());
    }
  }

  @Test
  void modelFilesAreReadOrRefused(TestInfo test) {
    Mutations.of(test, CORPUS.resolve("models"))
        .words("{", "}", "[", "\"", ",", "__metadata__", "score.inner", ":provider", "F32", "I64")
        .check(1 << 20, 100, HostileFilesTest::readModel);
  }

  /** The length before the header is right here, so that mistakes lie deeper. */
  @Test
  void headersOfModelFilesAreReadOrRefused(TestInfo test) throws IOException {
    byte[] whole = Files.readAllBytes(CORPUS.resolve("models/stratified.esp"));
    int length = (int) ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).getLong();
    byte[] header = Arrays.copyOfRange(whole, Long.BYTES, Long.BYTES + length);
    byte[] numbers = Arrays.copyOfRange(whole, Long.BYTES + length, whole.length);
    Mutations.of(test, List.of(header))
        .words("{", "}", "[", "]", "\"", "\\u0000", ",", "__metadata__", "gmm", "stratified")
        .check(
            1 << 20,
            100,
            input ->
                readModel(
                    ByteBuffer.allocate(Long.BYTES + input.length + numbers.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(input.length)
                        .put(input)
                        .put(numbers)
                        .array()));
  }

  @Test
  void expressionsAreReadOrRefused(TestInfo test) {
    Expressions expressions = new Expressions(ALL);
    List<Class<?>> roles =
        List.of(Pipeline.class, ScoreEstimator.class, Structure.class, Graph.class);
    Mutations.of(test, CORPUS.resolve("expressions"))
        .words("(", ")", "[", "]", "=", ",", "\"", "inner=", "gmm", "1..2", "auto", "pipeline(")
        .check(
            1 << 20,
            1000,
            input -> {
              String text = new String(input, StandardCharsets.UTF_8);
              for (Class<?> role : roles) {
                try {
                  assertTrue(role.isInstance(expressions.parse(role, text)));
                } catch (ExpressionException refusal) {
                  int at = refusal.position();
                  assertTrue(at >= 0 && at <= text.length(), "position " + at);
                }
              }
            });
  }

  @Test
  void recipesAreReadOrRefused(TestInfo test) {
    Mutations.of(test, CORPUS.resolve("recipes"))
        .words("{", "}", "[", "\"", ",", "sha256:", "null", "true")
        .check(
            1 << 20,
            100,
            input -> {
              try {
                Recipe.parse("'it'", input);
              } catch (InvalidDataException refusal) {
                assertTrue(refusal.getMessage().contains("'it'"), refusal.getMessage());
              }
            });
  }
}
