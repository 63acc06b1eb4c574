package dev.espalier.estimators.network;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.espalier.api.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The file in which a training keeps its state, if it keeps any.
 *
 * <p>It is replaced as a whole, so whenever the machine stops there is an old state or a new one.
 */
final class Kept {
  private static final int MAGIC = 0x4553504e;
  private static final int VERSION = 2;
  private static final long LEAST_NANOS = 1_000_000_000L;

  /** At most one part in so many of the time goes into keeping. */
  private static final long SHARE = 30;

  private final String folder;
  private final String key;
  private long saved = System.nanoTime();
  private long pause = LEAST_NANOS;

  /**
   * A state that may be kept.
   *
   * @param folder where, or empty for nowhere
   * @param key tells it from the states of other trainings
   */
  Kept(String folder, String key) {
    this.folder = folder;
    this.key = key;
  }

  /** Writes and reads the state of a training. */
  interface Content {
    void write(DataOutputStream out) throws IOException;

    void read(DataInputStream in) throws IOException;
  }

  boolean wanted() {
    return !folder.isEmpty();
  }

  private Path file() {
    return Path.of(folder, "network-" + key + ".state");
  }

  /** The file's name, for messages. */
  Optional<String> name() {
    return wanted() ? Optional.of(file().toString()) : Optional.empty();
  }

  void save(Content content) {
    if (!wanted()) {
      return;
    }
    long started = System.nanoTime();
    try {
      Files.createDirectories(Path.of(folder));
      Path fresh = file().resolveSibling(file().getFileName() + ".new");
      try (FileChannel channel = FileChannel.open(fresh, CREATE, WRITE, TRUNCATE_EXISTING)) {
        DataOutputStream out =
            new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        content.write(out);
        out.writeInt(MAGIC);
        out.flush();
        channel.force(true);
      }
      Files.move(
          fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new InvalidDataException(
          "cannot keep the state of training in '"
              + file()
              + "': "
              + e
              + "; make room and allow writing there",
          e);
    }
    saved = System.nanoTime();
    pause = Math.max(LEAST_NANOS, SHARE * (saved - started));
  }

  /** Whether so much has been done since the state was last kept that it is worth keeping again. */
  boolean due(long now) {
    return wanted() && now - saved > pause;
  }

  /** Reads the state back if there is one. */
  boolean load(Content content) {
    if (!wanted() || !Files.exists(file())) {
      return false;
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file())))) {
      if (in.readInt() != MAGIC || in.readInt() != VERSION) {
        throw damaged(null);
      }
      content.read(in);
      if (in.readInt() != MAGIC || in.read() != -1) {
        throw damaged(null);
      }
      return true;
    } catch (IOException e) {
      throw damaged(e);
    }
  }

  private InvalidDataException damaged(@Nullable Exception cause) {
    String message =
        "the kept state "
            + file()
            + " is damaged or of another version; delete it to train from the start";
    return cause == null
        ? new InvalidDataException(message)
        : new InvalidDataException(message, cause);
  }

  static void write(DataOutputStream out, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(4, values.length));
    bytes.asFloatBuffer().put(values);
    out.writeInt(values.length);
    out.write(bytes.array());
  }

  /** Reads numbers, as many as {@code length}. */
  static float[] read(DataInputStream in, int length) throws IOException {
    if (in.readInt() != length) {
      throw new IOException("another number of parameters");
    }
    byte[] bytes = in.readNBytes(Math.multiplyExact(4, length));
    if (bytes.length != 4 * length) {
      throw new IOException("too short");
    }
    float[] values = new float[length];
    ByteBuffer.wrap(bytes).asFloatBuffer().get(values);
    return values;
  }
}
