package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.espalier.api.InvalidDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TensorFileTest {

  private static TensorFile small() {
    return new TensorFile.Builder()
        .text("made by", "a \"test\" ü\n")
        .tensor("mean", new double[] {1.5, -0.0, Double.MIN_VALUE, Double.MAX_VALUE}, 2, 2)
        .tensor("none", new double[0], 0, 3)
        .tensor("one", new double[] {-7})
        .build();
  }

  private static byte[] bytes(TensorFile file) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      file.write(out);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }

  private static TensorFile read(byte[] bytes) {
    try {
      return TensorFile.read("the file", new ByteArrayInputStream(bytes), bytes.length, words -> {})
          .file();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return file(json.length, json, data);
  }

  private static byte[] file(long length, byte[] json, byte[] data) {
    return ByteBuffer.allocate(8 + json.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(json)
        .put(data)
        .array();
  }

  private static byte[] doubles(double... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  @Test
  void theLayoutIsThatOfSafetensors() {
    byte[] bytes = bytes(small());
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) buffer.getLong();
    String header = new String(bytes, 8, length, StandardCharsets.UTF_8);
    assertEquals(
        "{\"__metadata__\":{\"made by\":\"a \\\"test\\\" ü\\n\"},"
            + "\"mean\":{\"dtype\":\"F64\",\"shape\":[2,2],\"data_offsets\":[0,32]},"
            + "\"none\":{\"dtype\":\"F64\",\"shape\":[0,3],\"data_offsets\":[32,32]},"
            + "\"one\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[32,40]}}",
        header.stripTrailing());
    assertEquals(0, length % 8);
    assertTrue(header.length() - header.stripTrailing().length() < 8);
    assertArrayEquals(
        doubles(1.5, -0.0, Double.MIN_VALUE, Double.MAX_VALUE, -7),
        Arrays.copyOfRange(bytes, 8 + length, bytes.length));
  }

  @Test
  void whatIsReadIsWhatWasWritten() {
    Random random = new Random(20260101);
    TensorFile.Builder builder = new TensorFile.Builder().text("", "").text("π", "\u0000\u2028𝄞");
    double[] large = random.doubles(30_000).toArray();
    builder.tensor("large", large, 10, 3_000).tensor("", new double[] {Double.MIN_NORMAL}, 1, 1);
    byte[] bytes = bytes(builder.build());
    TensorFile read = read(bytes);
    assertEquals(List.of("", "π"), List.copyOf(read.texts().keySet()));
    assertEquals("\u0000\u2028𝄞", read.texts().get("π"));
    assertArrayEquals(large, read.tensors().get("large").values());
    assertArrayEquals(new long[] {10, 3_000}, read.tensors().get("large").shape());
    assertArrayEquals(bytes, bytes(read));
    assertArrayEquals(bytes(small()), bytes(read(bytes(small()))));
  }

  @Test
  void singlePrecisionStaysAndStandsBehindWhatIsWider() {
    TensorFile.Builder builder = new TensorFile.Builder();
    builder.tensor("w", new float[] {0.1f, -2, Float.MIN_VALUE}, 3);
    builder.tensor("d", new double[] {0.1}, 1);
    byte[] bytes = bytes(builder.build());
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[8,20]},"
            + "\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing());
    ByteBuffer data = ByteBuffer.wrap(bytes, 8 + length, 20).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(0.1, data.getDouble());
    assertEquals(0.1f, data.getFloat());
    TensorFile read = read(bytes);
    assertArrayEquals(new double[] {0.1f, -2, Float.MIN_VALUE}, read.tensors().get("w").values());
    assertArrayEquals(bytes, bytes(read));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TensorFile.Builder().tensor("bad", new float[] {Float.NaN}, 1));
  }

  @Test
  void bytesStayAndStandLast() {
    TensorFile.Builder builder = new TensorFile.Builder();
    builder.bytes("b", new byte[] {0, 1, -1}).bytes("none", new byte[0]);
    builder.tensor("w", new float[] {0.1f}, 1);
    byte[] bytes = bytes(builder.build());
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    assertEquals(
        "{\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[4,7]},"
            + "\"none\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[7,7]},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        new String(bytes, 8, length, StandardCharsets.UTF_8).stripTrailing());
    TensorFile read = read(bytes);
    assertArrayEquals(new byte[] {0, 1, -1}, read.tensors().get("b").bytes());
    assertArrayEquals(new double[] {0, 1, 255}, read.tensors().get("b").values());
    assertArrayEquals(bytes, bytes(read));
  }

  @Test
  void otherWritersFilesAreRead() {
    ByteBuffer data = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
    data.putLong(-(1L << 53)).putDouble(0.1).putFloat(0.5f).putFloat(-3);
    String header = " \t{}";
    assertThrows(InvalidDataException.class, () -> read(file(header, data.array())));
    TensorFile read =
        read(
            file(
                "{\"f\":{\"data_offsets\":[16,24],\"shape\":[2],\"dtype\":\"F32\"},"
                    + " \"i\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                    + " \"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}",
                data.array()));
    assertEquals(List.of("f", "i", "d"), List.copyOf(read.tensors().keySet()));
    assertArrayEquals(new double[] {0.5, -3}, read.tensors().get("f").values());
    assertArrayEquals(new double[] {-9007199254740992.0}, read.tensors().get("i").values());
    assertArrayEquals(new double[] {0.1}, read.tensors().get("d").values());
    assertTrue(read(file("{}", new byte[0])).tensors().isEmpty());
  }

  private static Arguments hostile(String message, byte[] bytes) {
    return Arguments.of(message, bytes);
  }

  private static String entry(String name, String type, String shape, String offsets) {
    return "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}"
        .formatted(name, type, shape, offsets);
  }

  private static byte[] one(String type, String shape, String offsets, int data) {
    return file("{" + entry("t", type, shape, offsets) + "}", new byte[data]);
  }

  static Stream<Arguments> hostileFiles() {
    byte[] empty = new byte[0];
    String good = entry("t", "F64", "[1]", "[0,8]");
    byte[] brace = "{}".getBytes(StandardCharsets.UTF_8);
    List<Arguments> all = new ArrayList<>();
    all.add(hostile("has only 0 bytes", empty));
    all.add(hostile("has only 7 bytes", new byte[7]));
    all.add(hostile("does not start with the length", file(0, brace, empty)));
    all.add(hostile("does not start with the length", file(-1, brace, empty)));
    all.add(hostile("does not start with the length", file(Long.MIN_VALUE, brace, empty)));
    all.add(hostile("does not start with the length", file(100_000_001, brace, empty)));
    all.add(hostile("its header needs 100000000 bytes", file(100_000_000, brace, empty)));
    all.add(hostile("its header needs 3 bytes", file(3, brace, empty)));
    all.add(hostile("its header is no JSON", file("[]", empty)));
    all.add(hostile("its header is no JSON", file("\ufeff{}", empty)));
    all.add(hostile("need text in UTF-8", file(3, new byte[] {'{', (byte) 0xff, '}'}, empty)));
    all.add(hostile("its header is no such JSON", file("{\"a\"", empty)));
    all.add(hostile("its header is no such JSON", file("{'a':1}", empty)));
    all.add(hostile("its header is no such JSON", file("{} x", empty)));
    all.add(hostile("goes on after its end", file("{}{}", empty)));
    all.add(hostile("goes on after its end", file("{} 1", empty)));
    all.add(hostile("where an object must stand", file("{\"t\":1}", empty)));
    all.add(hostile("where an object must stand", file("{\"__metadata__\":[]}", empty)));
    all.add(hostile("where a string must stand", file("{\"__metadata__\":{\"a\":1}}", empty)));
    all.add(hostile("where a string must stand", file("{\"__metadata__\":{\"a\":{}}}", empty)));
    all.add(hostile("'__metadata__' is there twice", twice("\"__metadata__\":{}", 0)));
    all.add(hostile("'a' are there twice", metadata("\"a\":\"\",\"\\u0061\":\"\"")));
    all.add(hostile("unpaired surrogate", metadata("\"a\":\"\\ud800\"")));
    all.add(hostile("surrogate in property", metadata("\"\\udc00\":\"\"")));
    all.add(hostile("'t' is there twice", twice(good, 8)));
    all.add(hostile("need numbers of type", one("F16", "[4]", "[0,8]", 8)));
    all.add(hostile("need numbers of type", one("f64", "[1]", "[0,8]", 8)));
    all.add(hostile("got '????' in 't'", one("\\u001b".repeat(4), "[1]", "[0,8]", 8)));
    all.add(hostile("'t' has an unknown key 'x'", file("{\"t\":{\"x\":1}}", empty)));
    all.add(
        hostile("has a key twice", file("{\"t\":{\"dtype\":\"F64\",\"dtype\":\"F64\"}}", empty)));
    all.add(hostile("needs 'dtype', 'shape'", file("{\"t\":{\"dtype\":\"F64\"}}", empty)));
    all.add(hostile("two 'data_offsets'", one("F64", "[1]", "[0]", 8)));
    all.add(hostile("two 'data_offsets'", one("F64", "[1]", "[0,8,16]", 8)));
    all.add(hostile("lengths and offsets >= 0", one("F64", "[-1]", "[0,8]", 8)));
    all.add(hostile("lengths and offsets >= 0", one("F64", "[1]", "[-8,0]", 8)));
    all.add(hostile("where a whole number must stand", one("F64", "[1.0]", "[0,8]", 8)));
    all.add(hostile("where a whole number must stand", one("F64", "[null]", "[0,8]", 8)));
    all.add(hostile("where an array must stand", one("F64", "1", "[0,8]", 8)));
    all.add(hostile("no such JSON", one("F64", "[99999999999999999999]", "[0,8]", 8)));
    all.add(hostile("no such JSON", one("F64", "[" + "9".repeat(2000) + "]", "[0,8]", 8)));
    all.add(hostile("no such JSON", one("F64", "[[1]]", "[0,8]", 8)));
    all.add(
        hostile("where an object must", file("{\"__metadata__\":" + "[".repeat(100_000), empty)));
    all.add(hostile("no such JSON", one("F64", "[".repeat(100_000), "[0,8]", 8)));
    all.add(hostile("at most 16 dimensions", one("F64", "[1" + ",1".repeat(16) + "]", "[0,8]", 8)));
    all.add(hostile("larger than the file", one("F64", "[9223372036854775807]", "[0,8]", 8)));
    all.add(hostile("larger than the file", one("F64", "[4294967296,4294967296]", "[0,0]", 0)));
    all.add(hostile("larger than the file", one("F64", "[3037000500,3037000500]", "[0,0]", 0)));
    all.add(hostile("larger than the file", one("F64", "[4294967296,4294967297,0]", "[0,0]", 0)));
    all.add(hostile("larger than the file", one("F64", "[0,1000000000]", "[0,0]", 0)));
    all.add(hostile("larger than the file", one("F64", "[1000000]", "[0,8000000]", 8)));
    all.add(hostile("is truncated: need 16 bytes", one("F64", "[2]", "[0,16]", 15)));
    all.add(hostile("bytes too many: need 8 bytes", one("F64", "[1]", "[0,8]", 9)));
    all.add(hostile("bytes too many: need 0 bytes", file("{}", new byte[1])));
    all.add(hostile("need 8 bytes for the shape [1]", one("F64", "[1]", "[0,16]", 16)));
    all.add(hostile("need 8 bytes for the shape [1]", one("F64", "[1]", "[8,0]", 8)));
    all.add(hostile("need 4 bytes for the shape []", one("F32", "[]", "[0,8]", 8)));
    all.add(hostile("begin at 0, got 8", one("F64", "[1]", "[8,16]", 16)));
    all.add(hostile("begin at 8, got 0", pair("[0,8]", "[0,8]")));
    all.add(hostile("begin at 8, got 16", pair("[0,8]", "[16,24]")));
    all.add(hostile("begin at 0, got 9223372036854775800", far()));
    all.add(hostile("multiples of 8, got 4", misaligned()));
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      all.add(hostile("need finite numbers, got " + value, file("{" + good + "}", doubles(value))));
    }
    all.add(
        hostile(
            "need finite numbers, got NaN in 't'",
            file("{" + entry("t", "F32", "[1]", "[0,4]") + "}", new byte[] {1, 0, -64, 127})));
    for (byte high : new byte[] {127, -128}) {
      byte[] whole = {0, 0, 0, 0, 0, 0, 0, high};
      all.add(hostile("up to 2^53", file("{" + entry("t", "I64", "[1]", "[0,8]") + "}", whole)));
    }
    return all.stream();
  }

  private static byte[] metadata(String entries) {
    return file("{\"__metadata__\":{" + entries + "}}", new byte[0]);
  }

  private static byte[] twice(String entry, int data) {
    return file("{" + entry + "," + entry + "}", new byte[data]);
  }

  private static byte[] pair(String first, String second) {
    String header = entry("a", "F64", "[1]", first) + "," + entry("b", "F64", "[1]", second);
    return file("{" + header + "}", new byte[24]);
  }

  private static byte[] far() {
    return one("F64", "[0]", "[9223372036854775800,9223372036854775800]", 0);
  }

  private static byte[] misaligned() {
    String header = entry("a", "F32", "[1]", "[0,4]") + "," + entry("b", "F64", "[1]", "[4,12]");
    return file("{" + header + "}", new byte[12]);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileFiles")
  void hostileFilesAreRefusedWithOneClearError(String message, byte[] bytes) {
    String got = assertThrows(InvalidDataException.class, () -> read(bytes)).getMessage();
    assertTrue(got.startsWith("the file ") && got.contains(message), got);
    assertTrue(got.length() < 400 && got.chars().noneMatch(Character::isISOControl), got);
  }

  @Test
  void tooManyEntriesAreRefused() {
    StringBuilder header = new StringBuilder("{\"__metadata__\":{\"\":\"\"");
    for (int i = 0; i < TensorFile.MOST_ENTRIES; i++) {
      header.append(",\"").append(Integer.toString(i, 36)).append("\":\"\"");
    }
    byte[] bytes = file(header.append("}}").toString(), new byte[0]);
    String got = assertThrows(InvalidDataException.class, () -> read(bytes)).getMessage();
    assertTrue(got.contains("more than 1000000 entries"), got);
  }

  @Test
  void aFileCutAnywhereIsRefused() {
    byte[] bytes = bytes(small());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThrows(InvalidDataException.class, () -> read(cut), "cut to " + length);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThrows(InvalidDataException.class, () -> read(longer));
  }

  @Test
  void aFileThatShrinksWhileItIsReadIsRefused() {
    byte[] bytes = bytes(small());
    InvalidDataException refused =
        assertThrows(
            InvalidDataException.class,
            () ->
                TensorFile.read(
                    "the file",
                    new ByteArrayInputStream(bytes, 0, bytes.length - 1),
                    bytes.length,
                    words -> {}));
    assertEquals("the file became shorter while it was read", refused.getMessage());
  }

  /** Mutates whole files 20,000 times: only the documented error, and nothing wrong accepted. */
  @Test
  @Tag("slow")
  void mutatedFilesAreReadOrRefused() {
    Random random = new Random("TensorFileTest.mutatedFilesAreReadOrRefused".hashCode());
    byte[] good = bytes(small());
    int refused = 0;
    int accepted = 0;
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = mutated(good, random);
      try {
        TensorFile read = read(bytes);
        accepted++;
        assertArrayEquals(bytes(read), bytes(read(bytes(read))));
      } catch (InvalidDataException e) {
        assertFalse(e.getMessage().isEmpty());
        refused++;
      }
    }
    assertTrue(refused > 10_000 && accepted > 500, refused + " refused, " + accepted + " accepted");
  }

  static byte[] mutated(byte[] good, Random random) {
    byte[] bytes = good.clone();
    int changes = 1 + random.nextInt(3);
    for (int change = 0; change < changes; change++) {
      int at = random.nextInt(bytes.length);
      int from = random.nextInt(bytes.length);
      int length = random.nextInt(1 + Math.min(12, bytes.length - Math.max(at, from)));
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt();
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) "0123456789{}[]\",:-. e".charAt(random.nextInt(21));
        case 3 -> System.arraycopy(bytes.clone(), from, bytes, at, length);
        default -> bytes = Arrays.copyOf(bytes, Math.max(1, bytes.length - length));
      }
    }
    return bytes;
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    work.run();
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static void refused(byte[] bytes) {
    assertThrows(InvalidDataException.class, () -> read(bytes));
  }

  @Test
  void smallFilesThatClaimMuchTakeLittleMemory() {
    hostileFiles().map(each -> (byte[]) each.get()[1]).forEach(TensorFileTest::refused);
    hostileFiles()
        .forEach(
            each -> {
              byte[] bytes = (byte[]) each.get()[1];
              long taken = allocated(() -> refused(bytes));
              assertTrue(taken < 500_000 + 20L * bytes.length, each.get()[0] + " took " + taken);
            });
  }

  @Test
  void memoryIsInProportionToTheFile() {
    byte[] numbers = new byte[4_000_000];
    byte[] doubles = one("F64", "[500000]", "[0,4000000]", numbers.length);
    byte[] floats = file("{" + entry("t", "F32", "[1000000]", "[0,4000000]") + "}", numbers);
    byte[] words = metadata("\"a\":\"" + "x".repeat(4_000_000) + "\"");
    byte[] wide = metadata("\"a\":\"" + "ü".repeat(2_000_000) + "\"");
    for (byte[] bytes : List.of(doubles, floats, words, wide)) {
      long taken = allocated(() -> read(bytes));
      assertTrue(taken < 10L * bytes.length + 500_000, "took " + taken);
    }
  }

  @Test
  void foreignFilesAreRefused(@TempDir Path folder) throws IOException {
    Path zip = Files.write(folder.resolve("a.zip"), new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0});
    Path csv = Files.writeString(folder.resolve("a.csv"), "species,island\nAdelie,Biscoe\n");
    Path json = Files.writeString(folder.resolve("a.json"), "{\"a\": \"some text\"}");
    Path empty = Files.createFile(folder.resolve("empty.esp"));
    for (Path file : List.of(zip, csv, json, empty, folder, folder.resolve("missing.esp"))) {
      String got =
          assertThrows(InvalidDataException.class, () -> TensorFile.read(file, words -> {}))
              .getMessage();
      assertTrue(got.contains("'" + file + "'") && got.contains("model file"), got);
    }
  }

  @Test
  void theDigestIsThatOfTheFile(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.esp"), bytes(small()));
    Digest digest = TensorFile.read(file, words -> {}).digest();
    assertEquals(Digest.of(file), digest);
    assertEquals(Digest.of(bytes(small())), digest);
    assertEquals(
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Digest.of(new byte[0]).text());
  }

  @Test
  void whatCannotBeWrittenIsRefusedWhenItIsGiven() {
    TensorFile.Builder builder = new TensorFile.Builder().tensor("a", new double[] {1});
    builder.text("a", "words and numbers may share a name");
    List<Runnable> wrong =
        List.of(
            () -> builder.tensor("a", new double[] {1}),
            () -> builder.text("a", "again"),
            () -> builder.tensor("b", new double[] {1, 2}, 3),
            () -> builder.tensor("b", new double[] {1, 2}),
            () -> builder.tensor("b", new double[0], -1, 0),
            () -> builder.tensor("b", new double[0], 1L << 62, 2),
            () -> builder.tensor("b", new double[] {1}, new long[17]),
            () -> builder.tensor("b", new double[] {Double.NaN}),
            () -> builder.tensor("b", new double[] {Double.POSITIVE_INFINITY}, 1),
            () -> builder.tensor("__metadata__", new double[] {1}),
            () -> builder.text("b", "\ud800"));
    for (Runnable each : wrong) {
      assertThrows(IllegalArgumentException.class, each::run);
    }
    assertEquals(List.of("a"), List.copyOf(builder.build().tensors().keySet()));
  }
}
