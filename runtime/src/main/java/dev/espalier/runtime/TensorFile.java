package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A safetensors file in memory: named words and named numbers, in the order in which they stand.
 *
 * <p>The file is the length of its header (8 bytes, little-endian), the header (JSON in UTF-8,
 * padded with spaces to a multiple of 8 bytes), and the numbers (little-endian) without gaps.
 * Written are numbers of types F64 and F32 and bytes, U8; I64 is read as well. All numbers are
 * finite.
 *
 * <p>Reading trusts nothing: every length is compared with the size of the file before memory is
 * taken. It takes at most about ten times the length of the header, four times that of the numbers,
 * and 200 bytes for each of at most a million entries.
 */
final class TensorFile {

  /** The longest header, in bytes, as in the reference implementation of safetensors. */
  static final int LONGEST_HEADER = 100_000_000;

  /** The most words and numbers together that one file may name. */
  static final int MOST_ENTRIES = 1_000_000;

  /** The most dimensions of a tensor. */
  static final int HIGHEST_RANK = 16;

  /** The key under which the header keeps the words. */
  static final String METADATA = "__metadata__";

  private static final int CHUNK = 1 << 16;
  private static final byte[] NO_BYTES = new byte[0];
  private static final Tensor EMPTY =
      new Tensor(TensorHeader.Type.F64, new long[] {0}, new double[0], NO_BYTES);

  private final Map<String, String> texts;
  private final Map<String, Tensor> tensors;

  private TensorFile(Map<String, String> texts, Map<String, Tensor> tensors) {
    this.texts = Collections.unmodifiableMap(texts);
    this.tensors = Collections.unmodifiableMap(tensors);
  }

  /** The words by name. */
  Map<String, String> texts() {
    return texts;
  }

  /** The numbers by name. */
  Map<String, Tensor> tensors() {
    return tensors;
  }

  /** Numbers of one shape, row-major, read-only; those of type U8 are kept as bytes. */
  static final class Tensor {
    private final TensorHeader.Type type;
    private final long[] shape;
    private final double[] values;
    private final byte[] bytes;

    private Tensor(TensorHeader.Type type, long[] shape, double[] values, byte[] bytes) {
      this.type = type;
      this.shape = shape;
      this.values = values;
      this.bytes = bytes;
    }

    /** A copy of the shape. */
    long[] shape() {
      return shape.clone();
    }

    /** A copy of the numbers. */
    double[] values() {
      if (!isBytes()) {
        return values.clone();
      }
      double[] wide = new double[bytes.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = Byte.toUnsignedInt(bytes[i]);
      }
      return wide;
    }

    /** Whether these are bytes. */
    boolean isBytes() {
      return type == TensorHeader.Type.U8;
    }

    /** A copy of the bytes; none unless {@link #isBytes()}. */
    byte[] bytes() {
      return bytes.clone();
    }

    private int count() {
      return isBytes() ? bytes.length : values.length;
    }

    /** Whether the shape is the given one, a negative number standing for any length. */
    boolean fits(long[] wanted) {
      boolean fits = wanted.length == shape.length;
      for (int k = 0; fits && k < shape.length; k++) {
        fits = wanted[k] < 0 || wanted[k] == shape[k];
      }
      return fits;
    }
  }

  /** Collects words and numbers; each name is used once. */
  static final class Builder {
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    /**
     * Adds words.
     *
     * @throws IllegalArgumentException if the name is taken or the words are not well-formed
     */
    Builder text(String name, String value) {
      if (!wellFormed(name) || !wellFormed(value)) {
        throw new IllegalArgumentException(
            "need well-formed Unicode, got an unpaired surrogate in " + Quote.of(name));
      }
      if (texts.putIfAbsent(name, value) != null) {
        throw new IllegalArgumentException("the words " + Quote.of(name) + " are there already");
      }
      return this;
    }

    /**
     * Adds numbers, which are copied.
     *
     * @throws IllegalArgumentException if the name is taken, the values do not fill the shape or
     *     are not finite
     */
    Builder tensor(String name, double[] values, long... shape) {
      return tensor(TensorHeader.Type.F64, name, values.clone(), shape);
    }

    /** Adds numbers of single precision like {@link #tensor(String, double[], long...)}. */
    Builder tensor(String name, float[] values, long... shape) {
      double[] wide = new double[values.length];
      for (int i = 0; i < wide.length; i++) {
        wide[i] = values[i];
      }
      return tensor(TensorHeader.Type.F32, name, wide, shape);
    }

    /** Adds bytes, which are copied, in one dimension. */
    Builder bytes(String name, byte[] bytes) {
      long[] shape = {bytes.length};
      return add(name, new Tensor(TensorHeader.Type.U8, shape, new double[0], bytes.clone()));
    }

    private Builder tensor(TensorHeader.Type type, String name, double[] values, long... shape) {
      if (shape.length > HIGHEST_RANK) {
        throw new IllegalArgumentException(
            "need at most "
                + HIGHEST_RANK
                + " dimensions, got "
                + shape.length
                + " in "
                + Quote.of(name));
      }
      if (!(TensorHeader.elements(shape) == values.length)) {
        throw new IllegalArgumentException(
            "need as many values as the shape "
                + Arrays.toString(shape)
                + " says, got "
                + values.length
                + " in "
                + Quote.of(name));
      }
      for (double value : values) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException(
              "need finite numbers, got " + value + " in " + Quote.of(name));
        }
      }
      return add(name, new Tensor(type, shape.clone(), values, NO_BYTES));
    }

    private Builder add(String name, Tensor tensor) {
      if (!wellFormed(name) || name.equals(METADATA)) {
        throw new IllegalArgumentException("need another name than " + Quote.of(name));
      }
      if (tensors.putIfAbsent(name, tensor) != null) {
        throw new IllegalArgumentException("the numbers " + Quote.of(name) + " are there already");
      }
      return this;
    }

    /** The file, in the order of the calls. */
    TensorFile build() {
      return new TensorFile(new LinkedHashMap<>(texts), new LinkedHashMap<>(tensors));
    }
  }

  /**
   * Writes the file; equal content gives equal bytes.
   *
   * @throws IllegalArgumentException if there are too many entries for one file
   */
  void write(OutputStream out) throws IOException {
    byte[] header = header();
    ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
    chunk.putLong(header.length);
    out.write(chunk.array(), 0, Long.BYTES);
    out.write(header);
    for (Tensor tensor : inOrderOfData().values()) {
      out.write(tensor.bytes);
      double[] values = tensor.values;
      int width = tensor.type.width();
      for (int from = 0; from < values.length; from += CHUNK / width) {
        int count = Math.min(CHUNK / width, values.length - from);
        chunk.clear();
        if (tensor.type == TensorHeader.Type.F32) {
          for (int i = from; i < from + count; i++) {
            chunk.putFloat((float) values[i]);
          }
        } else {
          chunk.asDoubleBuffer().put(values, from, count);
        }
        out.write(chunk.array(), 0, count * width);
      }
    }
  }

  /** Wider types first, so that every number stands at a multiple of its width. */
  private Map<String, Tensor> inOrderOfData() {
    Map<String, Tensor> ordered = new LinkedHashMap<>();
    for (TensorHeader.Type type : TensorHeader.Type.WRITTEN) {
      tensors.forEach(
          (name, tensor) -> {
            if (tensor.type == type) {
              ordered.put(name, tensor);
            }
          });
    }
    return ordered;
  }

  private byte[] header() {
    if (texts.size() + tensors.size() > MOST_ENTRIES) {
      throw new IllegalArgumentException(
          "need at most "
              + MOST_ENTRIES
              + " entries in one file, got "
              + (texts.size() + tensors.size()));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        JsonFactory.builder().build().createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      if (!texts.isEmpty()) {
        json.writeName(METADATA);
        json.writeStartObject();
        texts.forEach(json::writeStringProperty);
        json.writeEndObject();
      }
      Map<String, Long> offsets = new HashMap<>();
      long next = 0;
      for (Map.Entry<String, Tensor> entry : inOrderOfData().entrySet()) {
        offsets.put(entry.getKey(), next);
        next += bytes(entry.getValue());
      }
      for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
        Tensor tensor = entry.getValue();
        long offset = offsets.get(entry.getKey());
        json.writeName(entry.getKey());
        json.writeStartObject();
        json.writeStringProperty("dtype", tensor.type.name());
        json.writeName("shape");
        json.writeArray(tensor.shape, 0, tensor.shape.length);
        json.writeName("data_offsets");
        json.writeArray(new long[] {offset, offset + bytes(tensor)}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    while (bytes.size() % Double.BYTES != 0) {
      bytes.write(' ');
    }
    if (bytes.size() > LONGEST_HEADER) {
      throw new IllegalArgumentException(
          "need a header of at most " + LONGEST_HEADER + " bytes, got " + bytes.size());
    }
    return bytes.toByteArray();
  }

  private static long bytes(Tensor tensor) {
    return (long) tensor.type.width() * tensor.count();
  }

  /** What was read, and the digest of the bytes it was read from. */
  record Loaded(TensorFile file, Digest digest) {}

  /**
   * Reads a file.
   *
   * @param checked is shown the words as soon as they are read, before any numbers
   * @throws InvalidDataException if it cannot be read or is not whole and valid in every part
   */
  static Loaded read(Path path, Consumer<Map<String, String>> checked) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      if (!attributes.isRegularFile()) {
        throw new InvalidDataException(
            "need a model file, got "
                + (attributes.isDirectory() ? "the directory '" : "the special file '")
                + path
                + "'");
      }
      try (InputStream in = Files.newInputStream(path)) {
        return read("'" + path + "'", in, attributes.size(), checked);
      }
    } catch (NoSuchFileException e) {
      throw new InvalidDataException(
          "need a model file, got '" + path + "', which is not there", e);
    } catch (IOException e) {
      throw new InvalidDataException("cannot read '" + path + "': " + FileFailure.reason(e), e);
    }
  }

  /**
   * Reads a stream of known size to its end.
   *
   * @param source what errors call it
   */
  static Loaded read(
      String source, InputStream stream, long size, Consumer<Map<String, String>> checked)
      throws IOException {
    if (size < Long.BYTES) {
      throw new InvalidDataException(
          source
              + " is no model file: it has only "
              + size
              + " bytes; give a file that 'fit' wrote");
    }
    Input in = new Input(source, stream, size);
    long length = in.next(Long.BYTES).getLong();
    if (!(length >= 2 && length <= LONGEST_HEADER)) {
      throw new InvalidDataException(
          source
              + " is no model file: it does not start with the length of a header; give a file that"
              + " 'fit' wrote");
    }
    if (length > size - Long.BYTES) {
      throw new InvalidDataException(
          source
              + " is no model file or is truncated: its header needs "
              + length
              + " bytes, it has "
              + (size - Long.BYTES)
              + "; give a file that 'fit' wrote, whole");
    }
    byte[] bytes = in.bytes((int) length);
    TensorHeader header = TensorHeader.parse(source, bytes, size - Long.BYTES - length, checked);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    header.entries().forEach(entry -> tensors.put(entry.name(), EMPTY));
    for (TensorHeader.Entry entry : header.inOrderOfData()) {
      tensors.put(entry.name(), in.tensor(entry));
    }
    return new Loaded(new TensorFile(header.texts(), tensors), in.digest());
  }

  /** Whether the words can be written in UTF-8: no surrogate stands alone. */
  static boolean wellFormed(String words) {
    for (int i = 0; i < words.length(); i++) {
      if (Character.isSurrogate(words.charAt(i))) {
        boolean pair =
            i + 1 < words.length()
                && Character.isSurrogatePair(words.charAt(i), words.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /**
   * Decodes bytes strictly.
   *
   * @param source what errors call them
   */
  static String utf8(String source, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidDataException(source + " is damaged: need text in UTF-8", e);
    }
  }

  /** Bytes of a stream that must not end early, all of them digested. */
  private static final class Input {
    private final String source;
    private final InputStream stream;
    private final MessageDigest sha256 = Digest.sha256();
    private final byte[] chunk;

    Input(String source, InputStream stream, long size) {
      this.source = source;
      this.stream = stream;
      this.chunk = new byte[(int) Math.min(CHUNK, size)];
    }

    /** The next bytes, at most a chunk of them, valid until the next call. */
    ByteBuffer next(int count) throws IOException {
      fill(chunk, count);
      return ByteBuffer.wrap(chunk, 0, count).order(ByteOrder.LITTLE_ENDIAN);
    }

    byte[] bytes(int count) throws IOException {
      byte[] bytes = new byte[count];
      fill(bytes, count);
      return bytes;
    }

    private void fill(byte[] bytes, int count) throws IOException {
      if (stream.readNBytes(bytes, 0, count) != count) {
        throw new InvalidDataException(source + " became shorter while it was read");
      }
      sha256.update(bytes, 0, count);
    }

    Tensor tensor(TensorHeader.Entry entry) throws IOException {
      long[] shape = entry.lengths();
      return switch (entry.type()) {
        case U8 -> new Tensor(entry.type(), shape, new double[0], bytes((int) entry.elements()));
        case F32 -> new Tensor(entry.type(), shape, numbers(entry), NO_BYTES);
        // Whole numbers become what would be written.
        case F64, I64 -> new Tensor(TensorHeader.Type.F64, shape, numbers(entry), NO_BYTES);
      };
    }

    private double[] numbers(TensorHeader.Entry entry) throws IOException {
      double[] values = new double[(int) entry.elements()];
      int width = entry.type().width();
      for (int from = 0; from < values.length; from += CHUNK / width) {
        int count = Math.min(CHUNK / width, values.length - from);
        ByteBuffer bytes = next(count * width);
        for (int i = from; i < from + count; i++) {
          values[i] = number(entry, bytes);
        }
      }
      return values;
    }

    private double number(TensorHeader.Entry entry, ByteBuffer bytes) {
      double value =
          switch (entry.type()) {
            case F64 -> bytes.getDouble();
            case F32 -> bytes.getFloat();
            case I64 -> whole(entry, bytes.getLong());
            case U8 -> Byte.toUnsignedInt(bytes.get());
          };
      if (!Double.isFinite(value)) {
        throw new InvalidDataException(
            source + " is damaged: need finite numbers, got " + value + " in " + entry.quoted());
      }
      return value;
    }

    private double whole(TensorHeader.Entry entry, long value) {
      if (Math.abs(value) > 1L << 53 || value == Long.MIN_VALUE) {
        throw new InvalidDataException(
            source
                + " cannot be used: need whole numbers up to 2^53, got "
                + value
                + " in "
                + entry.quoted());
      }
      return value;
    }

    Digest digest() {
      return Digest.of(sha256);
    }
  }
}
