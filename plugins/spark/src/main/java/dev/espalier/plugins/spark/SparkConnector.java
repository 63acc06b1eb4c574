package dev.espalier.plugins.spark;

import dev.espalier.tables.Cluster;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.SparkSession;

/** Joins Spark clusters by their master's address, such as {@code spark://host:7077}. */
public final class SparkConnector implements Cluster.Connector {

  private static final String LOGGING = "log4j2.configurationFile";

  /** For the service loader. */
  public SparkConnector() {}

  @Override
  public String name() {
    return "spark";
  }

  /**
   * {@inheritDoc}
   *
   * <p>The executors are sent the jars of this Java's class path that do not lie beside Spark's
   * own. Settings of Spark are taken from system properties that begin with {@code spark.}.
   */
  @Override
  public Cluster connect(String address, List<Path> plugins) {
    if (System.getProperty(LOGGING) == null) {
      System.setProperty(LOGGING, "classpath:dev/espalier/plugins/spark/errors-only.properties");
    }
    SparkSession.Builder builder =
        SparkSession.builder()
            .master(address)
            .appName("espalier")
            .config("spark.ui.showConsoleProgress", false)
            .config("spark.executor.heartbeatInterval", "1s");
    if (address.startsWith("local[") || address.equals("local")) {
      builder.config("spark.ui.enabled", false).config("spark.driver.host", "localhost");
    } else {
      // Executors have Spark's older Jackson annotations before ours otherwise.
      builder
          .config("spark.jars", String.join(",", jars(plugins)))
          .config("spark.executor.userClassPathFirst", true);
    }
    try {
      return new SparkCluster(builder.getOrCreate());
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "cannot join a Spark cluster at '" + address + "': " + why(e), e);
    }
  }

  /** The first line of what went wrong; Spark tells its life after it. */
  private static String why(Exception e) {
    String message = e.getMessage() == null ? "" : e.getMessage().strip();
    return message.isEmpty() ? e.toString() : message.lines().findFirst().orElse(message);
  }

  private static List<String> jars(List<Path> plugins) {
    Path spark = sparkJars();
    List<String> jars = new ArrayList<>();
    Arrays.stream(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
        .map(Path::of)
        .filter(path -> path.toString().endsWith(".jar") && Files.isRegularFile(path))
        .map(SparkConnector::real)
        .filter(path -> !path.getParent().equals(spark))
        .forEach(path -> jars.add(path.toUri().toString()));
    plugins.forEach(path -> jars.add(path.toAbsolutePath().toUri().toString()));
    return jars;
  }

  /** Where links lead: Spark's folder is often one. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + path + "': " + e.getMessage(), e);
    }
  }

  /** The folder of Spark's own jars. */
  private static Path sparkJars() {
    try {
      return real(Path.of(
              SparkContext.class.getProtectionDomain().getCodeSource().getLocation().toURI()))
          .getParent();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("every jar has an address", e);
    }
  }
}
