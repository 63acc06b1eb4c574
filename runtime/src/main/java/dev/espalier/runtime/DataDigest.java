package dev.espalier.runtime;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 digest that tells whether rows are the same, to the bit.
 *
 * <p>Digested are, all integers and doubles in little-endian order: the number of rows and of
 * columns as 64-bit integers; every value, row-major, missing ones as the canonical NaN; the number
 * of labels; and for each label its name, the number of categories, the categories, and a 32-bit
 * code for every row. A text is the number of its UTF-8 bytes and the bytes.
 */
public final class DataDigest {
  private static final int BLOCK = 8 << 10;

  private final MessageDigest sha;
  private final ByteBuffer buffer = ByteBuffer.allocate(8 * BLOCK).order(ByteOrder.LITTLE_ENDIAN);

  private DataDigest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The digest of rows, in lower-case hexadecimal. */
  public static String of(Samples samples) {
    DataDigest digest = new DataDigest();
    digest.add(samples);
    return digest.finished();
  }

  /** The digest of all rows of a fit; weights and validation rows count where there are any. */
  static String of(FitRequest request) {
    DataDigest digest = new DataDigest();
    Samples rows = request.rows();
    digest.add(rows);
    boolean weighted = false;
    for (int i = 0; i < rows.count(); i++) {
      weighted |= request.weight(i) != 1;
    }
    if (weighted) {
      digest.add("weights");
      for (int i = 0; i < rows.count(); i++) {
        digest.add(request.weight(i));
      }
    }
    request
        .validation()
        .ifPresent(
            validation -> {
              digest.add("validation");
              digest.add(validation);
            });
    return digest.finished();
  }

  private void add(Samples samples) {
    add((long) samples.count());
    add((long) samples.columns());
    double[] row = new double[samples.columns()];
    for (int i = 0; i < samples.count(); i++) {
      samples.copyRows(i, i + 1, row, 0);
      for (double value : row) {
        add(value);
      }
    }
    add((long) samples.labels().size());
    for (Labels labels : samples.labels()) {
      add(labels.name());
      add((long) labels.categories().size());
      labels.categories().forEach(this::add);
      for (int i = 0; i < labels.count(); i++) {
        room(Integer.BYTES).putInt(labels.code(i));
      }
    }
  }

  private void add(long value) {
    room(Long.BYTES).putLong(value);
  }

  private void add(double value) {
    room(Long.BYTES).putLong(Double.doubleToLongBits(value));
  }

  private void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add((long) bytes.length);
    flush();
    sha.update(bytes);
  }

  private ByteBuffer room(int bytes) {
    if (buffer.remaining() < bytes) {
      flush();
    }
    return buffer;
  }

  private void flush() {
    buffer.flip();
    sha.update(buffer);
    buffer.clear();
  }

  private String finished() {
    flush();
    return HexFormat.of().formatHex(sha.digest());
  }
}
