package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rows of one NumPy array file; memory is that of one row, or of one block of columns. */
final class NpySource implements RowSource {

  private static final Pattern HEADER =
      Pattern.compile(
          "\\s*\\{\\s*'descr'\\s*:\\s*'([^']*)'\\s*,\\s*'fortran_order'\\s*:\\s*(True|False)\\s*,"
              + "\\s*'shape'\\s*:\\s*\\(\\s*(\\d{1,18})\\s*(?:,\\s*(\\d{1,18})?\\s*)?\\)\\s*,?\\s*\\}\\s*");
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int BLOCK_BYTES = 1 << 22;

  private final String name;
  private final Path path;
  private final char type;
  private final int size;
  private final ByteOrder order;
  private final boolean byColumns;
  private final long rows;
  private final int columns;
  private final long start;

  private NpySource(String name, Path path, Matcher header, int columns, long start) {
    this.name = name;
    this.path = path;
    String descr = header.group(1);
    this.order = descr.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    this.type = descr.charAt(1);
    this.size = descr.charAt(2) - '0';
    this.byColumns = header.group(2).equals("True") && header.group(4) != null;
    this.rows = Long.parseLong(header.group(3));
    this.columns = columns;
    this.start = start;
  }

  static NpySource open(String name, Path path) throws IOException {
    String text;
    long start;
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(path)))) {
      byte[] fixed = in.readNBytes(Npy.MAGIC.length + 2);
      int version = fixed.length < Npy.MAGIC.length + 2 ? 0 : fixed[Npy.MAGIC.length];
      if (version < 1 || version > 3) {
        throw broken(name, "a NumPy array of version 1 to 3", "version " + version);
      }
      int lengthBytes = version == 1 ? 2 : 4;
      byte[] length = in.readNBytes(lengthBytes);
      long count = 0;
      for (int k = length.length - 1; k >= 0; k--) {
        count = count << 8 | length[k] & 0xFF;
      }
      if (length.length < lengthBytes || count > LONGEST_HEADER) {
        throw broken(name, "a header of at most " + LONGEST_HEADER + " bytes", count + " bytes");
      }
      byte[] header = in.readNBytes((int) count);
      text = new String(header, StandardCharsets.UTF_8);
      start = fixed.length + lengthBytes + count;
    }
    Matcher header = HEADER.matcher(text);
    if (!header.matches()) {
      throw broken(name, "a header of an array of one or two dimensions", Csv.shown(text.strip()));
    }
    if (!header.group(1).matches("[<>|=](f[48]|[iu][1248]|b1)")) {
      throw broken(name, "numbers (f4, f8, i1 to i8, u1 to u8, b1)", Csv.shown(header.group(1)));
    }
    long columns = header.group(4) == null ? 1 : Long.parseLong(header.group(4));
    if (columns < 1 || columns > 1 << 20) {
      throw broken(name, "1 to " + (1 << 20) + " columns", "" + columns);
    }
    NpySource source = new NpySource(name, path, header, (int) columns, start);
    source.checkLength();
    return source;
  }

  private static InvalidDataException broken(String name, String need, String got) {
    return new InvalidDataException(name + ": need " + need + ", got " + got);
  }

  private void checkLength() throws IOException {
    long got = Files.size(path) - start;
    if (rows == 0) { // before names are made for as many columns as the header tells
      throw broken(name, "at least one row", "none");
    }
    boolean fits = rows <= Long.MAX_VALUE / size / columns && got == rows * size * columns;
    if (!fits) {
      throw broken(
          name, "the bytes of " + rows + " rows of " + columns + " numbers", got + " bytes");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String place(long position) {
    return name + ", row " + position;
  }

  @Override
  public void scan(Visitor visitor) throws IOException {
    List<String> names = new ArrayList<>();
    for (int j = 0; j < columns; j++) {
      names.add("x" + j);
    }
    visitor.header(names, Collections.nCopies(columns, Hint.NUMBERS), 0);
    int block = (int) Math.max(1, Math.min(rows, BLOCK_BYTES / ((long) size * columns)));
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(block, size * columns)).order(order);
    try (FileChannel file = FileChannel.open(path)) {
      for (long first = 0; first < rows; first += block) {
        int count = (int) Math.min(block, rows - first);
        fill(file, bytes, first, count);
        for (int i = 0; i < count; i++) {
          List<String> cells = new ArrayList<>(columns);
          for (int j = 0; j < columns; j++) {
            int at = byColumns ? j * count + i : i * columns + j;
            cells.add(text(bytes, at * size));
          }
          visitor.row(cells, first + i + 1);
        }
      }
    }
  }

  /** Fills the buffer with rows, as the file has them: row after row, or column after column. */
  private void fill(FileChannel file, ByteBuffer bytes, long first, int count) throws IOException {
    bytes.clear();
    if (!byColumns) {
      read(file, bytes, start + first * columns * size, count * columns * size);
      return;
    }
    for (int j = 0; j < columns; j++) {
      read(file, bytes, start + (j * rows + first) * size, count * size);
    }
  }

  private void read(FileChannel file, ByteBuffer bytes, long from, int count) throws IOException {
    bytes.limit(bytes.position() + count);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, from + count - bytes.remaining()) < 0) {
        throw new InvalidDataException(name + " changed while it was read: read it again");
      }
    }
  }

  private String text(ByteBuffer bytes, int at) {
    if (type == 'f') {
      return size == 4 ? RowSource.text(bytes.getFloat(at)) : RowSource.text(bytes.getDouble(at));
    }
    if (type == 'b') {
      return bytes.get(at) == 0 ? "0" : "1";
    }
    long value =
        switch (size) {
          case 1 -> bytes.get(at);
          case 2 -> bytes.getShort(at);
          case 4 -> bytes.getInt(at);
          default -> bytes.getLong(at);
        };
    if (type == 'i') {
      return Long.toString(value);
    }
    return Long.toUnsignedString(size == 8 ? value : value & (1L << 8 * size) - 1);
  }
}
