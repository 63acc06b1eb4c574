package dev.espalier.plugins.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Csv;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.PartitionedDraw;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that needs a running Spark, in one class: a session takes seconds to start. */
class SparkTest {

  private static final Table PENGUINS = Csv.read(LocalSpark.PENGUINS);

  private static final String PENGUINS_CSV = LocalSpark.PENGUINS.toAbsolutePath().toString();

  @TempDir static Path scratch;

  private static SparkSession session;
  private static Tasks spark;

  /** Has the class {@code Told}, as the loader of a plugin's jar has classes that no other has. */
  private static ClassLoader plugin;

  @TempDir Path folder;

  /** Executors in this Java find classes as the thread that starts them does. */
  @BeforeAll
  static void start() throws IOException {
    plugin = compiled("public record Told(int number) implements java.io.Serializable {}");
    session = withPlugin(() -> LocalSpark.quickly(scratch));
    spark = SparkTasks.on(session);
  }

  private static ClassLoader compiled(String source) throws IOException {
    Path classes = Files.createDirectory(scratch.resolve("plugin"));
    Path file = Files.writeString(classes.resolve("Told.java"), source);
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler().run(null, null, null, file.toString(), "-proc:none"));
    return new URLClassLoader(new URL[] {classes.toUri().toURL()});
  }

  private static <T> T withPlugin(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(plugin);
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @AfterAll
  static void stopLeavesNothing() throws IOException {
    session.stop();
    try (Stream<Path> left = Files.list(scratch)) {
      assertEquals(List.of(), left.filter(path -> !Files.isDirectory(path)).toList());
    }
    assertFalse(Files.exists(Path.of("spark-warehouse")));
    assertFalse(Files.exists(Path.of("artifacts")));
  }

  private byte[] fitted(String estimator, Tasks tasks, String name) throws IOException {
    Path file = folder.resolve(name);
    TableModel.fit(
            PENGUINS,
            LocalSpark.pipeline(estimator),
            EncoderOptions.STANDARD,
            tasks,
            Progress.silent())
        .save(file);
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localized(radius=1, graph=chain(), inner=gaussian())",
        "localized(radius=1, graph=chain(), inner=network(hidden=[8], steps=20))",
        "gmm(components=1..3)",
        "stratified(by=species, inner=gmm(components=2))"
      })
  void aFitHasTheBytesOfOneThread(String estimator) throws IOException {
    byte[] here = fitted(estimator, Tasks.here(), "here.esp");
    byte[] there = fitted(estimator, spark, "there.esp");
    assertArrayEquals(here, there);
  }

  private static TableModel model() {
    return TableModel.fit(
        PENGUINS, LocalSpark.pipeline("stratified(by=species, inner=gaussian())"));
  }

  private static List<String> texts(Table table) {
    return IntStream.range(0, table.count())
        .mapToObj(i -> table.columns().stream().map(column -> column.text(i)).toList().toString())
        .toList();
  }

  private static Table drawn(TableModel model, long first, int count, long seed) {
    return model.draw(DrawRequest.Rows.range(first, count), seed, Tasks.here(), Progress.silent());
  }

  @Test
  void partitionsChangeNoRow() {
    TableModel model = model();
    Table here = drawn(model, 40, 1000, 3);
    for (int partitions : new int[] {1, 3, 200}) {
      Dataset<Row> frame =
          SparkTables.draw(session, model, new PartitionedDraw(40, 1000, 3, partitions));
      assertEquals(partitions, frame.rdd().getNumPartitions());
      List<Row> rows = frame.collectAsList();
      assertEquals(1000, rows.size());
      FrameCells cells = FrameCells.of(here);
      for (int i = 0; i < 1000; i++) {
        assertEquals(cells.row(i), rows.get(i));
      }
    }
  }

  @Test
  void aFrameOfDrawnRowsIsTheTable() {
    TableModel model = model();
    Table here = drawn(model, 0, 300, 5);
    Dataset<Row> frame = SparkTables.draw(session, model, new PartitionedDraw(0, 300, 5, 3));
    Table there = SparkTables.read(frame);
    assertEquals(here.names(), there.names());
    assertEquals(texts(here), texts(there));
    assertEquals(StorageLevel.NONE(), frame.storageLevel());
  }

  @Test
  void columnsOfAllTypesAreRead() throws IOException {
    StructType types =
        new StructType()
            .add("truth", DataTypes.BooleanType)
            .add("small", DataTypes.ShortType)
            .add("whole", DataTypes.LongType)
            .add("single", DataTypes.FloatType)
            .add("real", DataTypes.DoubleType)
            .add("money", DataTypes.createDecimalType(10, 2))
            .add("word", DataTypes.StringType)
            .add("day", DataTypes.DateType)
            .add("local", DataTypes.TimestampNTZType)
            .add("moment", DataTypes.TimestampType);
    List<Row> rows = new ArrayList<>();
    StringBuilder csv =
        new StringBuilder("truth,small,whole,single,real,money,word,day,local,moment\n");
    for (int i = 0; i < 40; i++) {
      LocalDate day = LocalDate.of(2020, 2, 1).plusDays(i);
      LocalDateTime local = day.atTime(i % 24, 30, 15, 250_000_000);
      Instant moment = Instant.parse("2021-05-06T07:08:09Z").plusSeconds(3600L * i);
      rows.add(
          RowFactory.create(
              i % 3 == 0,
              (short) (i % 7),
              1L << i,
              0.5f * i + 0.25f,
              i == 5 ? null : i / 7.0,
              BigDecimal.valueOf(100 + i, 2),
              i % 2 == 0 ? " odd " : "even",
              java.sql.Date.valueOf(day),
              local,
              java.sql.Timestamp.from(moment)));
      String real = i == 5 ? "" : String.valueOf(i / 7.0);
      csv.append(i % 3 == 0).append(',').append(i % 7).append(',').append(1L << i).append(',');
      csv.append(0.5f * i + 0.25f).append(',').append(real).append(',');
      csv.append(BigDecimal.valueOf(100 + i, 2)).append(',').append(i % 2 == 0 ? "odd" : "even");
      csv.append(',').append(day).append(',').append(local).append("000,").append(moment);
      csv.append('\n');
    }
    Table expected = Csv.read(Files.writeString(folder.resolve("all.csv"), csv));
    Table read = SparkTables.read(session.createDataFrame(rows, types));
    assertEquals(texts(expected), texts(read));
    assertEquals(
        expected.columns().stream().map(column -> column.kind()).toList(),
        read.columns().stream().map(column -> column.kind()).toList());
    drawnInAllTypes(TableModel.fit(expected, LocalSpark.pipeline("gaussian()")));
  }

  private static void drawnInAllTypes(TableModel model) {
    session.conf().set("spark.sql.datetime.java8API.enabled", true);
    try {
      List<Row> rows =
          SparkTables.draw(session, model, new PartitionedDraw(0, 60, 7, 2)).collectAsList();
      FrameCells cells = FrameCells.of(model.draw(60));
      for (int i = 0; i < 60; i++) {
        assertEquals(cells.row(i), rows.get(i));
      }
    } finally {
      session.conf().unset("spark.sql.datetime.java8API.enabled");
    }
  }

  @Test
  void fromAFrameToAFrame() {
    Dataset<Row> frame =
        session
            .read()
            .options(Map.of("header", "true", "inferSchema", "true", "nullValue", "NA"))
            .csv(PENGUINS_CSV);
    Pipeline pipeline = LocalSpark.pipeline("gmm(components=2)");
    // region program
    TableModel model =
        TableModel.fit(
            SparkTables.read(frame),
            pipeline,
            EncoderOptions.STANDARD,
            SparkTasks.on(session),
            Progress.silent());
    Dataset<Row> rows = SparkTables.draw(session, model, new PartitionedDraw(0, 1_000, 7, 20));
    // endregion
    assertEquals(1_000, rows.count());
    assertEquals(List.of(frame.columns()), List.of(rows.columns()));
  }

  @Test
  void nestedColumnsAreRefused() {
    Dataset<Row> frame = session.range(3).selectExpr("id", "array(id) as list");
    InvalidDataException e =
        assertThrows(InvalidDataException.class, () -> SparkTables.read(frame));
    assertTrue(
        e.getMessage().contains("in column 'list', got the type array<bigint>"), e::toString);
  }

  @Test
  void partitionsAreWrittenAsParquet() throws IOException {
    TableModel model = model();
    SparkCluster cluster = new SparkCluster(session);
    Path target = folder.resolve("rows.parquet");
    List<Double> shares = new ArrayList<>();
    PartitionedDraw rows = new PartitionedDraw(0, 500, 3, 4);
    cluster.draw(model, rows, target, (stage, done) -> shares.add(done));
    assertEquals(1.0, shares.get(shares.size() - 1));
    List<Path> parts;
    try (Stream<Path> files = Files.list(target)) {
      parts = files.filter(file -> file.toString().endsWith(".parquet")).sorted().toList();
    }
    assertEquals(4, parts.size());
    FrameCells cells = FrameCells.of(drawn(model, 0, 500, 3));
    int i = 0;
    for (Path part : parts) {
      for (Row row : session.read().parquet(part.toString()).collectAsList()) {
        assertEquals(cells.row(i++), row);
      }
    }
    assertEquals(500, i);
    assertThrows(
        InvalidDataException.class, () -> cluster.draw(model, rows, target, Progress.silent()));
    Path other = folder.resolve("other.parquet");
    assertThrows(
        CancelledException.class,
        () -> cluster.draw(model, rows, other, new Cancelling(new AtomicInteger(2))));
    assertFalse(Files.exists(other));
  }

  /** Progress that is cancelled after being asked a number of times. */
  private record Cancelling(AtomicInteger left) implements Progress {
    @Override
    public void report(String stage, double done) {
      assertTrue(done <= 1);
    }

    @Override
    public boolean cancelled() {
      return left.decrementAndGet() < 0;
    }
  }

  @Test
  void resultsComeInOrderHoweverManyPieces() {
    for (int count : new int[] {0, 1, 3, 1000}) {
      assertEquals(
          IntStream.range(0, count).mapToObj(i -> i * i).toList(),
          spark.<Integer>map(count, (i, share) -> i * i, Progress.silent()));
    }
  }

  /** Shared by the pieces, which run in this Java here. */
  private static final AtomicInteger RUNS = new AtomicInteger();

  @Test
  void aFailureComesBackAsItIsAndIsNotTriedAgain() {
    RUNS.set(0);
    InvalidDataException e =
        assertThrows(
            InvalidDataException.class,
            () ->
                spark.<Integer>map(
                    1,
                    (i, share) -> {
                      RUNS.incrementAndGet();
                      throw new InvalidDataException("piece " + i);
                    },
                    Progress.silent()));
    assertEquals("piece 0", e.getMessage());
    assertEquals(1, RUNS.get());
  }

  @Test
  void whatCannotTravelIsNamed() {
    Object lock = new Object();
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> spark.<Integer>map(1, (i, share) -> lock.hashCode(), Progress.silent()));
    assertTrue(e.getMessage().contains("with a java.lang.Object"), e::toString);
  }

  /** A piece as a structure makes them, with something of a plugin inside. */
  private record Around(Object inner) implements Tasks.Piece<Object> {
    @Override
    public Object run(int index, Progress progress) {
      return inner;
    }
  }

  @Test
  void whatPluginsMakeTravelsInsideOtherThings() throws ReflectiveOperationException {
    Class<?> told = Class.forName("Told", true, plugin);
    assertThrows(ClassNotFoundException.class, () -> Class.forName("Told"));
    Object inner = told.getConstructor(int.class).newInstance(7);
    assertEquals(
        List.of(inner, inner),
        withPlugin(() -> spark.map(2, new Around(inner), Progress.silent())));
  }

  private static volatile CountDownLatch heard = new CountDownLatch(1);

  @Test
  void aPieceIsHeardBeforeItEnds() {
    heard = new CountDownLatch(1);
    Progress progress =
        (stage, done) -> {
          if (stage.equals("half way")) {
            heard.countDown();
          }
        };
    List<Boolean> ended =
        spark.map(
            2,
            (i, share) -> {
              share.report("half way", 0.5);
              return i == 1 || await(heard);
            },
            progress);
    assertEquals(List.of(true, true), ended);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cancellingReachesThePieceThatRuns() {
    heard = new CountDownLatch(1);
    AtomicBoolean cancelled = new AtomicBoolean();
    Progress progress =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            cancelled.set(true);
          }

          @Override
          public boolean cancelled() {
            return cancelled.get();
          }
        };
    assertThrows(
        CancelledException.class,
        () ->
            spark.<Integer>map(
                1,
                (i, share) -> {
                  share.report("begun", 0.1);
                  while (!share.cancelled()) {
                    Thread.onSpinWait();
                  }
                  heard.countDown();
                  share.check();
                  return i;
                },
                progress));
    assertTrue(await(heard));
  }

  @Test
  void whatIsEnoughIsTold() {
    Progress settled =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            assertTrue(done <= 1);
          }

          @Override
          public boolean enough() {
            return true;
          }
        };
    assertEquals(List.of(true), spark.<Boolean>map(1, (i, share) -> share.enough(), settled));
    assertEquals(
        List.of(false), spark.<Boolean>map(1, (i, share) -> share.enough(), Progress.silent()));
  }
}
