package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

class GoldenTest {

  private static final String TEXT = "rows 3, mean 1.25e-3\n";

  @Test
  void textIsComparedExactlyAndNumbersWithinTheirTolerance() {
    String near = "rows 3, mean 1.2500003e-3\n";
    Golden.compare("x", TEXT, "rows 3, mean 1.25e-3\r\n");
    Golden.compareWithin(1e-6, "x", TEXT, near);
    assertThrows(AssertionFailedError.class, () -> Golden.compare("x", TEXT, near));
    assertThrows(
        AssertionFailedError.class,
        () -> Golden.compareWithin(1e-6, "x", TEXT, "rows 3, mean 0.0013\n"));
    assertThrows(
        AssertionFailedError.class,
        () -> Golden.compareWithin(1, "x", TEXT, "rows 3, median 1.25e-3\n"));
  }

  @Test
  void filesAreWrittenOnlyWhenAskedAndNeverInContinuousIntegration(@TempDir Path folder)
      throws IOException {
    Path file = folder.resolve("golden").resolve("new.txt");
    assertThrows(AssertionFailedError.class, () -> Golden.read(file, "x\r\n", false, false));
    assertThrows(AssertionFailedError.class, () -> Golden.read(file, "x\r\n", true, true));
    assertFalse(Files.exists(file));
    assertEquals("x\n", Golden.read(file, "x\r\n", true, false));
    assertEquals("x\n", Golden.read(file, "y\n", false, false));
  }
}
