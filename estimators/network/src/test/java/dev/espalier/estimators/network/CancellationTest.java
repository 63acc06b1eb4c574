package dev.espalier.estimators.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.api.Window;
import dev.espalier.testkit.Law;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fit that is cancelled stops within 100 ms of work: it asks often, and obeys at once. */
final class CancellationTest {

  private static final double MOST_SECONDS = 0.1;

  /** Notes the processor time of this thread between two questions. */
  private static final class Questions implements Progress {
    private final int last;
    private int asked;
    private int afterwards;
    private long before;
    private double longest;

    Questions(int last) {
      this.last = last;
    }

    static long now() {
      return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    @Override
    public void report(String stage, double done) {}

    @Override
    public boolean cancelled() {
      long now = now();
      if (asked > 0) {
        longest = Math.max(longest, (now - before) * 1e-9);
      }
      before = now;
      if (++asked > last) {
        afterwards++;
        return true;
      }
      return false;
    }
  }

  private static Samples rows(int count, int columns) {
    return Law.standardNormal(columns).rows(count, 1);
  }

  /**
   * Statistic: the longest processor time between two questions, setting up, training and looking
   * at held-out rows; a second fit, when everything is compiled.
   */
  private static double longest(Network network, Samples rows) {
    network.fit(FitRequest.of(rows));
    Questions questions = new Questions(Integer.MAX_VALUE);
    network.fit(FitRequest.of(rows).withProgress(questions));
    return Math.max(questions.longest, (Questions.now() - questions.before) * 1e-9);
  }

  @Test
  void aWideNetworkAsksOften() {
    double longest = longest(Network.hidden(1024, 1024).steps(3).batch(512), rows(1500, 32));
    assertTrue(longest < MOST_SECONDS, () -> longest + " s between two questions");
  }

  @Test
  void manyColumnsAreTurnedAskingOften() {
    double longest = longest(Network.hidden(8).steps(2).batch(256), rows(600, 160));
    assertTrue(longest < MOST_SECONDS, () -> longest + " s between two questions");
  }

  @Test
  void manyRowsAreReadAskingOften() {
    double longest = longest(Network.hidden(8).steps(2).batch(64), rows(60_000, 8));
    assertTrue(longest < MOST_SECONDS, () -> longest + " s between two questions");
  }

  /** No more is asked after the first yes, wherever it falls. */
  @Test
  void theFirstYesIsObeyed() {
    Network network = Network.hidden(64, 64).steps(12).batch(256);
    Samples rows = rows(300, 6);
    Questions all = new Questions(Integer.MAX_VALUE);
    network.fit(FitRequest.of(rows).withProgress(all));
    for (int tenth = 0; tenth < 10; tenth++) {
      Questions questions = new Questions(all.asked * tenth / 10);
      FitRequest request = FitRequest.of(rows).withProgress(questions);
      assertThrows(CancelledException.class, () -> network.fit(request));
      assertEquals(1, questions.afterwards);
    }
  }

  /** By counting, not by the clock: no call that cannot be cancelled is longer than allowed. */
  @Test
  void workBetweenQuestionsIsBounded() {
    Network network = Network.hidden(700, 700).steps(2).batch(64);
    RecordingEngine engine = new RecordingEngine();
    FitRequest request = FitRequest.of(rows(4000, 4));
    Trainer.of(network, request, List.of(Window.of(List.of(0, 1, 2, 3))), engine).run();
    assertTrue(engine.most().size() > 3, "need held-out rows looked at in parts");
    for (long each : engine.most()) {
      assertTrue(each <= Networks.BETWEEN_QUESTIONS, () -> each + " multiply-adds in one call");
    }
    Shape shape = new Shape(8, 9, List.of(1500, 1500), 8);
    int rows = 300;
    Networks networks = Engine.plain().create(shape, 1, Batches.parameters(shape, 1));
    Questions questions = new Questions(Integer.MAX_VALUE);
    networks.gradients(
        Batches.batch(shape, 1, rows, 16),
        Batches.goal(shape, 1, rows),
        new float[(int) shape.parameters()],
        Tasks.here(),
        questions);
    long needed = rows * shape.parameters() / Networks.BETWEEN_QUESTIONS;
    assertTrue(questions.asked >= needed, () -> questions.asked + " questions, need " + needed);
  }

  /** A step that is cancelled in the middle has moved nothing. */
  @Test
  void aCancelledStepIsNone() {
    Shape shape = new Shape(4, 2, List.of(200, 200), 4);
    Networks networks = Engine.plain().create(shape, 1, Batches.parameters(shape, 1));
    Batch batch = Batches.batch(shape, 1, 1024, 16);
    Networks.Goal goal = Batches.goal(shape, 1, 1024);
    Networks.Update update = new Networks.Update(1, 0.01, 0.1, 1, 0.1);
    assertThrows(
        CancelledException.class,
        () -> networks.step(batch, goal, update, Tasks.here(), new Questions(3)));
    assertArrayEquals(Batches.parameters(shape, 1), networks.state(Networks.State.PARAMETERS));
    assertArrayEquals(Batches.parameters(shape, 1), networks.state(Networks.State.AVERAGE));
  }
}
