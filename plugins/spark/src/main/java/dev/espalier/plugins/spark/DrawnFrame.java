package dev.espalier.plugins.spark;

import dev.espalier.tables.Field;
import dev.espalier.tables.PartitionedDraw;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.connector.catalog.Column;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/** Rows that are drawn when they are read, column by column: Spark then makes the fewest copies. */
final class DrawnFrame implements SupportsRead, ScanBuilder, Scan, Batch {

  private static final String KEY = "frame";

  /** Frames on their way to Spark, which takes a source by name and options, not by reference. */
  private static final Map<String, DrawnFrame> OPENING = new ConcurrentHashMap<>();

  private final StructType types;
  private final Broadcast<Parcel> model;
  private final PartitionedDraw rows;

  DrawnFrame(List<Field> fields, Broadcast<Parcel> model, PartitionedDraw rows) {
    this.types = FrameTypes.of(fields);
    this.model = model;
    this.rows = rows;
  }

  /** Spark's view of it. */
  Dataset<Row> in(SparkSession session) {
    String key = UUID.randomUUID().toString();
    OPENING.put(key, this);
    try {
      return session.read().format(Source.class.getName()).option(KEY, key).load();
    } finally {
      OPENING.remove(key);
    }
  }

  /** Finds the frame of a key; Spark makes one of these by its name. */
  public static final class Source implements TableProvider {

    /** For Spark. */
    public Source() {}

    private static DrawnFrame frame(Map<String, String> options) {
      DrawnFrame frame = OPENING.get(String.valueOf(options.get(KEY)));
      if (frame == null) {
        throw new IllegalArgumentException(
            "need a frame of SparkTables.draw, got a source by its name");
      }
      return frame;
    }

    @Override
    public StructType inferSchema(CaseInsensitiveStringMap options) {
      return frame(options).types;
    }

    @Override
    public Table getTable(StructType types, Transform[] parts, Map<String, String> options) {
      return frame(options);
    }
  }

  @Override
  public String name() {
    return "espalier: " + rows.count() + " drawn rows";
  }

  @Override
  public Column[] columns() {
    return Arrays.stream(types.fields())
        .map(field -> Column.create(field.name(), field.dataType(), field.nullable()))
        .toArray(Column[]::new);
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return this;
  }

  @Override
  public Scan build() {
    return this;
  }

  @Override
  public StructType readSchema() {
    return types;
  }

  @Override
  public String description() {
    return name();
  }

  @Override
  public ColumnarSupportMode columnarSupportMode() {
    return ColumnarSupportMode.SUPPORTED;
  }

  @Override
  public Batch toBatch() {
    return this;
  }

  @Override
  public InputPartition[] planInputPartitions() {
    return IntStream.range(0, rows.partitions())
        .mapToObj(DrawnRows.Part::new)
        .toArray(InputPartition[]::new);
  }

  @Override
  public PartitionReaderFactory createReaderFactory() {
    return new DrawnRows(model, rows);
  }
}
