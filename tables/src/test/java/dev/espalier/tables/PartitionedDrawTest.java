package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionedDrawTest {

  @Test
  void partitionsHoldEveryRowOnceAndInOrder() {
    for (long count : new long[] {0, 1, 5, 199, 200, 1_003}) {
      for (int partitions : List.of(1, 3, 200)) {
        PartitionedDraw draw = new PartitionedDraw(40, count, 7, partitions);
        long next = 40;
        for (int p = 0; p < partitions; p++) {
          assertEquals(next, draw.firstOf(p));
          assertTrue(draw.size(p) <= count / partitions + 1);
          for (long from = 0; from < draw.size(p); from += 3) {
            DrawRequest.Rows rows = draw.rows(p, from, 3);
            for (int i = 0; i < rows.count(); i++) {
              assertEquals(next++, rows.index(i));
            }
          }
        }
        assertEquals(40 + count, next);
      }
    }
  }

  @Test
  void numbersBeyondALongAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PartitionedDraw(-1, 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new PartitionedDraw(1, -1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new PartitionedDraw(0, 1, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new PartitionedDraw(2, Long.MAX_VALUE - 1, 0, 1));
    PartitionedDraw all = new PartitionedDraw(0, Long.MAX_VALUE, 0, Integer.MAX_VALUE);
    assertEquals(
        Long.MAX_VALUE, all.firstOf(Integer.MAX_VALUE - 1) + all.size(Integer.MAX_VALUE - 1));
  }
}
