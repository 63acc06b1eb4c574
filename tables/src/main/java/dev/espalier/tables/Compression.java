package dev.espalier.tables;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import dev.espalier.api.InvalidDataException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How the bytes of a file are packed; told apart by their first bytes, named by an ending. */
public enum Compression {
  /** As they are. */
  NONE("", 0),
  /** RFC 1952, files {@code .gz}. */
  GZIP(".gz", 0x1F, 0x8B),
  /** RFC 8878, files {@code .zst}. */
  ZSTD(".zst", 0x28, 0xB5, 0x2F, 0xFD);

  private static final int BUFFER = 1 << 16;

  private final String ending;
  private final int[] magic;

  Compression(String ending, int... magic) {
    this.ending = ending;
    this.magic = magic;
  }

  /** What the ending of a file's name says. */
  public static Compression named(String file) {
    String lower = file.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(each -> each != NONE && lower.endsWith(each.ending))
        .findFirst()
        .orElse(NONE);
  }

  /** What the first bytes of a file say. */
  static Compression of(byte[] head) {
    return Arrays.stream(values())
        .filter(each -> each != NONE && each.begins(head))
        .findFirst()
        .orElse(NONE);
  }

  private boolean begins(byte[] head) {
    for (int k = 0; k < magic.length; k++) {
      if (k >= head.length || (head[k] & 0xFF) != magic[k]) {
        return false;
      }
    }
    return true;
  }

  /** The lower-case name, such as {@code gzip}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The compression of that name.
   *
   * @throws InvalidDataException if there is none
   */
  public static Compression word(String word) {
    return Arrays.stream(values())
        .filter(each -> each.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidDataException(
                    "need a compression none, gzip or zstd, got '" + word + "'"));
  }

  /** The name of a file without the ending of its compression. */
  public static String stripped(String file) {
    return named(file).without(file);
  }

  /** The name without this compression's ending. */
  String without(String file) {
    return named(file) == this ? file.substring(0, file.length() - ending.length()) : file;
  }

  /** The bytes that were packed. */
  InputStream unpacked(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in, BUFFER);
      case ZSTD -> new ZstdInputStream(in);
    };
  }

  /**
   * A stream that packs; closing it writes what comes last and leaves {@code out} open.
   *
   * @throws IOException if the stream fails
   */
  public OutputStream packed(OutputStream out) throws IOException {
    OutputStream kept = new Kept(out);
    return switch (this) {
      case NONE -> kept;
      case GZIP -> new GZIPOutputStream(kept, BUFFER);
      case ZSTD -> new Unflushed(new ZstdOutputStream(kept));
    };
  }

  /** A stream that closing flushes and leaves open. */
  private static final class Kept extends FilterOutputStream {
    Kept(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }

  /** A packing stream that flushing would cut into other blocks, and so other bytes. */
  private static final class Unflushed extends FilterOutputStream {
    Unflushed(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      out.write(bytes, from, count);
    }

    @Override
    public void flush() {
      // closing writes all there is
    }

    @Override
    public void close() throws IOException {
      out.close();
    }
  }
}
