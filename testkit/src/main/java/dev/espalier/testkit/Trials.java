package dev.espalier.testkit;

import dev.espalier.api.Streams;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.TestInfo;
import org.opentest4j.AssertionFailedError;

/**
 * Runs the body of a statistical test: once with a fixed seed, or, when soaking, with 200 fresh
 * ones.
 *
 * <p>Ordinarily the seed is a hash of the names of class and method, and any evidence with {@code p
 * < 1e-6} fails the test; there is no second try. With the system property {@code soak} the body
 * runs on 200 fresh seeds, and an assertion fails when more than 3 of them reject it at 1e-3, which
 * happens to a true hypothesis with a chance of 5.5e-5. The root seed is printed; {@code
 * -Dsoak.seed=N} repeats it.
 */
public final class Trials {

  /** The false-alarm rate of one assertion in an ordinary run. */
  public static final double ALPHA = 1e-6;

  private static final double SOAK_ALPHA = 1e-3;
  private static final int SOAK_RUNS = 200;
  private static final int SOAK_ALLOWED = 3;

  private final String name;

  private Trials(String name) {
    this.name = name;
  }

  /** The trials of one test method. */
  public static Trials of(TestInfo test) {
    return named(nameOf(test));
  }

  static String nameOf(TestInfo test) {
    String type = test.getTestClass().map(Class::getName).orElse("");
    return type + "." + test.getTestMethod().map(each -> each.getName()).orElse("");
  }

  /** The trials of a test known by its name, such as {@code dev.espalier.api.XTest.method}. */
  public static Trials named(String name) {
    return new Trials(name);
  }

  /** The seed of an ordinary run, a hash of the name. */
  public long seed() {
    return new Streams(0).seed(name, 0);
  }

  /** Runs the body and fails if it shows evidence against one of its hypotheses. */
  public void run(Consumer<Trial> body) {
    if (System.getProperty("soak") == null) {
      Trial trial = once(seed(), body);
      for (Evidence evidence : trial.shown()) {
        if (evidence.rejects(ALPHA)) {
          throw new AssertionFailedError(
              "need p >= " + ALPHA + ", got " + evidence + " with seed " + trial.seed());
        }
      }
    } else {
      soak(freshSeed(), body);
    }
  }

  /**
   * The root seed of a soaking run: that of the system property {@code soak.seed}, or a new one.
   */
  static long freshSeed() {
    String given = System.getProperty("soak.seed");
    return given == null ? new SecureRandom().nextLong() : Long.parseLong(given);
  }

  /**
   * Runs the body once with the fixed seed and fails unless it shows evidence against one of its
   * hypotheses: the twin of a test, with a wrong input.
   */
  public void mustReject(Consumer<Trial> body) {
    Trial trial = once(seed(), body);
    if (trial.shown().stream().noneMatch(evidence -> evidence.rejects(ALPHA))) {
      throw new AssertionFailedError(
          "need a p below " + ALPHA + " for a wrong input, got " + trial.shown());
    }
  }

  private static Trial once(long seed, Consumer<Trial> body) {
    Trial trial = new Trial(seed);
    body.accept(trial);
    if (trial.shown().isEmpty()) {
      throw new AssertionFailedError("need at least one piece of evidence from a trial, got none");
    }
    return trial;
  }

  void soak(long root, Consumer<Trial> body) {
    String again =
        "mvn verify -Psoak -Dsoak.seed="
            + root
            + " -Dtest="
            + name.replaceFirst("\\.(\\w+)$", "#$1");
    System.out.println("soak " + name + ": root seed " + root + "; again: " + again);
    List<Integer> rejections = new ArrayList<>();
    List<Evidence> worst = new ArrayList<>();
    for (int run = 0; run < SOAK_RUNS; run++) {
      List<Evidence> shown = once(new Streams(root).seed(name, run), body).shown();
      for (int k = 0; k < shown.size(); k++) {
        if (k == worst.size()) {
          rejections.add(0);
          worst.add(shown.get(k));
        }
        rejections.set(k, rejections.get(k) + (shown.get(k).rejects(SOAK_ALPHA) ? 1 : 0));
        if (shown.get(k).p() < worst.get(k).p()) {
          worst.set(k, shown.get(k));
        }
      }
    }
    for (int k = 0; k < worst.size(); k++) {
      if (rejections.get(k) > SOAK_ALLOWED) {
        throw new AssertionFailedError(
            "need at most "
                + SOAK_ALLOWED
                + " rejections at "
                + SOAK_ALPHA
                + " in "
                + SOAK_RUNS
                + " runs, got "
                + rejections.get(k)
                + ", the worst "
                + worst.get(k)
                + "; again: "
                + again);
      }
    }
  }
}
