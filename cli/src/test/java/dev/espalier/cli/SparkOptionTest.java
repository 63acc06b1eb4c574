package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command without Spark, as it is unless {@code --spark} is among its words. */
class SparkOptionTest {

  @TempDir Path folder;

  /** Everything the command needs is here, and nothing of Spark, Scala or the plugin is. */
  @Test
  void nothingNeedsSpark() {
    for (String absent :
        new String[] {
          "org.apache.spark.SparkContext",
          "scala.Function1",
          "dev.espalier.plugins.spark.SparkTasks"
        }) {
      assertThrows(ClassNotFoundException.class, () -> Class.forName(absent));
    }
  }

  @Test
  void withoutSparkTheOptionSaysHowToGetIt() {
    Path model = folder.resolve("p.esp");
    Command fit =
        Command.run(
            "fit",
            Command.PENGUINS,
            "--estimator",
            "gaussian()",
            "--spark",
            "local[2]",
            "--out",
            model);
    assertEquals(Failures.USAGE, fit.code());
    assertTrue(fit.complaint().contains("SPARK_HOME set to where Spark is"), fit::complaint);
    assertTrue(fit.complaint().contains("docs/spark.md"), fit::complaint);
    assertFalse(Files.exists(model));
  }

  @Test
  void partitionsNeedACluster() {
    Path model = folder.resolve("p.esp");
    assertEquals(
        0,
        Command.run("fit", Command.PENGUINS, "--estimator", "gaussian()", "--out", model, "-q")
            .code());
    Command sample =
        Command.run(
            "sample", model, "--rows", 10, "--partitions", 2, "--out", folder.resolve("r.parquet"));
    assertEquals(Failures.USAGE, sample.code());
    assertTrue(sample.complaint().contains("need --spark"), sample::complaint);
    Command resumed =
        Command.run(
            "fit", Command.PENGUINS, "--estimator", "gaussian()", "--spark", "local", "--resume");
    assertEquals(Failures.USAGE, resumed.code());
    assertTrue(resumed.complaint().contains("keeps no state"), resumed::complaint);
  }
}
