package dev.espalier.estimators.network;

import dev.espalier.api.Labels;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A SHA-256 of words and numbers. */
final class Digest {
  private final MessageDigest sha;

  Digest() {
    try {
      sha = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void add(String words) {
    byte[] bytes = words.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(4).putInt(0, bytes.length));
    sha.update(bytes);
  }

  void add(double[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 8 * values.length);
    bytes.putInt(values.length);
    for (double value : values) {
      bytes.putDouble(value);
    }
    sha.update(bytes.array());
  }

  void add(Samples rows, Progress progress) {
    add(rows.count() + " rows");
    double[] row = new double[rows.columns()];
    for (int i = 0; i < rows.count(); i++) {
      if (i % 256 == 0) {
        progress.check();
      }
      rows.copyRows(i, i + 1, row, 0);
      add(row);
    }
  }

  void add(Labels labels) {
    add(labels.toString());
    double[] codes = new double[labels.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = labels.code(i);
    }
    add(codes);
  }

  /** The first 16 bytes in hexadecimal digits. */
  String text() {
    return HexFormat.of().formatHex(sha.digest(), 0, 16);
  }
}
