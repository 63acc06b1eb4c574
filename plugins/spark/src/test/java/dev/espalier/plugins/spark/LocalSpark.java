package dev.espalier.plugins.spark;

import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Pipeline;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark in this Java, on two threads, keeping what it must write in one folder. */
final class LocalSpark {

  static final Path PENGUINS = Path.of("../../examples/data/penguins.csv");

  private LocalSpark() {}

  static SparkSession start(Path folder) {
    return builder(folder).master("local[2]").getOrCreate();
  }

  /** For a few rows: the compilation of queries would take longest. */
  static SparkSession quickly(Path folder) {
    return builder(folder)
        .master("local[2]")
        .config("spark.sql.codegen.wholeStage", false)
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .getOrCreate();
  }

  static SparkSession.Builder builder(Path folder) {
    return SparkSession.builder()
        .appName("espalier test")
        .config("spark.ui.enabled", false)
        .config("spark.driver.host", "localhost")
        .config("spark.executor.heartbeatInterval", "200ms")
        .config("spark.local.dir", folder.toString())
        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
        .config("spark.sql.artifact.isolation.enabled", false);
  }

  static Pipeline pipeline(String estimator) {
    return Pipeline.parse("pipeline(estimator=" + estimator + ", seed=7)", Catalogue.discover());
  }
}
