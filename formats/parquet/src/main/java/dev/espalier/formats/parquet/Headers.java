package dev.espalier.formats.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Walks over the headers of a Parquet file, structures in Thrift's compact protocol, and holds
 * every length that they tell against the bytes there are: the library takes memory for a text or
 * list of the told length before it looks for it.
 */
final class Headers {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** The library's own limit. */
  private static final int DEEPEST = 64;

  private final FileChannel file;
  private final long end;
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 13).limit(0);

  /** Where the bytes after those in the buffer are. */
  private long next;

  private Headers(FileChannel file, long from, long end) {
    this.file = file;
    this.next = from;
    this.end = end;
  }

  /** Takes note of a whole number in a structure, or in one that is a field of it. */
  private interface Numbers {

    /**
     * Takes note of it.
     *
     * @param outer the field that the inner structure is, or 0
     * @param field the number's field
     */
    void found(int outer, int field, long value);
  }

  /**
   * Checks the footer. A file without one is left to the library.
   *
   * @throws IllegalArgumentException if it tells more than there is
   */
  static void checkFooter(Path path) throws IOException {
    try (FileChannel file = FileChannel.open(path)) {
      long tail = file.size() - Integer.BYTES - MAGIC.length;
      if (tail >= MAGIC.length) {
        checkFooter(file, tail);
      }
    }
  }

  private static void checkFooter(FileChannel file, long tail) throws IOException {
    Headers words = new Headers(file, tail, file.size());
    long length = 0;
    for (int k = 0; k < Integer.BYTES; k++) {
      length |= (long) words.get() << 8 * k;
    }
    for (byte letter : MAGIC) {
      if (words.get() != letter) {
        return;
      }
    }
    need(length <= tail, "a footer longer than the file");
    new Headers(file, tail - length, tail).structure(0, 0, (outer, field, value) -> {});
  }

  /**
   * Checks the headers of the pages of a column.
   *
   * @param from where the first page is
   * @param values how many there are in all pages
   * @throws IllegalArgumentException if one tells more than there is
   */
  static void checkPages(FileChannel file, long from, long values) throws IOException {
    Headers pages = new Headers(file, from, file.size());
    Page page = new Page();
    while (page.values < values) {
      page.bytes = -1;
      pages.structure(0, 0, page);
      need(page.bytes >= 0, "a page without a length");
      pages.skip(page.bytes);
    }
  }

  /** What the headers of pages tell. */
  private static final class Page implements Numbers {
    private static final int COMPRESSED_SIZE = 3;
    private static final int DATA = 5;
    private static final int DATA_OF_VERSION_2 = 8;
    private static final int VALUES = 1;

    private long bytes;
    private long values;

    @Override
    public void found(int outer, int field, long value) {
      if (outer == 0 && field == COMPRESSED_SIZE) {
        bytes = value;
      } else if ((outer == DATA || outer == DATA_OF_VERSION_2) && field == VALUES) {
        values += Math.max(0, value);
      }
    }
  }

  private void structure(int depth, int outer, Numbers numbers) throws IOException {
    need(depth < DEEPEST, "structures in more than " + DEEPEST + " others");
    int field = 0;
    for (int head = get(); head != 0; head = get()) {
      int step = head >>> 4;
      field = step == 0 ? (int) signed(number()) : field + step;
      switch (head & 15) {
        case 1, 2 -> {} // the type is the truth value
        case 4, 5, 6 -> {
          long value = signed(number());
          if (depth <= 1) {
            numbers.found(outer, field, value);
          }
        }
        default -> value(head & 15, depth, field, numbers);
      }
    }
  }

  private void value(int type, int depth, int field, Numbers numbers) throws IOException {
    switch (type) {
      case 1, 2, 3 -> skip(1);
      case 4, 5, 6 -> number();
      case 7 -> skip(Double.BYTES);
      case 8 -> skip(number());
      case 9, 10 -> {
        int head = get();
        list(head >>> 4 == 15 ? number() : head >>> 4, depth, field, head & 15);
      }
      case 11 -> {
        long size = number();
        if (size != 0) {
          int types = get();
          list(size, depth, field, types >>> 4, types & 15);
        }
      }
      case 12 -> structure(depth + 1, depth == 0 ? field : 0, numbers);
      default -> throw new IllegalArgumentException("a header with an unknown type " + type);
    }
  }

  private void list(long size, int depth, int field, int... types) throws IOException {
    need(size >= 0 && size <= left(), "a list longer than the file");
    for (long i = 0; i < size; i++) {
      for (int type : types) {
        value(type, depth + 1, field, (outer, inner, value) -> {});
      }
    }
  }

  /** Bytes from 0 to 255, one after the other. */
  interface Bytes {
    int next() throws IOException;
  }

  private long number() throws IOException {
    return number(this::get);
  }

  /** An unsigned number in groups of seven bits, the lowest first. */
  static long number(Bytes bytes) throws IOException {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int group = bytes.next();
      number |= (group & 127L) << shift;
      if (group < 128) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number of more than " + Long.SIZE + " bits");
  }

  /** The signed number that is told by an unsigned one, the sign being its lowest bit. */
  private static long signed(long number) {
    return number >>> 1 ^ -(number & 1);
  }

  private long left() {
    return end - next + buffer.remaining();
  }

  private void skip(long bytes) {
    need(bytes >= 0 && bytes <= left(), "a text or page longer than the file");
    int here = (int) Math.min(bytes, buffer.remaining());
    buffer.position(buffer.position() + here);
    next += bytes - here;
  }

  /** The next byte, from 0 to 255. */
  private int get() throws IOException {
    if (!buffer.hasRemaining()) {
      need(next < end, "a header that goes on after its end");
      buffer.clear().limit((int) Math.min(buffer.capacity(), end - next));
      int count = file.read(buffer, next);
      need(count > 0, "a header that goes on after the end of the file");
      next += count;
      buffer.flip();
    }
    return buffer.get() & 255;
  }

  static void need(boolean holds, String got) {
    if (!holds) {
      throw new IllegalArgumentException(got);
    }
  }
}
