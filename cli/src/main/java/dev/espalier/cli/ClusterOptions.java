package dev.espalier.cli;

import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.tables.Cluster;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where long work runs: in threads of this Java, or on a cluster. */
final class ClusterOptions {

  private static final String ABSENT =
      "need Apache Spark 4 for --spark, which is not on the class path. Start with ./espalier and"
          + " SPARK_HOME set to where Spark is; docs/spark.md says how to get it";

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description = {
        "Work on a Spark cluster: local[2], spark://host:7077 or any other master.",
        "Never changes a result."
      })
  private @Nullable String spark;

  /** Whether a cluster was asked for. */
  boolean given() {
    return spark != null;
  }

  /**
   * A place to work in, to be closed when the work is done by the thread that opened it. A cluster
   * in this Java, and what comes back from any, finds the classes of plugins by that thread.
   */
  Workplace open(CommonOptions common, Catalogue catalogue) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    if (spark == null) {
      return new Workplace(common.tasks(), null, before);
    }
    Cluster cluster = null;
    thread.setContextClassLoader(catalogue.loader());
    try {
      cluster = connect(spark, common);
      return new Workplace(common.tasks(), cluster, before);
    } finally {
      if (cluster == null) {
        thread.setContextClassLoader(before);
      }
    }
  }

  private static Cluster connect(String master, CommonOptions common) {
    Cluster.Connector connector =
        Cluster.connector("spark").orElseThrow(() -> new IllegalArgumentException(ABSENT));
    try {
      return connector.connect(master, common.pluginJars());
    } catch (NoClassDefFoundError e) {
      throw new IllegalArgumentException(ABSENT, e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "need a Spark that runs on this Java for --spark, got one that does not: "
              + e.toString().lines().findFirst().orElse("")
              + ". Start with ./espalier, which opens what Spark needs; docs/spark.md tells the"
              + " versions",
          e);
    }
  }

  /** Threads of this Java and, if it was asked for, the cluster in their place. */
  record Workplace(Tasks threads, @Nullable Cluster cluster, ClassLoader before)
      implements AutoCloseable {

    Tasks tasks() {
      return cluster == null ? threads : cluster.tasks();
    }

    @Override
    public void close() {
      if (cluster != null) {
        cluster.close();
        Thread.currentThread().setContextClassLoader(before);
      }
    }
  }
}
