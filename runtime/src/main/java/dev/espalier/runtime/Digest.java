package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of some bytes: equal digests mean equal bytes.
 *
 * @param text {@code sha256:} and 64 hexadecimal digits in lower case
 */
public record Digest(String text) {
  private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

  /** Checks the form. */
  public Digest {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "need 'sha256:' and 64 hexadecimal digits, got " + Quote.of(text));
    }
  }

  /** The digest of the bytes. */
  public static Digest of(byte[] bytes) {
    MessageDigest sha256 = sha256();
    sha256.update(bytes);
    return of(sha256);
  }

  /**
   * The digest of a file's bytes.
   *
   * @throws InvalidDataException if the file cannot be read
   */
  public static Digest of(Path file) {
    MessageDigest sha256 = sha256();
    try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new InvalidDataException("cannot read '" + file + "': " + FileFailure.reason(e), e);
    }
    return of(sha256);
  }

  static Digest of(MessageDigest finished) {
    return new Digest("sha256:" + HexFormat.of().formatHex(finished.digest()));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256, which every Java must have", e);
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
