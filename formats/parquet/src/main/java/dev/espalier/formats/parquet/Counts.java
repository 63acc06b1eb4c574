package dev.espalier.formats.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;

/**
 * Holds the counts that packed values tell against the number of values of their page. Columns are
 * not repeated.
 *
 * @param definitionLevel the greatest definition level, 0 where no cell may be missing
 */
record Counts(int definitionLevel) implements DataPage.Visitor<DataPage> {

  /** More values than any writer packs together, far fewer than memory holds. */
  private static final int GREATEST_BLOCK = 1 << 16;

  @Override
  public DataPage visit(DataPageV1 page) {
    ByteBuffer bytes = bytes(page.getBytes());
    int values = page.getValueCount();
    if (definitionLevel > 0) {
      if (page.getDlEncoding() == Encoding.RLE) {
        runs(part(bytes), width(definitionLevel), values);
      } else {
        skip(bytes, ((long) values * width(definitionLevel) + 7) / 8);
      }
    }
    values(bytes, page.getValueEncoding(), values);
    return page;
  }

  @Override
  public DataPage visit(DataPageV2 page) {
    int values = page.getValueCount();
    if (definitionLevel > 0) {
      runs(bytes(page.getDefinitionLevels()), width(definitionLevel), values);
    }
    values(bytes(page.getData()), page.getDataEncoding(), values);
    return page;
  }

  private static void values(ByteBuffer bytes, Encoding encoding, int values) {
    if (!bytes.hasRemaining()) {
      return;
    }
    switch (encoding) {
      case PLAIN_DICTIONARY, RLE_DICTIONARY -> runs(bytes, bytes.get() & 255, values);
      case RLE -> runs(part(bytes), 1, values);
      case DELTA_BINARY_PACKED, DELTA_LENGTH_BYTE_ARRAY -> Deltas.read(bytes, values);
      case DELTA_BYTE_ARRAY -> {
        Deltas.read(bytes, values).skip();
        Deltas.read(bytes, values);
      }
      default -> {} // takes what is there
    }
  }

  /** Runs of one value, and of groups of eight, the number of which is memory. */
  private static void runs(ByteBuffer bytes, int width, int values) {
    long seen = 0;
    while (seen < values && bytes.hasRemaining()) {
      long head = number(bytes);
      long count = head >>> 1;
      boolean packed = (head & 1) == 1;
      Headers.need(!packed || count <= values / 8 + 1, "a run longer than its page");
      seen += packed ? 8 * count : count;
      // the last group may be cut short
      skip(bytes, Math.min(bytes.remaining(), packed ? count * width : (width + 7) / 8));
    }
  }

  /** The beginning of numbers told by their differences, in blocks and parts of blocks. */
  private record Deltas(ByteBuffer bytes, long block, long parts, long count) {

    static Deltas read(ByteBuffer bytes, int values) {
      Deltas told = new Deltas(bytes, number(bytes), number(bytes), number(bytes));
      Headers.need(
          told.block >= 0 && told.block <= GREATEST_BLOCK, "a block of " + told.block + " values");
      Headers.need(
          told.parts > 0 && told.parts <= told.block, "a block of " + told.parts + " parts");
      Headers.need(told.count >= 0 && told.count <= values, "more values than their page");
      number(bytes); // the first value
      return told;
    }

    /** Goes on to what is behind the differences. */
    void skip() {
      for (long left = count - 1; left > 0; ) {
        number(bytes); // the least difference
        byte[] widths = new byte[(int) parts];
        bytes.get(widths);
        for (int part = 0; part < parts && left > 0; part++) {
          Counts.skip(bytes, (widths[part] & 255) * (block / parts) / 8);
          left -= block / parts;
        }
      }
    }
  }

  /** The bits that hold a number from 0 to the greatest. */
  private static int width(int greatest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(greatest);
  }

  /** The next bytes, after their length. */
  private static ByteBuffer part(ByteBuffer bytes) {
    int length = bytes.order(ByteOrder.LITTLE_ENDIAN).getInt();
    Headers.need(length >= 0 && length <= bytes.remaining(), "a part longer than its page");
    ByteBuffer part = bytes.slice(bytes.position(), length);
    skip(bytes, length);
    return part;
  }

  private static void skip(ByteBuffer bytes, long count) {
    Headers.need(count >= 0 && count <= bytes.remaining(), "a part longer than its page");
    bytes.position(bytes.position() + (int) count);
  }

  private static long number(ByteBuffer bytes) {
    try {
      return Headers.number(() -> bytes.get() & 255);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a number that goes on after its page", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer bytes(BytesInput input) {
    try {
      return input.size() == 0
          ? ByteBuffer.allocate(0)
          : input.toInputStream().slice(Math.toIntExact(input.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
