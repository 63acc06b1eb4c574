package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String refused(Path target, OutputFile.Content content) {
    return assertThrows(InvalidDataException.class, () -> OutputFile.write(target, content))
        .getMessage();
  }

  @Test
  void aFileIsCreatedAndReplaced() throws IOException {
    Path target = folder.resolve("a.txt");
    OutputFile.write(target, out -> out.write(new byte[100_000]));
    assertEquals(100_000, Files.size(target));
    OutputFile.write(target, out -> out.write(NEW));
    assertEquals("new", Files.readString(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void theOldFileStaysWhenTheNewOneFails() throws IOException {
    Path target = Files.writeString(folder.resolve("a.txt"), "old");
    String message =
        refused(
            target,
            out -> {
              out.write(new byte[1_000_000]);
              throw new IOException("No space left on device");
            });
    assertEquals(
        "cannot write '"
            + target
            + "': No space left on device; make room and allow writing there, or choose another"
            + " place",
        message);
    assertThrows(
        IllegalStateException.class,
        () ->
            OutputFile.write(
                target,
                out -> {
                  out.write(NEW);
                  throw new IllegalStateException("a failure that is not the disk's");
                }));
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aFullDiskLeavesNothingBehind() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full));
    String message =
        refused(
            folder.resolve("a.txt"),
            out -> {
              try (OutputStream device = Files.newOutputStream(full)) {
                device.write(NEW);
              }
            });
    assertTrue(message.contains("No space left"), message);
    assertEquals(List.of(), names());
    assertTrue(refused(full, out -> out.write(NEW)).contains("it is no regular file"));
  }

  @Test
  void placesThatCannotBeWrittenAreNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    assertTrue(refused(folder, out -> out.write(NEW)).contains("it is a directory"));
    assertTrue(refused(file.resolve("b"), out -> out.write(NEW)).contains("is no directory"));
    Path nowhere = folder.resolve("none").resolve("b.txt");
    assertTrue(refused(nowhere, out -> out.write(NEW)).contains("make it first"));
    assertTrue(refused(Path.of("/"), out -> out.write(NEW)).contains("it is a directory"));
    Path longName = folder.resolve("x".repeat(300));
    assertTrue(refused(longName, out -> out.write(NEW)).startsWith("cannot write"));
    assertEquals(List.of("a.txt"), names());
  }

  @Test
  void aSymbolicLinkIsFollowed() throws IOException {
    Path target = Files.writeString(folder.resolve("a.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a.txt"));
    OutputFile.write(link, out -> out.write(NEW));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(target));
  }

  @Test
  void aProtectedFileStays() throws IOException {
    Path target = Files.writeString(folder.resolve("a.txt"), "old");
    assumeTrue(target.toFile().setReadOnly() && !Files.isWritable(target), "root writes anywhere");
    assertTrue(refused(target, out -> out.write(NEW)).contains("is protected"));
    assertEquals("old", Files.readString(target));
  }
}
