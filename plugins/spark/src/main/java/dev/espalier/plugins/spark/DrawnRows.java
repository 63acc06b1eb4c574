package dev.espalier.plugins.spark;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/** Draws the rows of a partition, some at a time, as they are asked for. */
final class DrawnRows implements PartitionReaderFactory {
  private static final long serialVersionUID = 1;

  /** Rows at a time: enough to keep batched scores busy, few enough for any executor's memory. */
  private static final int BLOCK = 4096;

  private final Broadcast<Parcel> model;
  private final PartitionedDraw rows;

  DrawnRows(Broadcast<Parcel> model, PartitionedDraw rows) {
    this.model = model;
    this.rows = rows;
  }

  /** A partition by its number. */
  record Part(int number) implements InputPartition {}

  @Override
  public boolean supportColumnarReads(InputPartition partition) {
    return true;
  }

  @Override
  public PartitionReader<ColumnarBatch> createColumnarReader(InputPartition partition) {
    return new Blocks((TableModel) model.value().open(), ((Part) partition).number());
  }

  @Override
  public PartitionReader<InternalRow> createReader(InputPartition partition) {
    throw new IllegalStateException("need blocks of rows, was asked for one at a time");
  }

  private final class Blocks implements PartitionReader<ColumnarBatch>, Progress {
    private final TableModel drawn;
    private final int partition;
    private final TaskContext context = TaskContext.get();
    private long begun;
    private ColumnarBatch batch = new ColumnarBatch(new ColumnVector[0], 0);

    Blocks(TableModel drawn, int partition) {
      this.drawn = drawn;
      this.partition = partition;
    }

    @Override
    public boolean next() {
      if (begun == rows.size(partition)) {
        return false;
      }
      DrawRequest.Rows block = rows.rows(partition, begun, BLOCK);
      Table table = drawn.draw(block, rows.seed(), Tasks.here(), this);
      Table lines = drawn.arrangement().lines(table, block.index(0));
      ColumnVector[] vectors =
          lines.columns().stream().map(CellVector::new).toArray(ColumnVector[]::new);
      batch = new ColumnarBatch(vectors, lines.count());
      begun += block.count();
      return true;
    }

    @Override
    public ColumnarBatch get() {
      return batch;
    }

    @Override
    public void close() {
      // Nothing is open.
    }

    @Override
    public void report(String stage, double done) {
      // Spark counts the tasks itself.
    }

    @Override
    public boolean cancelled() {
      return context.isInterrupted();
    }
  }
}
