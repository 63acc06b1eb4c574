package dev.espalier.plugins.spark;

import dev.espalier.api.CancelledException;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.tables.Cluster;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.TableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerExecutorMetricsUpdate;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** A Spark session as a cluster; closing it stops the session. */
final class SparkCluster implements Cluster {

  private static final String GROUP = "espalier draw";

  private final SparkSession session;

  SparkCluster(SparkSession session) {
    this.session = session;
  }

  @Override
  public Tasks tasks() {
    return SparkTasks.on(session);
  }

  @Override
  public void draw(TableModel model, PartitionedDraw rows, Path folder, Progress progress) {
    if (Files.exists(folder)) {
      throw new InvalidDataException(
          "need a folder that is not there yet, got '" + folder + "'. Remove it, or name another");
    }
    SparkContext context = session.sparkContext();
    Watch watch = new Watch(context, rows.partitions(), progress);
    context.addSparkListener(watch);
    context.setJobGroup(GROUP, "espalier: " + rows.count() + " rows", false);
    boolean written = false;
    try {
      progress.check();
      SparkTables.draw(session, model, rows)
          .write()
          .parquet(folder.toAbsolutePath().toUri().toString());
      written = true;
    } catch (Exception e) {
      if (progress.cancelled()) {
        throw new CancelledException("cancelled");
      }
      throw new IllegalStateException(
          "Spark could not write the rows: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
          e);
    } finally {
      context.clearJobGroup();
      context.removeSparkListener(watch);
      if (!written) {
        remove(folder);
      }
    }
  }

  private static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.delete(each);
      }
    } catch (IOException e) {
      throw new InvalidDataException("cannot remove what was written of '" + folder + "'", e);
    }
  }

  @Override
  public void close() {
    session.stop();
  }

  /** Counts the partitions that are written, and cancels them all when that is asked for. */
  private static final class Watch extends SparkListener {
    private final SparkContext context;
    private final int partitions;
    private final Progress progress;
    private final AtomicInteger done = new AtomicInteger();

    Watch(SparkContext context, int partitions, Progress progress) {
      this.context = context;
      this.partitions = partitions;
      this.progress = progress;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
      if (end.taskInfo().successful()) {
        int count = done.incrementAndGet();
        progress.report(
            "wrote " + count + " of " + partitions + " partitions",
            Math.min(1, (double) count / partitions));
      }
      stopIfCancelled();
    }

    @Override
    public void onExecutorMetricsUpdate(SparkListenerExecutorMetricsUpdate update) {
      stopIfCancelled();
    }

    private void stopIfCancelled() {
      if (progress.cancelled()) {
        context.cancelJobGroup(GROUP);
      }
    }
  }
}
