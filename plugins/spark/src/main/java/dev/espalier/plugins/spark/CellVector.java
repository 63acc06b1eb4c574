package dev.espalier.plugins.spark;

import dev.espalier.tables.Column;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarArray;
import org.apache.spark.sql.vectorized.ColumnarMap;
import org.apache.spark.unsafe.types.UTF8String;

/** A column of a table as Spark reads one, in the type of {@link FrameTypes}. */
final class CellVector extends ColumnVector {

  private static final long MICROS = 1_000_000;

  private final Column column;

  /** The known words, by code. */
  private final UTF8String[] words;

  CellVector(Column column) {
    super(FrameTypes.of(column.field()));
    this.column = column;
    boolean known = type.equals(DataTypes.StringType) && column.kind().isCategory();
    this.words =
        known
            ? column.field().categories().stream()
                .map(UTF8String::fromString)
                .toArray(UTF8String[]::new)
            : new UTF8String[0];
  }

  @Override
  public void close() {
    // The table is the garbage collector's.
  }

  @Override
  public boolean hasNull() {
    return numNulls() > 0;
  }

  @Override
  public int numNulls() {
    return column.missing();
  }

  @Override
  public boolean isNullAt(int row) {
    return column.missing(row);
  }

  private String word(int row) {
    return column.field().categories().get(column.code(row));
  }

  @Override
  public boolean getBoolean(int row) {
    return Boolean.parseBoolean(word(row));
  }

  @Override
  public int getInt(int row) {
    if (type.equals(DataTypes.DateType)) {
      return (int) column.number(row);
    }
    throw none("int");
  }

  /** A whole number, or the microseconds since 1970-01-01. */
  @Override
  public long getLong(int row) {
    if (type.equals(DataTypes.LongType)) {
      return column.kind().isNumber() ? (long) column.number(row) : Long.parseLong(word(row));
    }
    return Math.round(column.number(row) * MICROS);
  }

  @Override
  public double getDouble(int row) {
    return column.number(row);
  }

  @Override
  public UTF8String getUTF8String(int row) {
    return words.length > 0
        ? words[column.code(row)]
        : UTF8String.fromString(String.valueOf(column.text(row)));
  }

  private IllegalStateException none(String asked) {
    return new IllegalStateException("need the type " + type.sql() + ", was asked for " + asked);
  }

  @Override
  public byte getByte(int row) {
    throw none("byte");
  }

  @Override
  public short getShort(int row) {
    throw none("short");
  }

  @Override
  public float getFloat(int row) {
    throw none("float");
  }

  @Override
  public ColumnarArray getArray(int row) {
    throw none("array");
  }

  @Override
  public ColumnarMap getMap(int row) {
    throw none("map");
  }

  @Override
  public Decimal getDecimal(int row, int precision, int scale) {
    throw none("decimal");
  }

  @Override
  public byte[] getBinary(int row) {
    throw none("binary");
  }

  @Override
  public ColumnVector getChild(int ordinal) {
    throw none("child");
  }
}
