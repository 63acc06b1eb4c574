package dev.espalier.formats.parquet;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Schema;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Writes tables as one Parquet file. */
final class ParquetOutput implements TableOutput {

  private static final double MICROS = 1e6;

  /** Of decimals in 64 bits. */
  private static final int DIGITS = 18;

  private final OutputStream out;
  private @Nullable ParquetWriter<Row> writer;

  ParquetOutput(OutputStream out) {
    this.out = out;
  }

  /** Row {@code i} of a table. */
  private record Row(Table table, int i) {}

  @Override
  public void append(Table table) throws IOException {
    if (writer == null) {
      writer =
          new Builder(out, table)
              .withConf(new PlainParquetConfiguration())
              .withCodecFactory(new Codecs())
              .withCompressionCodec(CompressionCodecName.ZSTD)
              .withPageWriteChecksumEnabled(true)
              .build();
    }
    for (int i = 0; i < table.count(); i++) {
      writer.write(new Row(table, i));
    }
  }

  @Override
  public void finish() throws IOException {
    if (writer == null) {
      throw new IllegalStateException("need a table, maybe of no rows, before the file ends");
    }
    writer.close();
  }

  private static final class Builder extends ParquetWriter.Builder<Row, Builder> {
    private final Table first;

    Builder(OutputStream out, Table first) {
      super(new Target(out));
      this.first = first;
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<Row> getWriteSupport(ParquetConfiguration conf) {
      return new Rows(first);
    }

    @Override
    @SuppressWarnings("deprecation") // the other form above is the one that is called
    protected WriteSupport<Row> getWriteSupport(org.apache.hadoop.conf.Configuration conf) {
      return new Rows(first);
    }
  }

  private static final class Rows extends WriteSupport<Row> {
    private final MessageType schema;
    private final List<PrimitiveType> types = new ArrayList<>();
    private final Map<String, String> said;
    private @Nullable RecordConsumer consumer;

    Rows(Table table) {
      for (Column column : table.columns()) {
        types.add(type(column.field()));
      }
      schema = new MessageType("table", List.<Type>copyOf(types));
      Schema untold = Schema.untold(table);
      said = untold.rules().isEmpty() ? Map.of() : Map.of(ParquetSource.SCHEMA, untold.toJson());
    }

    @Override
    public WriteContext init(ParquetConfiguration conf) {
      return new WriteContext(schema, said);
    }

    @Override
    @SuppressWarnings("deprecation") // the other form above is the one that is called
    public WriteContext init(org.apache.hadoop.conf.Configuration conf) {
      return new WriteContext(schema, said);
    }

    @Override
    public void prepareForWrite(RecordConsumer consumer) {
      this.consumer = consumer;
    }

    @Override
    public void write(Row row) {
      RecordConsumer to = consumer;
      to.startMessage();
      for (int j = 0; j < types.size(); j++) {
        Column column = row.table().columns().get(j);
        if (!column.missing(row.i())) {
          String name = types.get(j).getName();
          to.startField(name, j);
          cell(to, types.get(j), column, row.i());
          to.endField(name, j);
        }
      }
      to.endMessage();
    }
  }

  /** The type of a column's cells. */
  private static PrimitiveType type(Field field) {
    boolean zulu = field.kind() == Kind.TIMESTAMP || field.pattern().endsWith("Z");
    return switch (field.kind()) {
      case INTEGER -> optional(PrimitiveTypeName.INT64, null, field);
      case CONTINUOUS -> ofNumbers(field);
      case TIME ->
          optional(
              PrimitiveTypeName.INT64,
              LogicalTypeAnnotation.timeType(false, LogicalTypeAnnotation.TimeUnit.MICROS),
              field);
      case DATE -> optional(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), field);
      case DATE_TIME, TIMESTAMP ->
          optional(
              PrimitiveTypeName.INT64,
              LogicalTypeAnnotation.timestampType(zulu, LogicalTypeAnnotation.TimeUnit.MICROS),
              field);
      default -> ofWords(field);
    };
  }

  /** Decimals of a fixed scale stay such; others are doubles. */
  private static PrimitiveType ofNumbers(Field field) {
    return field.pattern().matches("0\\.0+")
        ? optional(
            PrimitiveTypeName.INT64,
            LogicalTypeAnnotation.decimalType(field.pattern().length() - 2, DIGITS),
            field)
        : optional(PrimitiveTypeName.DOUBLE, null, field);
  }

  private static PrimitiveType ofWords(Field field) {
    boolean known = field.kind() == Kind.BOOLEAN || field.kind() == Kind.CONSTANT;
    if (known && List.of("false", "true").containsAll(field.categories())) {
      return optional(PrimitiveTypeName.BOOLEAN, null, field);
    }
    if (known && field.categories().stream().allMatch(word -> word.matches("0|-?[1-9]\\d{0,14}"))) {
      return optional(PrimitiveTypeName.INT64, null, field);
    }
    return optional(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), field);
  }

  private static PrimitiveType optional(
      PrimitiveTypeName type, @Nullable LogicalTypeAnnotation logical, Field field) {
    return Types.optional(type).as(logical).named(field.name());
  }

  private static void cell(RecordConsumer to, PrimitiveType type, Column column, int i) {
    switch (type.getPrimitiveTypeName()) {
      case BOOLEAN -> to.addBoolean(Boolean.parseBoolean(column.text(i)));
      case DOUBLE -> to.addDouble(column.number(i));
      case INT32 -> to.addInteger((int) column.number(i));
      case INT64 -> to.addLong(whole(column, i));
      default -> to.addBinary(Binary.fromString(String.valueOf(column.text(i))));
    }
  }

  private static long whole(Column column, int i) {
    return switch (column.kind()) {
      case INTEGER -> (long) column.number(i);
      case DATE_TIME, TIMESTAMP, TIME -> Math.round(column.number(i) * MICROS);
      case CONTINUOUS -> unscaled(column, i);
      default -> Long.parseLong(String.valueOf(column.text(i)));
    };
  }

  /** The digits of a decimal. */
  private static long unscaled(Column column, int i) {
    BigInteger digits = new BigDecimal(String.valueOf(column.text(i))).unscaledValue();
    if (digits.bitLength() > 59) { // below 10^18
      throw new InvalidDataException(
          "need numbers of at most "
              + DIGITS
              + " digits to write the column '"
              + column.name()
              + "' as decimals, got "
              + column.text(i)
              + ". Choose another format, or the pattern any");
    }
    return digits.longValueExact();
  }

  /** The stream as Parquet's writer wants it: counted, and left open. */
  private record Target(OutputStream out) implements OutputFile {
    @Override
    public PositionOutputStream create(long blockSizeHint) {
      return new PositionOutputStream() {
        private long position;

        @Override
        public long getPos() {
          return position;
        }

        @Override
        public void write(int value) throws IOException {
          out.write(value);
          position++;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
          out.write(bytes, from, count);
          position += count;
        }

        @Override
        public void flush() throws IOException {
          out.flush();
        }
      };
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
      return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
      return false;
    }

    @Override
    public long defaultBlockSize() {
      return 0;
    }
  }
}
