package dev.espalier.formats.parquet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.Column;
import dev.espalier.tables.Compression;
import dev.espalier.tables.Csv;
import dev.espalier.tables.CsvFormat;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Layout;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFormatTest {

  private static final Path DATA = Path.of("../../examples/data");
  private static final Layout PARQUET = new Layout("parquet", Compression.NONE, CsvFormat.STANDARD);

  @TempDir private Path folder;

  private static byte[] bytes(Table table, int block) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TableOutput output = TableFiles.output(out, PARQUET, table.count());
    for (int from = 0; from < table.count(); from += block) {
      output.append(table.rows(from, Math.min(table.count(), from + block)));
    }
    output.finish();
    return out.toByteArray();
  }

  private String message(Path path) {
    return assertThrows(InvalidDataException.class, () -> TableFiles.read(path)).getMessage();
  }

  @ParameterizedTest
  @ValueSource(strings = {"penguins.csv", "digits_8x8.csv"})
  void realTablesComeBackCellForCell(String name) {
    Table table = Csv.read(DATA.resolve(name));
    Path target = folder.resolve("t.parquet");
    TableFiles.write(table, target);
    Table read = TableFiles.read(target);
    assertEquals(Csv.print(table), Csv.print(read));
    assertEquals(table.names(), read.names());
  }

  @Test
  void everyKindOfColumnComesBack() throws IOException {
    Table table = everyKind();
    Path target = folder.resolve("kinds.parquet");
    TableFiles.write(table, target);
    Table read = TableFiles.read(target);
    assertEquals(Csv.print(table), Csv.print(read));
    for (Column column : table.columns()) {
      assertEquals(column.kind(), read.column(column.name()).kind(), column.name());
    }
    assertEquals(table.column("size"), read.column("size"));
    assertEquals(table.column("zone"), read.column("zone"));
    assertEquals("0.00", read.column("price").field().pattern());
  }

  private static Table everyKind() {
    double nan = Double.NaN;
    return Table.of(
        List.of(
            Column.numbers(Field.number("x", Kind.CONTINUOUS, "any"), d(0.1, nan, -1e300)),
            Column.numbers(Field.number("n", Kind.INTEGER, "0"), d(7, -999_999_999_999_999.0, 7)),
            Column.numbers(Field.number("day", Kind.DATE, "yyyy-MM-dd"), d(0, -700_000, 9_999)),
            Column.numbers(
                Field.number("at", Kind.DATE_TIME, "yyyy-MM-ddTHH:mm:ss.SSSSSS"),
                d(1.5e9 + 0.25, nan, -3e9)),
            Column.codes(Field.words("w", Kind.CATEGORICAL, List.of("007", "ä", "b")), c(0, 1, -1)),
            Column.codes(Field.words("t", Kind.BOOLEAN, List.of("false", "true")), c(0, 1, -1)),
            Column.codes(Field.words("o", Kind.BOOLEAN, List.of("0", "1")), c(1, 0, 1)),
            Column.codes(Field.words("k", Kind.CONSTANT, List.of("same")), c(0, 0, 0)),
            Column.numbers(
                Field.number("price", Kind.CONTINUOUS, "0.00"), d(12.5, -0.07, 1e10 + 0.25)),
            Column.numbers(
                Field.number("clock", Kind.TIME, "HH:mm:ss.SSSSSS"), d(0.25, nan, 86_399)),
            Column.numbers(
                Field.number("utc", Kind.TIMESTAMP, "yyyy-MM-ddTHH:mm:ss.SSSSSSZ"),
                d(1.5e9 + 0.25, nan, -3e9)),
            Column.numbers(
                Field.number("zone", Kind.TIMESTAMP, "yyyy-MM-dd HH:mm:ssXXX[Europe/Berlin]"),
                d(1.5e9, 1.6e9, nan)),
            Column.codes(Field.words("size", Kind.ORDERED, List.of("S", "M", "L")), c(2, -1, 0)),
            Column.allMissing("gone", 3)));
  }

  @Test
  void numbersBeyondDecimalsAreRefused() {
    Table table =
        Table.of(
            List.of(Column.numbers(Field.number("x", Kind.CONTINUOUS, "0.000000"), d(1e14, 1))));
    InvalidDataException thrown =
        assertThrows(
            InvalidDataException.class,
            () -> TableFiles.write(table, folder.resolve("wide.parquet")));
    assertTrue(thrown.getMessage().contains("need numbers of at most 18 digits"));
    assertTrue(Files.notExists(folder.resolve("wide.parquet")));
  }

  private static double[] d(double... values) {
    return values;
  }

  private static int[] c(int... codes) {
    return codes;
  }

  @Test
  void blocksChangeNoByte() throws IOException {
    Table table = Csv.read(DATA.resolve("digits_8x8.csv"));
    byte[] whole = bytes(table, table.count());
    assertArrayEquals(whole, bytes(table, 64));
    assertArrayEquals(whole, bytes(table, 7));
  }

  private Path written(String schema, CompressionCodecName codec, Row row, int rows)
      throws IOException {
    MessageType type = MessageTypeParser.parseMessageType(schema);
    Path path = folder.resolve("foreign-" + codec + ".parquet");
    Files.deleteIfExists(path);
    SimpleGroupFactory groups = new SimpleGroupFactory(type);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withType(type)
            .withConf(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .withCompressionCodec(codec)
            .build()) {
      for (int i = 0; i < rows; i++) {
        Group group = groups.newGroup();
        row.fill(group, i);
        writer.write(group);
      }
    }
    return path;
  }

  private interface Row {
    void fill(Group group, int i);
  }

  @Test
  void readsTheTypesOfOtherWriters() throws IOException {
    String schema =
        "message m { optional float f; required int32 small (INTEGER(8,true));"
            + " optional int32 big (INTEGER(32,false)); optional int64 price (DECIMAL(12,2));"
            + " optional fixed_len_byte_array(5) cost (DECIMAL(10,3));"
            + " optional int64 at (TIMESTAMP(MILLIS,false)); optional int32 of (TIME(MILLIS,false));"
            + " optional binary e (ENUM); optional boolean ok; }";
    Path path =
        written(
            schema,
            CompressionCodecName.ZSTD,
            (group, i) -> {
              if (i != 1) {
                group.append("f", i + 0.1f);
              }
              group.append("small", -i).append("big", -1 - i).append("price", 1250L + i);
              group.append(
                  "cost", Binary.fromConstantByteArray(new byte[] {-1, -1, -1, -4, (byte) i}));
              group.append("at", 1_000L * i * i).append("of", 3_600_000 * (i + 1));
              group.append("e", i == 0 ? "up" : "down").append("ok", i != 2);
            },
            3);
    assertEquals(
        "f,small,big,price,cost,at,of,e,ok\n"
            + "0.1,0,4294967295,12.50,-1.024,1970-01-01T00:00:00,01:00:00,up,true\n"
            + ",-1,4294967294,12.51,-1.023,1970-01-01T00:00:01,02:00:00,down,true\n"
            + "2.1,-2,4294967293,12.52,-1.022,1970-01-01T00:00:04,03:00:00,down,false\n",
        Csv.print(TableFiles.read(path)));
  }

  @Test
  void aNestedColumnIsRefusedByName() throws IOException {
    Path path =
        written(
            "message m { required group point { required double x; } }",
            CompressionCodecName.ZSTD,
            (group, i) -> group.addGroup("point").append("x", 1.0),
            2);
    assertEquals(path + ": need one value a cell, got the nested column 'point'", message(path));
  }

  @Test
  void bytesThatAreNoTextAreRefusedByColumn() throws IOException {
    Path path =
        written(
            "message m { required binary raw; }",
            CompressionCodecName.ZSTD,
            (group, i) -> group.append("raw", Binary.fromConstantByteArray(new byte[] {-1, 7})),
            2);
    assertEquals(path + ": need text in UTF-8 in column 'raw', got other bytes", message(path));
  }
}
