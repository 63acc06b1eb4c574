package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class InterruptsTest {

  @Test
  void theFirstAsksAndTheSecondEnds() {
    List<String> done = new ArrayList<>();
    Interrupts interrupts =
        new Interrupts(() -> done.add("asked"), code -> done.add("end " + code));
    assertFalse(interrupts.asked());
    interrupts.interrupt();
    assertTrue(interrupts.asked());
    assertEquals(List.of("asked"), done);
    interrupts.interrupt();
    assertEquals("end 130", done.get(1));
  }

  @Test
  void nestedWatchesLeaveTheSignalsAsTheyWere() {
    Interrupts outer = new Interrupts(() -> {}, code -> {}).watch();
    Interrupts inner = new Interrupts(() -> {}, code -> {}).watch();
    inner.close();
    outer.close();
    assertFalse(outer.asked() || inner.asked());
  }
}
