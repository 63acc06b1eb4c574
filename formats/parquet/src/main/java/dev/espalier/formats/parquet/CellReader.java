package dev.espalier.formats.parquet;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.RowSource;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.PrimitiveConverter;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** Turns the values of one column into the texts that a CSV file would have. */
final class CellReader extends PrimitiveConverter {

  private static final long JULIAN_EPOCH = 2_440_588;
  private static final long NANOS = 1_000_000_000L;

  private final RowSource.Hint hint;
  private final LongFunction<String> ofLong;
  private final Function<byte[], String> ofBytes;
  private String text = "";

  private CellReader(
      RowSource.Hint hint, LongFunction<String> ofLong, Function<byte[], String> ofBytes) {
    this.hint = hint;
    this.ofLong = ofLong;
    this.ofBytes = ofBytes;
  }

  /**
   * A reader of a column of that type.
   *
   * @throws InvalidDataException if cells of the type cannot be read
   */
  static CellReader of(String file, PrimitiveType type) {
    LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
    CellReader reader =
        switch (type.getPrimitiveTypeName()) {
          case BOOLEAN -> new CellReader(RowSource.Hint.NONE, Long::toString, CellReader::none);
          case FLOAT, DOUBLE ->
              new CellReader(RowSource.Hint.NUMBERS, Long::toString, CellReader::none);
          case INT32, INT64 -> whole(type, logical);
          case INT96 ->
              new CellReader(RowSource.Hint.NONE, Long::toString, CellReader::oldTimestamp);
          case BINARY, FIXED_LEN_BYTE_ARRAY -> bytes(file, type, logical);
        };
    if (reader == null) {
      throw new InvalidDataException(
          file
              + ": need numbers, truths, dates, times or text in column '"
              + type.getName()
              + "', got the type "
              + type);
    }
    return reader;
  }

  private static String none(byte[] bytes) {
    throw new IllegalStateException("no bytes in a column of numbers, got " + bytes.length);
  }

  private static @Nullable CellReader whole(
      PrimitiveType type, @Nullable LogicalTypeAnnotation logical) {
    boolean narrow = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.INT32;
    if (logical == null) {
      return numbers(Long::toString);
    }
    if (logical instanceof IntLogicalTypeAnnotation whole) {
      if (whole.isSigned()) {
        return numbers(Long::toString);
      }
      return numbers(
          narrow ? value -> Long.toString(value & 0xFFFF_FFFFL) : Long::toUnsignedString);
    }
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return numbers(value -> BigDecimal.valueOf(value, decimal.getScale()).toPlainString());
    }
    if (logical instanceof DateLogicalTypeAnnotation) {
      return moments(value -> LocalDate.ofEpochDay(value).toString());
    }
    if (logical instanceof TimeLogicalTypeAnnotation time) {
      long nanos = nanos(time.getUnit());
      return moments(value -> time(LocalTime.ofNanoOfDay(value * nanos)));
    }
    if (logical instanceof TimestampLogicalTypeAnnotation stamp) {
      long perSecond = NANOS / nanos(stamp.getUnit());
      String zone = stamp.isAdjustedToUTC() ? "Z" : "";
      return moments(
          value ->
              stamp(
                      Math.floorDiv(value, perSecond),
                      Math.floorMod(value, perSecond) * (NANOS / perSecond))
                  + zone);
    }
    return null;
  }

  private static CellReader numbers(LongFunction<String> text) {
    return new CellReader(RowSource.Hint.NUMBERS, text, CellReader::none);
  }

  private static CellReader moments(LongFunction<String> text) {
    return new CellReader(RowSource.Hint.NONE, text, CellReader::none);
  }

  private static @Nullable CellReader bytes(
      String file, PrimitiveType type, @Nullable LogicalTypeAnnotation logical) {
    if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
      return new CellReader(
          RowSource.Hint.NUMBERS,
          Long::toString,
          bytes -> new BigDecimal(new BigInteger(bytes), decimal.getScale()).toPlainString());
    }
    boolean any = type.getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY;
    if (any
        && (logical == null
            || logical instanceof StringLogicalTypeAnnotation
            || logical instanceof EnumLogicalTypeAnnotation
            || logical instanceof JsonLogicalTypeAnnotation)) {
      return new CellReader(
          RowSource.Hint.WORDS, Long::toString, bytes -> utf8(file, type.getName(), bytes));
    }
    if (logical instanceof UUIDLogicalTypeAnnotation) {
      return new CellReader(
          RowSource.Hint.WORDS,
          Long::toString,
          bytes -> {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            return new UUID(halves.getLong(), halves.getLong()).toString();
          });
    }
    return null;
  }

  private static String utf8(String file, String column, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidDataException(
          file + ": need text in UTF-8 in column '" + column + "', got other bytes", e);
    }
  }

  private static long nanos(TimeUnit unit) {
    return switch (unit) {
      case MILLIS -> 1_000_000;
      case MICROS -> 1_000;
      case NANOS -> 1;
    };
  }

  /** Nanoseconds of the day and the Julian day, as old writers have it. */
  private static String oldTimestamp(byte[] bytes) {
    ByteBuffer parts = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long nanos = parts.getLong();
    long day = parts.getInt() - JULIAN_EPOCH;
    return stamp(day * 86_400 + Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  private static String stamp(long seconds, long nanos) {
    LocalDateTime moment = LocalDateTime.ofEpochSecond(seconds, 0, ZoneOffset.UTC);
    return moment.toLocalDate() + "T" + time(moment.toLocalTime().withNano((int) nanos));
  }

  /** To the microsecond, the finest part of a moment that tables have. */
  private static String time(LocalTime time) {
    String text =
        String.format("%02d:%02d:%02d", time.getHour(), time.getMinute(), time.getSecond());
    int micros = time.getNano() / 1000;
    return micros == 0 ? text : text + String.format(".%06d", micros);
  }

  RowSource.Hint hint() {
    return hint;
  }

  void clear() {
    text = "";
  }

  String text() {
    return text;
  }

  @Override
  public void addBinary(Binary value) {
    // Its getBytes takes memory for as many bytes as are told before it looks for them.
    ByteBuffer there = value.toByteBuffer();
    byte[] bytes = new byte[there.remaining()];
    there.get(bytes);
    text = ofBytes.apply(bytes).strip();
  }

  @Override
  public void addBoolean(boolean value) {
    text = Boolean.toString(value);
  }

  @Override
  public void addDouble(double value) {
    text = RowSource.text(value);
  }

  @Override
  public void addFloat(float value) {
    text = RowSource.text(value);
  }

  @Override
  public void addInt(int value) {
    text = ofLong.apply(value);
  }

  @Override
  public void addLong(long value) {
    text = ofLong.apply(value);
  }
}
