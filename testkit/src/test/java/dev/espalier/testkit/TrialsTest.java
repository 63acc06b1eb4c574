package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.AssertionFailedError;

class TrialsTest {

  private static Evidence p(double p) {
    return new Evidence("a made-up hypothesis", 0, 1, p);
  }

  @Test
  void theSeedIsThatOfTheName(TestInfo test) {
    assertEquals(
        Trials.named("dev.espalier.testkit.TrialsTest.theSeedIsThatOfTheName").seed(),
        Trials.of(test).seed());
    assertNotEquals(Trials.named("another").seed(), Trials.of(test).seed());
  }

  @Test
  void aMillionthIsTheLimit() {
    Trials trials = Trials.named("limit");
    trials.run(trial -> trial.show(p(1.1e-6)));
    assertThrows(AssertionFailedError.class, () -> trials.run(trial -> trial.show(p(0.9e-6))));
    trials.mustReject(trial -> trial.show(p(0.9e-6)));
    assertThrows(
        AssertionFailedError.class, () -> trials.mustReject(trial -> trial.show(p(1.1e-6))));
  }

  @Test
  void aTrialWithoutEvidenceFails() {
    assertThrows(AssertionFailedError.class, () -> Trials.named("none").run(trial -> {}));
  }

  @Test
  void soakingAllowsThreeOfTwoHundredRejections() {
    AtomicInteger runs = new AtomicInteger();
    Trials trials = Trials.named("dev.espalier.Some.test");
    trials.soak(1, trial -> trial.show(p(runs.getAndIncrement() < 3 ? 1e-4 : 0.5)));
    assertEquals(200, runs.get());
    runs.set(0);
    AssertionFailedError failure =
        assertThrows(
            AssertionFailedError.class,
            () -> trials.soak(9, trial -> trial.show(p(runs.getAndIncrement() < 4 ? 1e-4 : 0.5))));
    assertTrue(
        failure.getMessage().contains("-Dsoak.seed=9 -Dtest=dev.espalier.Some#test"),
        failure.getMessage());
  }
}
