package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class NumbersTest {

  @Test
  void numbersPrintWithTheFewestDigits() {
    assertEquals(
        "0 -0 2 -2 0.1 0.001 0.0001 1e-5 1.5e-7 100000 1000000000000000 1e16 2e23 1.25e20"
            + " 5e-324 1.7976931348623157e308 0.30000000000000004 0.002 infinity -infinity nan",
        String.join(
            " ",
            DoubleStream.of(
                    0,
                    -0.0,
                    2,
                    -2,
                    0.1,
                    0.001,
                    0.0001,
                    0.00001,
                    1.5e-7,
                    100_000,
                    1e15,
                    1e16,
                    2e23,
                    1.25e20,
                    Double.MIN_VALUE,
                    Double.MAX_VALUE,
                    0.1 + 0.2,
                    2e-3,
                    Double.POSITIVE_INFINITY,
                    Double.NEGATIVE_INFINITY,
                    Double.NaN)
                .mapToObj(Numbers::print)
                .toList()));
  }

  @Test
  void onlyDecimalNumbersAreRead() {
    for (String text : new String[] {"", "-", ".", "1d", "0x1p3", "1e", "NaN", "1_0", "1e999"}) {
      assertTrue(Numbers.parse(text).isEmpty(), text);
    }
    assertEquals(-12.5, Numbers.parse("-1.25e+1").orElseThrow());
    assertEquals(0.5, Numbers.parse(".5").orElseThrow());
    assertEquals(5, Numbers.parse("5.").orElseThrow());
  }
}
