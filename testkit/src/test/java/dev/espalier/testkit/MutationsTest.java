package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.AssertionFailedError;

class MutationsTest {

  private static final List<byte[]> CORPUS =
      List.of("[1, 22, 333]".getBytes(StandardCharsets.UTF_8), new byte[] {0, 1, 2});

  @Test
  void theCorpusComesFirstAndThenOtherInputsAlwaysTheSame(TestInfo test) {
    List<String> first = inputs(test);
    assertEquals("[1, 22, 333]", first.get(0));
    assertTrue(first.size() >= 10_000, "got " + first.size());
    Set<String> different = new HashSet<>(first);
    assertTrue(different.size() > 5_000, "got " + different.size());
    assertTrue(different.stream().anyMatch(each -> each.contains("word")));
    assertEquals(first, inputs(test));
  }

  private static List<String> inputs(TestInfo test) {
    List<String> inputs = new ArrayList<>();
    Mutations.of(test, CORPUS)
        .words("word")
        .check(
            1 << 20, 1 << 10, input -> inputs.add(new String(input, StandardCharsets.ISO_8859_1)));
    return inputs;
  }

  @Test
  void whatThrowsIsKept(TestInfo test) throws IOException {
    AssertionFailedError failure =
        assertThrows(
            AssertionFailedError.class,
            () ->
                Mutations.of(test, CORPUS)
                    .check(
                        1 << 20,
                        0,
                        input -> {
                          if (input.length == 2) {
                            throw new IllegalStateException("two");
                          }
                        }));
    assertTrue(failure.getMessage().contains("of 2 bytes threw"), failure.getMessage());
    String file = failure.getMessage().replaceAll(".* kept in ", "");
    assertEquals(2, Files.size(Path.of(file)));
  }

  @Test
  void whatTakesTooMuchMemoryIsKept(TestInfo test) {
    List<byte[]> taken = new ArrayList<>();
    AssertionFailedError failure =
        assertThrows(
            AssertionFailedError.class,
            () ->
                Mutations.of(test, CORPUS)
                    .check(10_000, 10, input -> taken.add(new byte[1000 * input.length])));
    assertTrue(failure.getMessage().contains("took "), failure.getMessage());
    assertArrayEquals(new byte[12_000], taken.get(0));
  }
}
