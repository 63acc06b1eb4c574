package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file whole or not at all.
 *
 * <p>The bytes go to a hidden file in the same directory, are forced to the disk, and then take the
 * target's name in one step. Until then an older file of that name stays as it was; after a failure
 * nothing is left behind.
 */
public final class OutputFile {
  private OutputFile() {}

  /** Writes the bytes of a file. */
  @FunctionalInterface
  public interface Content {

    /**
     * Writes all bytes; the stream is buffered and closed by the caller.
     *
     * @throws IOException if the stream fails
     */
    void write(OutputStream out) throws IOException;
  }

  /**
   * Creates or replaces a file; a symbolic link is followed.
   *
   * @throws InvalidDataException if the file cannot be written, such as when its directory is not
   *     there or the disk is full
   */
  public static void write(Path target, Content content) {
    check(target);
    try {
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath().normalize();
      replace(real, content);
    } catch (IOException e) {
      throw new InvalidDataException(
          "cannot write '"
              + target
              + "': "
              + FileFailure.reason(e)
              + "; make room and allow writing there, or choose another place",
          e);
    }
  }

  /**
   * Finds what can be known to stand in the way of writing a file, before the work for it is done.
   *
   * @throws InvalidDataException if the target is no file, is protected, or its directory is not
   *     there
   */
  public static void check(Path target) {
    if (Files.isDirectory(target)) {
      throw new InvalidDataException(
          "cannot write '" + target + "': it is a directory; give the name of a file");
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw new InvalidDataException(
          "cannot write '" + target + "': it is no regular file; give the name of a file");
    }
    if (Files.exists(target) && !Files.isWritable(target)) {
      throw new InvalidDataException(
          "cannot write '" + target + "': the file there is protected; give another name");
    }
    Path directory = target.toAbsolutePath().normalize().getParent();
    if (!Files.isDirectory(directory)) {
      throw new InvalidDataException(
          "cannot write '"
              + target
              + "': "
              + (Files.exists(directory)
                  ? "'" + directory + "' is no directory; choose another place"
                  : "there is no directory '" + directory + "'; make it first"));
    }
  }

  private static void replace(Path target, Content content) throws IOException {
    Path temporary = target.resolveSibling(".espalier-" + UUID.randomUUID() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
        content.write(out);
        out.flush();
        channel.force(true);
      }
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
