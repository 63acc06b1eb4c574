package dev.espalier.plugins.spark;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.RowSource;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** The rows of a frame as the texts that a CSV file would have. */
final class FrameSource implements RowSource {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter FINE =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSSSSS", Locale.ROOT);

  private final Dataset<Row> frame;

  FrameSource(Dataset<Row> frame) {
    this.frame = frame;
  }

  @Override
  public String name() {
    return "frame";
  }

  @Override
  public String place(long position) {
    return "frame, row " + position;
  }

  @Override
  public void scan(Visitor visitor) {
    StructField[] fields = frame.schema().fields();
    visitor.header(
        Arrays.stream(fields).map(field -> field.name().strip()).toList(),
        Arrays.stream(fields).map(FrameSource::hint).toList(),
        0);
    long position = 0;
    for (Iterator<Row> rows = frame.toLocalIterator(); rows.hasNext(); ) {
      Row row = rows.next();
      List<String> cells = new ArrayList<>(fields.length);
      for (int j = 0; j < fields.length; j++) {
        cells.add(text(row.get(j)));
      }
      visitor.row(cells, ++position);
    }
  }

  private static Hint hint(StructField field) {
    DataType type = field.dataType();
    if (type instanceof NumericType) {
      return Hint.NUMBERS;
    }
    if (type instanceof StringType) {
      return Hint.WORDS;
    }
    if (type instanceof BooleanType
        || type instanceof DateType
        || type instanceof TimestampType
        || type instanceof TimestampNTZType
        || type.typeName().startsWith("time(")) {
      return Hint.NONE;
    }
    throw new InvalidDataException(
        "frame: need numbers, truths, dates, times or text in column '"
            + field.name()
            + "', got the type "
            + type.simpleString()
            + ". Select its parts, or leave it out");
  }

  private static String text(@Nullable Object cell) {
    if (cell == null) {
      return "";
    }
    if (cell instanceof Double number) {
      return RowSource.text(number);
    }
    if (cell instanceof Float number) {
      return RowSource.text(number);
    }
    if (cell instanceof BigDecimal number) {
      return number.toPlainString();
    }
    if (cell instanceof Timestamp moment) {
      return moment(moment.toInstant());
    }
    if (cell instanceof Instant moment) {
      return moment(moment);
    }
    if (cell instanceof LocalDateTime moment) {
      return moment(moment);
    }
    if (cell instanceof LocalTime time) {
      return time(time);
    }
    return cell.toString().strip();
  }

  private static String moment(Instant moment) {
    return moment(LocalDateTime.ofInstant(moment, ZoneOffset.UTC)) + "Z";
  }

  private static String moment(LocalDateTime moment) {
    return moment.toLocalDate() + "T" + time(moment.toLocalTime());
  }

  /** To the microsecond, the finest part of a moment that frames have. */
  private static String time(LocalTime time) {
    return (time.getNano() < 1000 ? TIME : FINE).format(time);
  }
}
