package dev.espalier.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WindowTest {

  @Test
  void outputsAreAmongTheColumns() {
    assertEquals(List.of(3, 1), Window.of(List.of(3, 1)).outputs());
    assertThrows(IllegalArgumentException.class, () -> new Window(List.of(1, 2), List.of(3)));
    assertThrows(IllegalArgumentException.class, () -> new Window(List.of(1, 1), List.of(1)));
    assertThrows(IllegalArgumentException.class, () -> new Window(List.of(), List.of()));
    assertThrows(IllegalArgumentException.class, () -> Window.of(List.of(-1)));
  }

  @Test
  void copiesOfARequestKeepItsFolder() {
    FitRequest request = FitRequest.of(Samples.of(1, new double[] {1, 2, 3}));
    assertTrue(request.checkpoint().isEmpty());
    Path folder = Path.of("state");
    FitRequest changed = request.withCheckpoint(folder).withSeed(3).select(new int[] {0, 2});
    assertEquals(folder, changed.checkpoint().orElseThrow());
  }

  @Test
  void partsAndPiecesPassOnWhatWasMeasured() {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    Progress progress =
        new Progress() {
          @Override
          public void report(String stage, double done) {}

          @Override
          public void measured(String curve, double at, double value) {
            heard.add(curve + " " + at + " " + value);
          }
        };
    progress.part(0, 0.5).measured("part", 1, 2);
    for (Tasks tasks : List.of(Tasks.here(), Tasks.threads(2))) {
      tasks.<Integer>map(
          2,
          (index, share) -> {
            share.measured("piece", index, 3);
            return index;
          },
          progress);
    }
    heard.sort(null);
    assertEquals(
        List.of("part 1.0 2.0", "piece 0.0 3.0", "piece 0.0 3.0", "piece 1.0 3.0", "piece 1.0 3.0"),
        heard);
    Progress.silent().measured("nobody hears", 0, 0);
  }

  @Test
  void partsAndPiecesHearThatItIsEnough() {
    Progress enough =
        new Progress() {
          @Override
          public void report(String stage, double done) {}

          @Override
          public boolean enough() {
            return true;
          }
        };
    assertFalse(Progress.silent().enough());
    assertTrue(enough.part(0, 0.5).enough());
    assertEquals(
        List.of(true, true),
        Tasks.threads(2).map(2, (index, progress) -> progress.enough(), enough));
  }
}
