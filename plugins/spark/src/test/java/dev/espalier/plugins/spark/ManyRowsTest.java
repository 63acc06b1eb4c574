package dev.espalier.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ten million rows of 16 columns in 200 partitions, beside the same draw without Spark. */
@Tag("long")
class ManyRowsTest {

  private static final int COLUMNS = 16;
  private static final PartitionedDraw DRAW = new PartitionedDraw(0, 10_000_000, 11, 200);
  private static final Set<Integer> CHECKED = Set.of(0, 77, 199);

  @TempDir Path folder;

  /** Rows of correlated numbers. */
  private static Table table() {
    int rows = 2000;
    List<Column> columns = new ArrayList<>();
    double[] before = new double[rows];
    for (int j = 0; j < COLUMNS; j++) {
      RandomGenerator random = new Streams(3).stream("many rows", j);
      double[] cells = new double[rows];
      for (int i = 0; i < rows; i++) {
        cells[i] = 0.6 * before[i] + random.nextGaussian();
      }
      before = cells;
      columns.add(Column.numbers(Field.number("x" + j, Kind.CONTINUOUS, "any"), cells));
    }
    return Table.of(columns);
  }

  private static void add(CRC32C sum, double value) {
    long bits = Double.doubleToRawLongBits(value);
    for (int k = 0; k < Long.BYTES; k++) {
      sum.update((int) (bits >>> 8 * k));
    }
  }

  /** The checksums of the partitions that are checked, after their numbers. */
  private static final Function2<Integer, Iterator<Row>, Iterator<long[]>> SUMS =
      (partition, rows) -> {
        if (!CHECKED.contains(partition)) {
          return List.<long[]>of().iterator();
        }
        CRC32C sum = new CRC32C();
        while (rows.hasNext()) {
          Row row = rows.next();
          for (int j = 0; j < COLUMNS; j++) {
            add(sum, row.getDouble(j));
          }
        }
        return List.of(new long[] {partition, sum.getValue()}).iterator();
      };

  private static Map<Integer, Long> sumsHere(TableModel model) {
    Map<Integer, Long> sums = new HashMap<>();
    for (int partition : CHECKED) {
      Table rows =
          model.draw(
              DRAW.rows(partition, 0, Integer.MAX_VALUE),
              DRAW.seed(),
              Tasks.here(),
              Progress.silent());
      CRC32C sum = new CRC32C();
      for (int i = 0; i < rows.count(); i++) {
        for (Column column : rows.columns()) {
          add(sum, column.number(i));
        }
      }
      sums.put(partition, sum.getValue());
    }
    return sums;
  }

  /** Rows a second of the draw on two threads, in blocks that a command would take. */
  private static double rateHere(TableModel model, int blocks) {
    Tasks two = Tasks.threads(2);
    int block = 1 << 16;
    long start = System.nanoTime();
    for (int k = 0; k < blocks; k++) {
      DrawRequest.Rows rows = DrawRequest.Rows.range((long) k * block, block);
      model.draw(rows, DRAW.seed(), two, Progress.silent());
    }
    return blocks * (double) block / (1e-9 * (System.nanoTime() - start));
  }

  /** Rows a second of a draw by Spark, handed to nobody. */
  private static double rateThere(SparkSession session, TableModel model, long seed, int count) {
    PartitionedDraw rows = new PartitionedDraw(0, count, seed, count / 50_000);
    long start = System.nanoTime();
    SparkTables.draw(session, model, rows).write().format("noop").mode("overwrite").save();
    return count / (1e-9 * (System.nanoTime() - start));
  }

  @Test
  void haveTheBitsOfOneMachineAndNearlyItsSpeed() {
    TableModel model = TableModel.fit(table(), LocalSpark.pipeline("gaussian()"));
    SparkSession session = LocalSpark.start(folder);
    try {
      Dataset<Row> frame = SparkTables.draw(session, model, DRAW);
      Map<Integer, Long> there = new HashMap<>();
      for (long[] sum : frame.toJavaRDD().mapPartitionsWithIndex(SUMS, true).collect()) {
        there.put((int) sum[0], sum[1]);
      }
      assertEquals(sumsHere(model), there);
      // In turns, since machines are not alike from one second to the next; the first warms up.
      double here = 0;
      double spark = 0;
      for (int turn = 0; turn < 4; turn++) {
        here = Math.max(here, rateHere(model, 40));
        spark = Math.max(spark, rateThere(session, model, DRAW.seed(), 2_500_000));
      }
      System.out.printf("rows a second: %.0f here, %.0f by Spark%n", here, spark);
      // On a quiet machine 0.8 is reached (docs/spark.md); others may be at work here.
      assertTrue(spark > 0.5 * here, "need at least half of the rate without Spark");
    } finally {
      session.stop();
    }
  }
}
