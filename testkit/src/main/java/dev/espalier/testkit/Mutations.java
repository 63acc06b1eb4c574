package dev.espalier.testkit;

import dev.espalier.api.Streams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.AssertionFailedError;

/**
 * Good inputs with mistakes, for readers that must read or refuse whatever they are given.
 *
 * <p>Every input of the corpus is read as it is, then 10,000 others made of it, or a million with
 * the system property {@code soak} (from a fresh seed then, which a failure prints; {@code
 * -Dsoak.seed=N} repeats it). The input that failed is kept in {@code target/mutations}; in the
 * folder of the corpus it is tried every time.
 */
public final class Mutations {

  private static final int COUNT = 10_000;
  private static final int SOAK_COUNT = 1_000_000;

  private static final long[] LENGTHS = {
    0, 1, -1, 8, 255, 65_536, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final List<String> NUMBERS =
      List.of("0", "-1", "1e308", "1e999", "0.1", "2147483648", "99999999999999999999", "NaN");

  private final String name;
  private final List<byte[]> corpus;
  private final List<byte[]> words;

  private Mutations(String name, List<byte[]> corpus, List<byte[]> words) {
    this.name = name;
    this.corpus = corpus;
    this.words = words;
  }

  /** Inputs for a test method, made of the files of a folder. */
  public static Mutations of(TestInfo test, Path folder) {
    List<byte[]> corpus = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        corpus.add(Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(test, corpus);
  }

  /** Inputs for a test method, made of these. */
  public static Mutations of(TestInfo test, List<byte[]> corpus) {
    if (corpus.isEmpty()) {
      throw new IllegalArgumentException("need at least one input to change, got none");
    }
    return new Mutations(Trials.nameOf(test), List.copyOf(corpus), List.of());
  }

  /** These inputs with words that are put in here and there. */
  public Mutations words(String... words) {
    List<byte[]> bytes =
        Arrays.stream(words).map(word -> word.getBytes(StandardCharsets.UTF_8)).toList();
    return new Mutations(name, corpus, bytes);
  }

  /** Reads an input, and catches what it may throw. */
  @FunctionalInterface
  public interface Reading {

    /** Throws nothing, unless the reader is at fault. */
    void read(byte[] input) throws IOException;
  }

  /**
   * Reads all inputs.
   *
   * @param bytes what reading may allocate in any case
   * @param times what it may allocate besides, as a multiple of the input's length
   * @throws AssertionFailedError at the first input for which the reading threw or took too much
   */
  public void check(long bytes, long times, Reading reading) {
    for (long limit : new long[] {Long.MAX_VALUE, bytes}) { // the first time classes are loaded
      for (byte[] input : corpus) {
        read(input, "an input of the corpus", limit, times, reading);
      }
    }
    boolean soak = System.getProperty("soak") != null;
    long root = soak ? Trials.freshSeed() : 0;
    Streams streams = new Streams(root);
    for (int i = 0; i < (soak ? SOAK_COUNT : COUNT); i++) {
      String what = "input " + i + (soak ? " of -Psoak -Dsoak.seed=" + root : "");
      read(mutated(streams.stream(name, i)), what, bytes, times, reading);
    }
  }

  private void read(byte[] input, String what, long bytes, long times, Reading reading) {
    long before = allocated();
    Throwable thrown = null;
    try {
      reading.read(input);
    } catch (IOException | RuntimeException | Error e) {
      thrown = e;
    }
    long taken = allocated() - before;
    if (thrown != null || taken - times * input.length > bytes) {
      String problem = thrown == null ? "took " + taken + " bytes" : "threw " + thrown;
      throw new AssertionFailedError(
          what + " of " + input.length + " bytes " + problem + "; it is kept in " + keep(input),
          thrown);
    }
  }

  /** All that this thread has ever allocated, in bytes. */
  private static long allocated() {
    return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean())
        .getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  private Path keep(byte[] input) {
    Path file = Path.of("target", "mutations", name + ".input");
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, input);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] mutated(RandomGenerator random) {
    byte[] input = corpus.get(random.nextInt(corpus.size()));
    for (int m = 1 + random.nextInt(4); m > 0; m--) {
      input = mutatedOnce(input, random);
    }
    return input;
  }

  private byte[] mutatedOnce(byte[] input, RandomGenerator random) {
    if (input.length == 0) {
      return corpus.get(random.nextInt(corpus.size()));
    }
    int at = random.nextInt(input.length);
    int to = Math.min(input.length, at + 1 + random.nextInt(8));
    byte[] none = new byte[0];
    return switch (random.nextInt(10)) {
      case 0 ->
          spliced(input, at, at + 1, new byte[] {(byte) (input[at] ^ 1 << random.nextInt(8))});
      case 1 -> spliced(input, at, at + 1, new byte[] {(byte) random.nextInt(256)});
      case 2 -> spliced(input, at, to, none);
      case 3 -> spliced(input, at, at, Arrays.copyOfRange(input, at, to));
      case 4 -> Arrays.copyOf(input, at);
      case 5 -> spliced(input, at, Math.min(input.length, at + Long.BYTES), length(random));
      case 6 -> number(input, at, random);
      case 7 -> spliced(input, at, random.nextBoolean() ? at : to, word(random));
      case 8 -> repeated(input, at, to, random);
      default -> {
        byte[] other = corpus.get(random.nextInt(corpus.size()));
        int from = random.nextInt(other.length + 1);
        yield spliced(input, at, input.length, Arrays.copyOfRange(other, from, other.length));
      }
    };
  }

  private static byte[] length(RandomGenerator random) {
    long value = LENGTHS[random.nextInt(LENGTHS.length)];
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private byte[] word(RandomGenerator random) {
    if (words.isEmpty()) {
      return new byte[] {(byte) random.nextInt(128)};
    }
    return words.get(random.nextInt(words.size()));
  }

  /** Another number in place of the digits around a place; bytes there if there are no digits. */
  private static byte[] number(byte[] input, int at, RandomGenerator random) {
    int from = at;
    int to = at;
    while (from > 0 && isDigit(input[from - 1])) {
      from--;
    }
    while (to < input.length && isDigit(input[to])) {
      to++;
    }
    String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
    return spliced(input, from, to, number.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private static byte[] repeated(byte[] input, int at, int to, RandomGenerator random) {
    byte[] piece = Arrays.copyOfRange(input, at, to);
    ByteArrayOutputStream many = new ByteArrayOutputStream();
    for (int times = 1 << random.nextInt(8); times > 0; times--) {
      many.writeBytes(piece);
    }
    return spliced(input, at, at, many.toByteArray());
  }

  /** The input with other bytes in place of those from one place to another. */
  private static byte[] spliced(byte[] input, int from, int to, byte[] middle) {
    byte[] all = Arrays.copyOf(input, input.length - (to - from) + middle.length);
    System.arraycopy(middle, 0, all, from, middle.length);
    System.arraycopy(input, to, all, from + middle.length, input.length - to);
    return all;
  }
}
