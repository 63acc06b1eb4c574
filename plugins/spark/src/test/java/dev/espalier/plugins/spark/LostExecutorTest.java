package dev.espalier.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorRemoved;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of two executors, each a Java of its own, of which one is killed during a fit. */
@Tag("long")
class LostExecutorTest {

  private static final String ESTIMATOR =
      "localized(radius=1, graph=grid(8,8), inner=gmm(components=3))";

  @TempDir Path folder;

  /** Kills one executor as soon as a tenth of the work is done. */
  private static final class Killing implements Progress {
    private final AtomicBoolean killed = new AtomicBoolean();

    @Override
    public void report(String stage, double done) {
      if (done >= 0.1 && killed.compareAndSet(false, true)) {
        executors().get(0).destroyForcibly();
      }
    }
  }

  /** The Javas that this one has started, which are executors. */
  private static List<ProcessHandle> executors() {
    return ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("java"))
        .toList();
  }

  /** What became of executors and their tasks. */
  private static final class Losses extends SparkListener {
    private final AtomicInteger executors = new AtomicInteger();
    private final AtomicInteger tasks = new AtomicInteger();

    @Override
    public void onExecutorRemoved(SparkListenerExecutorRemoved removed) {
      executors.incrementAndGet();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      tasks.addAndGet(end.taskInfo().successful() ? 0 : 1);
    }
  }

  private byte[] fitted(Table table, Tasks tasks, Progress progress) throws IOException {
    Path file = folder.resolve("model.esp");
    TableModel.fit(table, LocalSpark.pipeline(ESTIMATOR), EncoderOptions.STANDARD, tasks, progress)
        .save(file);
    return Files.readAllBytes(file);
  }

  @Test
  void costsNothingButItsTask() throws IOException {
    Table table =
        TableFiles.read(Path.of("../../examples/data/landsat7_nir_patches_8x8.csv")).rows(0, 1000);
    byte[] here = fitted(table, Tasks.here(), Progress.silent());
    // Executors take everything from the class path of the test.
    Files.createDirectories(Path.of(System.getenv("SPARK_HOME"), "jars"));
    SparkSession session =
        LocalSpark.builder(folder.resolve("scratch"))
            .master("local-cluster[2,1,1024]")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .getOrCreate();
    try {
      Losses losses = new Losses();
      session.sparkContext().addSparkListener(losses);
      Killing killing = new Killing();
      byte[] there = fitted(table, SparkTasks.on(session), killing);
      assertTrue(killing.killed.get());
      assertArrayEquals(here, there);
      assertEquals(1, losses.executors.get(), "executors lost");
      assertTrue(losses.tasks.get() <= 1, () -> "tasks lost: " + losses.tasks);
      drawsAlike(session, table);
    } finally {
      session.stop();
      executors().forEach(each -> each.onExit().join());
    }
  }

  /** Rows drawn in the executors are those drawn here. */
  private static void drawsAlike(SparkSession session, Table table) {
    TableModel model = TableModel.fit(table, LocalSpark.pipeline("gaussian()"));
    List<Row> rows =
        SparkTables.draw(session, model, new PartitionedDraw(0, 300, 7, 3)).collectAsList();
    FrameCells cells = FrameCells.of(model.draw(300));
    for (int i = 0; i < 300; i++) {
      assertEquals(cells.row(i), rows.get(i));
    }
  }
}
