package dev.espalier.plugins.spark;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.Reading;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableModel;
import java.io.IOException;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Data frames as tables to learn from, and models drawn into data frames.
 *
 * <p>A frame's columns become what the columns of a Parquet file of the same types become: numbers
 * of any width, decimals, truths, text, dates, times and timestamps; nested columns are refused.
 */
public final class SparkTables {

  private SparkTables() {}

  /** Reads a frame whole, inferring all kinds. */
  public static Table read(Dataset<Row> frame) {
    return read(frame, Reading.STANDARD);
  }

  /**
   * Reads a frame into this Java's memory, row by row in the order of its partitions.
   *
   * <p>It is read twice, so it is kept by the executors in the meantime.
   *
   * @param how its schema, and the most rows to keep; the layout of CSV files is ignored
   * @throws dev.espalier.api.InvalidDataException if a column is of no type that tables have, or
   *     the rows break the schema
   */
  public static Table read(Dataset<Row> frame, Reading how) {
    boolean kept = !frame.storageLevel().equals(StorageLevel.NONE());
    Dataset<Row> rows = kept ? frame : frame.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      // Computes all partitions at once; the iterators that follow go through one after the other.
      rows.count();
      return TableFiles.read(new FrameSource(rows), how);
    } catch (IOException e) {
      throw new IllegalStateException("a frame is no file", e);
    } finally {
      if (!kept) {
        rows.unpersist();
      }
    }
  }

  /**
   * A frame of rows drawn from a model, each where its partition is computed; of the lines that
   * they make, where a row was learned from several.
   *
   * <p>Row {@code i} depends on the model, the seed and {@code i} alone, so every partition can be
   * computed again anywhere, and no number of partitions changes a bit. The model is sent to each
   * executor once.
   */
  public static Dataset<Row> draw(SparkSession session, TableModel model, PartitionedDraw rows) {
    Table none =
        model.draw(DrawRequest.Rows.range(0, 0), rows.seed(), Tasks.here(), Progress.silent());
    List<Field> fields =
        model.arrangement().lines(none, 0).columns().stream().map(Column::field).toList();
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    return new DrawnFrame(fields, context.broadcast(Parcel.of(model)), rows).in(session);
  }
}
