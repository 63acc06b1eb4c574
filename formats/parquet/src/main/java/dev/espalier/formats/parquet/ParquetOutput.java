package dev.espalier.formats.parquet;

import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableOutput;
import java.io.IOException;
import java.io.OutputStream;
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
    private @Nullable RecordConsumer consumer;

    Rows(Table table) {
      for (Column column : table.columns()) {
        types.add(type(column.field()));
      }
      schema = new MessageType("table", List.<Type>copyOf(types));
    }

    @Override
    public WriteContext init(ParquetConfiguration conf) {
      return new WriteContext(schema, Map.of());
    }

    @Override
    @SuppressWarnings("deprecation") // the other form above is the one that is called
    public WriteContext init(org.apache.hadoop.conf.Configuration conf) {
      return new WriteContext(schema, Map.of());
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
    boolean zulu = field.pattern().endsWith("Z");
    return switch (field.kind()) {
      case INTEGER -> optional(PrimitiveTypeName.INT64, null, field);
      case CONTINUOUS -> optional(PrimitiveTypeName.DOUBLE, null, field);
      case DATE -> optional(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), field);
      case DATE_TIME ->
          optional(
              PrimitiveTypeName.INT64,
              LogicalTypeAnnotation.timestampType(zulu, LogicalTypeAnnotation.TimeUnit.MICROS),
              field);
      default -> ofWords(field);
    };
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
      case DATE_TIME -> Math.round(column.number(i) * MICROS);
      default -> Long.parseLong(String.valueOf(column.text(i)));
    };
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
