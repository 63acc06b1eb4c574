package dev.espalier.plugins.spark;

import dev.espalier.tables.Column;
import dev.espalier.tables.Table;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/** The rows of a table as rows of a frame. */
final class FrameCells {

  private static final long MICROS = 1_000_000;

  private final List<IntFunction<@Nullable Object>> columns;

  private FrameCells(List<IntFunction<@Nullable Object>> columns) {
    this.columns = columns;
  }

  static FrameCells of(Table table) {
    return new FrameCells(table.columns().stream().map(FrameCells::cells).toList());
  }

  /** Row {@code i}. */
  Row row(int i) {
    @Nullable Object[] cells = new @Nullable Object[columns.size()];
    for (int j = 0; j < cells.length; j++) {
      cells[j] = columns.get(j).apply(i);
    }
    return RowFactory.create(cells);
  }

  private static IntFunction<@Nullable Object> cells(Column column) {
    DataType type = FrameTypes.of(column.field());
    IntFunction<Object> there =
        column.kind().isCategory()
            ? ofCodes(column, type)
            : column.kind().isNumber() ? ofNumbers(column, type) : i -> text(column, i);
    return i -> column.missing(i) ? null : there.apply(i);
  }

  private static String text(Column column, int i) {
    return String.valueOf(column.text(i));
  }

  private static IntFunction<Object> ofCodes(Column column, DataType type) {
    List<Object> words =
        column.field().categories().stream().map(word -> word(word, type)).toList();
    return i -> words.get(column.code(i));
  }

  private static Object word(String word, DataType type) {
    if (type.equals(DataTypes.BooleanType)) {
      return Boolean.valueOf(word);
    }
    return type.equals(DataTypes.LongType) ? (Object) Long.valueOf(word) : word;
  }

  private static IntFunction<Object> ofNumbers(Column column, DataType type) {
    if (type.equals(DataTypes.DoubleType)) {
      return column::number;
    }
    if (type.equals(DataTypes.LongType)) {
      return i -> (long) column.number(i);
    }
    if (type.equals(DataTypes.DateType)) {
      return i -> LocalDate.ofEpochDay((long) column.number(i));
    }
    if (type.equals(DataTypes.TimestampType)) {
      return i -> instant(column.number(i));
    }
    if (type.equals(DataTypes.TimestampNTZType)) {
      return i -> LocalDateTime.ofInstant(instant(column.number(i)), ZoneOffset.UTC);
    }
    return i -> text(column, i);
  }

  /** Seconds since 1970-01-01, to the microsecond. */
  private static Instant instant(double seconds) {
    long micros = Math.round(seconds * MICROS);
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000);
  }
}
