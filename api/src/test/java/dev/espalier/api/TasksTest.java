package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TasksTest {

  @Test
  void resultsComeInTheOrderOfThePieces() {
    List<Integer> expected = IntStream.range(0, 1_000).mapToObj(i -> i * i).toList();
    for (Tasks tasks : List.of(Tasks.here(), Tasks.threads(2), Tasks.threads(8))) {
      assertEquals(expected, tasks.<Integer>map(1_000, (i, progress) -> i * i, Progress.silent()));
      assertEquals(List.of(), tasks.<Integer>map(0, (i, progress) -> i, Progress.silent()));
    }
  }

  @Test
  void aCallInsideAPieceRunsInItsThread() {
    Tasks tasks = Tasks.threads(4);
    List<Boolean> stayed =
        tasks.map(
            16,
            (i, progress) -> {
              Thread outer = Thread.currentThread();
              return tasks
                  .<Boolean>map(8, (j, inner) -> Thread.currentThread() == outer, progress)
                  .stream()
                  .allMatch(same -> same);
            },
            Progress.silent());
    assertTrue(stayed.stream().allMatch(same -> same));
  }

  @Test
  void theFirstFailureByIndexIsThrown() {
    for (int threads : new int[] {1, 2, 4}) {
      Exception e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  Tasks.threads(threads)
                      .<Integer>map(
                          1,
                          (i, progress) -> {
                            throw new IllegalStateException("piece " + i);
                          },
                          Progress.silent()));
      assertEquals("piece 0", e.getMessage());
    }
  }

  @Test
  void aFailureStopsTheRest() {
    AtomicInteger ran = new AtomicInteger();
    assertThrows(
        IllegalStateException.class,
        () ->
            Tasks.here()
                .<Integer>map(
                    100,
                    (i, progress) -> {
                      ran.incrementAndGet();
                      throw new IllegalStateException("piece " + i);
                    },
                    Progress.silent()));
    assertEquals(1, ran.get());
  }

  @Test
  void cancellingStopsBetweenPieces() {
    AtomicInteger ran = new AtomicInteger();
    AtomicBoolean cancelled = new AtomicBoolean();
    Progress progress =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            cancelled.set(done >= 0.1);
          }

          @Override
          public boolean cancelled() {
            return cancelled.get();
          }
        };
    assertThrows(
        CancelledException.class,
        () ->
            Tasks.here()
                .<Integer>map(
                    100,
                    (i, piece) -> {
                      ran.incrementAndGet();
                      piece.report("working", 1);
                      return i;
                    },
                    progress));
    assertEquals(10, ran.get());
  }

  @Test
  void errorsPassThroughAsTheyAre() {
    Error broken = new AssertionError("broken");
    assertSame(
        broken,
        assertThrows(
            AssertionError.class,
            () ->
                Tasks.threads(3)
                    .<Integer>map(
                        5,
                        (i, progress) -> {
                          throw broken;
                        },
                        Progress.silent())));
  }

  @Test
  void sharesAreReportedAsTheirMean() {
    double[] last = {0};
    Tasks.here()
        .<Integer>map(
            4,
            (i, piece) -> {
              piece.report("working", 1);
              return i;
            },
            (stage, done) -> last[0] = done);
    assertEquals(1, last[0]);
    Progress.silent().part(0.2, 0.6).report("nothing", 1);
    ((Progress) (stage, done) -> last[0] = done).part(0.2, 0.6).report("half", 0.5);
    assertEquals(0.4, last[0], 1e-15);
  }

  @Test
  void threadsAreNearAndPiecesTravelWholeUnlessTheyKnowBetter() {
    for (Tasks tasks : List.of(Tasks.here(), Tasks.threads(2))) {
      assertSame(tasks, tasks.near());
    }
    Tasks.Piece<Integer> piece = (i, progress) -> i;
    assertSame(piece, piece.only(3));
  }
}
