package dev.espalier.formats.parquet;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * Walks over the headers of a Parquet file, structures in Thrift's compact protocol, and holds
 * every length that they tell against the bytes there are: the library takes memory for a text or
 * list of the told length before it looks for it.
 */
final class Headers {
  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** The library's own limit. */
  private static final int DEEPEST = 64;

  private static final int WHOLE = 5;
  private static final int LONG = 6;
  private static final int TEXT = 8;
  private static final int STRUCTURE = 12;

  /** What lists of a footer hold, by where they are: the library does not look what they say. */
  private static final Map<String, Integer> ELEMENTS =
      Map.ofEntries(
          Map.entry("file.2", STRUCTURE), // columns of the schema
          Map.entry("file.4", STRUCTURE), // row groups
          Map.entry("file.4.1", STRUCTURE), // their columns
          Map.entry("file.4.1.3.2", WHOLE), // encodings
          Map.entry("file.4.1.3.3", TEXT), // the path of a column
          Map.entry("file.4.1.3.8", STRUCTURE), // keys and values
          Map.entry("file.4.1.3.13", STRUCTURE), // encodings of pages
          Map.entry("file.4.1.3.16.2", LONG), // how many cells have which levels
          Map.entry("file.4.1.3.16.3", LONG),
          Map.entry("file.4.1.3.17.2", WHOLE), // kinds of places
          Map.entry("file.4.4", STRUCTURE), // columns that are sorted
          Map.entry("file.5", STRUCTURE), // keys and values
          Map.entry("file.7", STRUCTURE)); // orders of columns

  /**
   * Structures of which one field is there: the library reads that one, and takes what follows for
   * the end.
   */
  private static final Set<String> CHOICES =
      Set.of(
          "file.2.10.", // the type of a column
          "file.2.10.7.2.", // the unit of its times
          "file.2.10.8.2.", // and of its moments
          "file.4.1.8.", // how a column is encrypted
          "file.7.", // the order of a column
          "file.8."); // how the file is encrypted

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

  /** Takes note of whole numbers. */
  private interface Numbers {

    /**
     * Takes note of one.
     *
     * @param where its field, after the file or page and the fields that it is in
     */
    void found(String where, long value);
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
    new Headers(file, tail - length, tail).structure(0, "file.", (where, value) -> {});
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
      pages.structure(0, "page.", page);
      need(page.bytes >= 0, "a page without a length");
      pages.skip(page.bytes);
    }
  }

  /** What the headers of pages tell. */
  private static final class Page implements Numbers {
    private static final String COMPRESSED_SIZE = "page.3";
    private static final Set<String> VALUES = Set.of("page.5.1", "page.8.1"); // of data pages

    private long bytes;
    private long values;

    @Override
    public void found(String where, long value) {
      if (where.equals(COMPRESSED_SIZE)) {
        bytes = value;
      } else if (VALUES.contains(where)) {
        values += Math.max(0, value);
      }
    }
  }

  private void structure(int depth, String in, Numbers numbers) throws IOException {
    need(depth < DEEPEST, "structures in more than " + DEEPEST + " others");
    int field = 0;
    int count = 0;
    for (int head = get(); head != 0; head = get()) {
      int step = head >>> 4;
      int type = head & 15;
      field = (short) (step == 0 ? signed(number()) : field + step);
      count++;
      if (type != 1 && type != 2) { // or the type is the truth value
        value(type, depth, in + field, numbers);
      }
    }
    need(count == 1 || !CHOICES.contains(in), "a choice of " + count);
  }

  private void value(int type, int depth, String where, Numbers numbers) throws IOException {
    switch (type) {
      case 1, 2, 3 -> skip(1);
      case 4, WHOLE, LONG -> numbers.found(where, signed(number()));
      case 7 -> skip(Double.BYTES);
      case TEXT -> skip(number());
      case 9, 10 -> {
        int head = get();
        int each = head & 15;
        need(each == ELEMENTS.getOrDefault(where, each), "a list of other elements than it has");
        list(head >>> 4 == 15 ? number() : head >>> 4, depth, where, numbers, each);
      }
      case 11 -> {
        long size = number();
        if (size != 0) {
          int types = get();
          list(size, depth, where, numbers, types >>> 4, types & 15);
        }
      }
      case STRUCTURE -> structure(depth + 1, where + ".", numbers);
      default -> throw new IllegalArgumentException("a header with an unknown type " + type);
    }
  }

  private void list(long size, int depth, String where, Numbers numbers, int... types)
      throws IOException {
    need(size >= 0 && size <= left(), "a list longer than the file");
    for (long i = 0; i < size; i++) {
      for (int type : types) {
        value(type, depth + 1, where, numbers);
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
