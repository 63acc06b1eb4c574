package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import dev.espalier.runtime.Fakes.ByLabel;
import dev.espalier.runtime.Fakes.Direct;
import dev.espalier.runtime.Fakes.Many;
import dev.espalier.runtime.Fakes.Moments;
import dev.espalier.runtime.Fakes.Plain;
import dev.espalier.runtime.Fakes.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ExpressionsLawTest {
  private static final double[] EDGES = {
    0,
    -0.0,
    1,
    0.1,
    1e15,
    1e16,
    123456789012345680.0,
    1e-4,
    1e-5,
    1e22,
    2e23,
    5e-324,
    2.2e-308,
    Double.MIN_NORMAL,
    Double.MAX_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    9007199254740993.0,
    2.0 / 3
  };
  private static final String ALPHABET =
      "abzAZ_019.-+:/%* ,=()[]\"'\\\n\r\t\0\u0007\u00e9\u00df\u4e2d\ud83c\udf33#{};@";

  private final Expressions expressions = new Expressions(Fakes.catalogue());

  private static RandomGenerator random(String test, int index) {
    return new Streams(0).stream("ExpressionsLawTest." + test, index);
  }

  @Test
  void whatIsPrintedReadsBackAsAnEqualObject() {
    for (int i = 0; i < 3000; i++) {
      RandomGenerator random = random("roundTrip", i);
      ScoreEstimator made = estimator(random, 3);
      String text = expressions.print(made);
      ScoreEstimator read = expressions.parse(ScoreEstimator.class, text);
      assertEquals(made, read, text);
      assertEquals(text, expressions.print(read));
      Pipeline pipeline = new Pipeline(made, new Direct(random.nextInt()), random.nextLong());
      String whole = expressions.print(pipeline);
      assertEquals(pipeline, expressions.parse(Pipeline.class, whole), whole);
    }
  }

  @Test
  void depthAndLengthAreBounded() {
    for (String piece : List.of("[", "plain(inner=", "plain(", "(", "\"", "a,", "\\", "=")) {
      String text = piece.repeat(200_000 / piece.length());
      for (String each : List.of(text, text.substring(0, 90_000))) {
        try {
          expressions.parse(ScoreEstimator.class, each);
          fail("read " + piece);
        } catch (ExpressionException e) {
          assertTrue(e.getMessage().length() < 500, e.getMessage());
        }
      }
    }
  }

  private static char symbol(RandomGenerator random) {
    return random.nextInt(8) == 0
        ? (char) random.nextInt(1 << 16)
        : ALPHABET.charAt(random.nextInt(ALPHABET.length()));
  }

  private static ScoreEstimator estimator(RandomGenerator random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 0 -> new Moments(Math.abs(number(random, true)));
      case 1 -> new Plain(size(random)).around(estimator(random, depth - 1));
      case 2 -> new ByLabel(words(random)).around(estimator(random, depth - 1));
      default ->
          new Many(
              random.nextInt(),
              random.nextLong(),
              number(random, false),
              random.nextBoolean(),
              words(random),
              Shape.values()[random.nextInt(2)],
              size(random),
              TrainingTarget.denoising(),
              estimator(random, depth - 1),
              list(random, () -> number(random, false)),
              list(random, () -> estimator(random, depth - 1)));
    };
  }

  private static <T> List<T> list(RandomGenerator random, java.util.function.Supplier<T> item) {
    List<T> items = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      items.add(item.get());
    }
    return List.copyOf(items);
  }

  private static double number(RandomGenerator random, boolean comparable) {
    double value =
        switch (random.nextInt(3)) {
          case 0 -> EDGES[random.nextInt(EDGES.length)];
          case 1 -> Double.longBitsToDouble(random.nextLong());
          default -> random.nextInt(-50, 50) / 8.0;
        };
    return comparable && Double.isNaN(value) ? 1 : value;
  }

  private static Size size(RandomGenerator random) {
    int low = random.nextInt(100);
    return switch (random.nextInt(3)) {
      case 0 -> Size.AUTO;
      case 1 -> Size.of(low);
      default -> Size.between(low, low + random.nextInt(100));
    };
  }

  private static String words(RandomGenerator random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(symbol(random));
    }
    return text.toString();
  }
}
