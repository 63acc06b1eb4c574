package dev.espalier.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The claim of one process on a folder, which ends with the process however it ends.
 *
 * <p>It is a lock of the operating system on a file in the folder, which tells the number of the
 * process. Where the file system has no locks, nobody is kept out. While it is held, its process
 * must not open the file: many systems end all locks of a process on a file with the first closing.
 */
final class Hold implements AutoCloseable {

  static final String FILE = "lock";

  /** Beyond all that is written, so that others can read it where locks bar from reading. */
  private static final long PLACE = 1L << 40;

  /** A folder may vanish under one who tries, since the one before removes it. */
  private static final int TRIES = 100;

  private final Path folder;
  private final FileChannel channel;

  private Hold(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Claims a folder, which is made if it is not there; empty if another process has it.
   *
   * @throws IOException if it cannot be made or written
   */
  static Optional<Hold> of(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    for (int tries = 1; ; tries++) {
      try {
        Object before = key(made(folder, file));
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (!locked(channel)) {
          channel.close();
          return Optional.empty();
        }
        if (Objects.equals(before, key(file))) {
          String owner = Long.toString(ProcessHandle.current().pid());
          channel.truncate(0).write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
          return Optional.of(new Hold(folder, channel));
        }
        channel.close(); // another file by now: the one before removed this while it was opened
      } catch (NoSuchFileException e) {
        if (tries == TRIES) {
          throw e;
        }
      }
    }
  }

  private static Path made(Path folder, Path file) throws IOException {
    Files.createDirectories(folder);
    return Files.exists(file) ? file : Files.write(file, new byte[0], StandardOpenOption.CREATE);
  }

  /** What tells a file from others that had its name, on systems that remove open files. */
  private static @Nullable Object key(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static boolean locked(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock(PLACE, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // another fit in this process
    } catch (IOException e) {
      return true; // a file system without locks
    }
  }

  /** The number of the process that has the folder, or had it last; empty if it does not say. */
  static Optional<Long> owner(Path folder) throws IOException {
    String words = Files.readString(folder.resolve(FILE)).strip();
    return words.matches("[0-9]{1,18}") ? Optional.of(Long.valueOf(words)) : Optional.empty();
  }

  /** Gives the folder up, and removes it if nothing is in it. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(folder.resolve(FILE));
    }
    try (Stream<Path> left = Files.list(folder)) {
      if (left.findAny().isEmpty()) {
        Files.deleteIfExists(folder);
      }
    } catch (NoSuchFileException | DirectoryNotEmptyException e) {
      return; // another process was quicker, to remove it or to claim it
    }
  }
}
