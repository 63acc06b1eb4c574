package dev.espalier.plugins.spark;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.util.Iterator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;

/** Draws the rows of a partition, some at a time, as they are asked for. */
final class DrawnRows implements FlatMapFunction<Integer, Row> {
  private static final long serialVersionUID = 1;

  /** Rows at a time: enough to keep batched scores busy, few enough for any executor's memory. */
  private static final int BLOCK = 4096;

  private final Broadcast<Parcel> model;
  private final PartitionedDraw rows;

  DrawnRows(Broadcast<Parcel> model, PartitionedDraw rows) {
    this.model = model;
    this.rows = rows;
  }

  @Override
  public Iterator<Row> call(Integer partition) {
    TableModel drawn = (TableModel) model.value().open();
    TaskContext context = TaskContext.get();
    Progress progress =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            // Spark counts the tasks itself.
          }

          @Override
          public boolean cancelled() {
            return context.isInterrupted();
          }
        };
    long blocks = (rows.size(partition) + BLOCK - 1) / BLOCK;
    return LongStream.range(0, blocks)
        .mapToObj(block -> rows.rows(partition, block * BLOCK, BLOCK))
        .map(block -> lines(drawn, block, progress))
        .flatMap(DrawnRows::rows)
        .iterator();
  }

  private Table lines(TableModel drawn, DrawRequest.Rows block, Progress progress) {
    Table table = drawn.draw(block, rows.seed(), Tasks.here(), progress);
    return drawn.arrangement().lines(table, block.index(0));
  }

  private static Stream<Row> rows(Table table) {
    FrameCells cells = FrameCells.of(table);
    return IntStream.range(0, table.count()).mapToObj(cells::row);
  }
}
