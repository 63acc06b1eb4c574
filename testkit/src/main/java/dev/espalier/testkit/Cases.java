package dev.espalier.testkit;

import dev.espalier.api.Streams;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.AssertionFailedError;

/**
 * Cases of a property: edge cases first, then generated ones from seeds that a failure prints.
 *
 * <p>{@code Cases.of(info, random -> random.nextInt()).edges(0, -1).check(i -> ...)} fails at the
 * first case for which the property throws. {@code -Dcase.seed=N} runs the generated case of that
 * seed alone, {@code -Dcase.times=N} so many times as many cases.
 *
 * @param <T> what a case is
 */
public final class Cases<T> {
  private final String name;
  private final Function<RandomGenerator, T> generator;
  private final List<T> edges;
  private final int count;

  private Cases(String name, Function<RandomGenerator, T> generator, List<T> edges, int count) {
    this.name = name;
    this.generator = generator;
    this.edges = edges;
    this.count = count;
  }

  /** A hundred generated cases for a test method, whose name gives the seeds. */
  public static <T> Cases<T> of(TestInfo test, Function<RandomGenerator, T> generator) {
    return new Cases<>(Trials.nameOf(test), generator, List.of(), 100);
  }

  /** These cases with others before the generated ones. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public final Cases<T> edges(T... edges) {
    return new Cases<>(name, generator, List.of(edges), count);
  }

  /** As many generated cases. */
  public Cases<T> count(int count) {
    return new Cases<>(name, generator, edges, count);
  }

  /**
   * Checks the property.
   *
   * @throws AssertionFailedError naming the case for which the property threw, and its seed
   */
  public void check(Consumer<T> property) {
    String only = System.getProperty("case.seed");
    if (only != null) {
      property.accept(generated(Long.parseLong(only)));
      return;
    }
    for (T edge : edges) {
      run(property, edge, "edge case " + edge);
    }
    for (int i = 0; i < Math.multiplyExact(count, Integer.getInteger("case.times", 1)); i++) {
      long seed = new Streams(0).seed(name, i);
      T value = generated(seed);
      run(property, value, "case " + i + ", again with -Dcase.seed=" + seed + ": " + value);
    }
  }

  private T generated(long seed) {
    return generator.apply(new Streams(seed).stream("case", 0));
  }

  private static <T> void run(Consumer<T> property, T value, String text) {
    try {
      property.accept(value);
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionFailedError(text + ": " + e.getMessage(), e);
    }
  }
}
