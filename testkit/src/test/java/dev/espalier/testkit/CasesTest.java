package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.AssertionFailedError;

class CasesTest {

  @Test
  void edgesComeFirstAndCasesAreTheSameEveryTime(TestInfo test) {
    List<Integer> first = new ArrayList<>();
    List<Integer> second = new ArrayList<>();
    Cases<Integer> cases = Cases.of(test, random -> random.nextInt(1000)).edges(-1, -2).count(20);
    cases.check(first::add);
    cases.check(second::add);
    assertEquals(first, second);
    assertEquals(List.of(-1, -2), first.subList(0, 2));
    assertEquals(22, first.size());
    assertTrue(first.stream().distinct().count() > 15, first::toString);
  }

  @Test
  void aFailureNamesTheSeedOfItsCase(TestInfo test) {
    AssertionFailedError failure =
        assertThrows(
            AssertionFailedError.class,
            () ->
                Cases.of(test, random -> random.nextInt(10))
                    .check(value -> assertTrue(value < 7, "too big")));
    assertTrue(
        failure.getMessage().matches("case \\d+, again with -Dcase.seed=-?\\d+: [789]: too big.*"),
        failure.getMessage());
  }

  @Test
  void aFailureAtAnEdgeNamesIt(TestInfo test) {
    AssertionFailedError failure =
        assertThrows(
            AssertionFailedError.class,
            () -> Cases.of(test, random -> 1).edges(0).check(value -> fail("no")));
    assertEquals("edge case 0: no", failure.getMessage());
  }
}
