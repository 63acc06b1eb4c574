package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.testkit.Statistics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableFilesTest {

  private static final Path PENGUINS = Path.of("../examples/data/penguins.csv");

  @TempDir private Path folder;

  private String message(Path path) {
    return assertThrows(InvalidDataException.class, () -> TableFiles.read(path)).getMessage();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"t.csv", "t.csv.gz", "t.csv.zst", "t", "t.CSV.GZ"})
  void writesAndReadsEveryPackingOfCsv(String name) {
    Table table = Csv.read(PENGUINS);
    Path target = folder.resolve(name);
    TableFiles.write(table, target);
    assertEquals(table, TableFiles.read(target));
  }

  @Test
  void whatAFileIsDoesNotDependOnItsName() throws IOException {
    Path packed = folder.resolve("t.csv.gz");
    TableFiles.write(Csv.read(PENGUINS), packed);
    Path renamed = Files.move(packed, folder.resolve("t.txt"));
    assertEquals(Csv.read(PENGUINS), TableFiles.read(renamed));
  }

  @Test
  void readsAStreamOnce() throws IOException {
    byte[] bytes = Files.readAllBytes(PENGUINS);
    Table table = TableFiles.read("-", new ByteArrayInputStream(bytes), Reading.STANDARD);
    assertEquals(Csv.read(PENGUINS), table);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void aTornPackedFileIsOneError(String ending) throws IOException {
    Path whole = folder.resolve("t.csv." + ending);
    TableFiles.write(Csv.read(PENGUINS), whole);
    byte[] bytes = Files.readAllBytes(whole);
    Path torn = file("torn." + ending, Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(message(torn).contains("is damaged: need whole data packed as"), message(torn));
    bytes[bytes.length / 2] ^= 0x55;
    Path flipped = file("flipped." + ending, bytes);
    assertTrue(message(flipped).startsWith(flipped.toString()), message(flipped));
  }

  @Test
  void arraysComeBackWithTheirNumbers() {
    Table table =
        Csv.parse("t.csv", "a,b,c\n1,2.5,0\n2,,1\n-3,1e-7,1\n", CsvFormat.STANDARD, Schema.none());
    Path target = folder.resolve("t.npy");
    TableFiles.write(table, target);
    Table read = TableFiles.read(target);
    assertEquals(List.of("x0", "x1", "x2"), read.names());
    assertArrayEquals(
        new double[] {1, 2.5, 0, 2, Double.NaN, 1, -3, 1e-7, 1}, read.samples().toArray());
  }

  private static byte[] npy(String header, ByteBuffer values) {
    byte[] text = header.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(10 + text.length + values.capacity());
    all.put(Npy.MAGIC).put((byte) 1).put((byte) 0).order(ByteOrder.LITTLE_ENDIAN);
    all.putShort((short) text.length).put(text).put(values.array());
    return all.array();
  }

  @Test
  void readsArraysOfEveryOrderAndSize() throws IOException {
    ByteBuffer big = ByteBuffer.allocate(12);
    for (int value : new int[] {1, 4, 2, 5, 3, -6}) {
      big.putShort((short) value);
    }
    Path byColumns =
        file("f.npy", npy("{'descr': '>i2', 'fortran_order': True, 'shape': (2, 3), }\n", big));
    assertArrayEquals(
        new double[] {1, 2, 3, 4, 5, -6}, TableFiles.read(byColumns).samples().toArray());

    ByteBuffer floats = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    floats.putFloat(0.1f).putFloat(Float.NaN).putFloat(7);
    Path vector =
        file("v.npy", npy("{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", floats));
    assertArrayEquals(
        new double[] {0.1, Double.NaN, 7}, TableFiles.read(vector).samples().toArray());
  }

  @Test
  void aBrokenArraySaysWhatIsWrong() throws IOException {
    String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }";
    Path shorter = file("s.npy", npy(header, ByteBuffer.allocate(24)));
    assertEquals(
        shorter + ": need the bytes of 2 rows of 2 numbers, got 24 bytes", message(shorter));
    Path objects = file("o.npy", npy(header.replace("<f8", "|O8"), ByteBuffer.allocate(32)));
    assertTrue(message(objects).contains("need numbers (f4, f8"), message(objects));
    Path cube = file("c.npy", npy(header.replace("(2, 2)", "(2, 2, 2)"), ByteBuffer.allocate(64)));
    assertTrue(message(cube).contains("one or two dimensions"), message(cube));
    ByteBuffer values = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    values.putDouble(0, Double.POSITIVE_INFINITY);
    Path infinite = file("i.npy", npy(header, values));
    assertTrue(
        message(infinite).contains("row 1: need a finite number in column 'x0', got 'Inf"),
        message(infinite));
  }

  @Test
  void wordsAreNoArray() {
    InvalidDataException thrown =
        assertThrows(
            InvalidDataException.class,
            () -> TableFiles.write(Csv.read(PENGUINS), folder.resolve("p.npy")));
    assertTrue(thrown.getMessage().contains("Choose another format"), thrown.getMessage());
    assertTrue(Files.notExists(folder.resolve("p.npy")));
  }

  @Test
  void keepsAUniformSampleOfManyRows() throws IOException {
    // chi-square over tenths of the file, alpha 1e-6; the twin is a sample of the first rows
    StringBuilder text = new StringBuilder("x,word\n");
    for (int i = 0; i < 20_000; i++) {
      text.append(i * 0.5).append(i % 7 == 3 ? ",rare\n" : ",often\n");
    }
    Path file = file("many.csv", text.toString().getBytes(StandardCharsets.UTF_8));
    Reading how = Reading.STANDARD.withMostRows(2_000, 5);
    Table some = TableFiles.read(file, how);
    assertEquals(2_000, some.count());
    assertTrue(some.notes().contains("2000 of 20000 rows are used, chosen uniformly by the seed"));
    assertEquals(some, TableFiles.read(file, how));
    assertEquals(20_000, TableFiles.read(file).count());
    long[] tenths = new long[10];
    for (int i = 0; i < some.count(); i++) {
      tenths[(int) (some.columns().get(0).number(i) / 1000)]++;
    }
    long[] first = {2_000, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    double[] even = new double[10];
    Arrays.fill(even, 0.1);
    assertFalse(Statistics.frequencies("tenths", tenths, even).rejects(1e-6));
    assertTrue(Statistics.frequencies("first", first, even).rejects(1e-6));
  }

  @Test
  void aCategoryOutsideTheSampleIsKnown() throws IOException {
    StringBuilder text = new StringBuilder("x,word\n");
    for (int i = 0; i < 3_000; i++) {
      text.append(i * 0.5).append(i == 1_234 ? ",yes\n" : ",no\n");
    }
    Path file = file("rare.csv", text.toString().getBytes(StandardCharsets.UTF_8));
    Table some = TableFiles.read(file, Reading.STANDARD.withMostRows(10, 1));
    assertEquals(List.of("no", "yes"), some.column("word").field().categories());
  }
}
