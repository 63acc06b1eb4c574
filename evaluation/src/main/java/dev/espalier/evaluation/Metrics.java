package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.List;

/**
 * The metrics of this project. Those whose time grows with the square of the rows look at a random
 * part of larger sets, chosen by the seed, and say how many rows they looked at.
 */
public final class Metrics {

  private static final int PERMUTATIONS = 199;
  private static final int PROJECTIONS = 200;
  private static final int NEIGHBOUR = 2;

  private Metrics() {}

  /** All of them, in the order of a report. */
  public static List<Metric> standard() {
    return List.of(
        exactWassersteinToTrain(),
        exactWassersteinToTest(),
        slicedWasserstein(),
        energy(),
        mmd(),
        kolmogorovSmirnov(),
        correlation(),
        coverageOfTrain(),
        coverageOfTest(),
        classifier("C2ST logistic", Logistic.standard()),
        classifier("C2ST network", Mlp.standard()),
        protection(),
        nearestRatio(),
        newRows());
  }

  /** The exact 1-Wasserstein distance to the training rows, of at most 2000 rows each. */
  public static Metric exactWassersteinToTrain() {
    return new Named(
        "W1 to train",
        "exact optimal transport with L1 cost to the training rows",
        Goal.SMALLER,
        (sets, seed, progress) -> exact(sets.train(), sets.drawn(), seed));
  }

  /** The exact 1-Wasserstein distance to the test rows, of at most 2000 rows each. */
  public static Metric exactWassersteinToTest() {
    return new Named(
        "W1 to test",
        "exact optimal transport with L1 cost to the test rows",
        Goal.SMALLER,
        (sets, seed, progress) -> exact(sets.test(), sets.drawn(), seed));
  }

  private static Value exact(Samples real, Samples drawn, long seed) {
    Samples part = some(real, 2000, seed, "real");
    Samples some = drawn == real ? part : some(drawn, 2000, seed, "drawn");
    return Value.of(Wasserstein.exact(part, some), some.count());
  }

  /** The sliced 2-Wasserstein distance to the test rows over 200 directions. */
  public static Metric slicedWasserstein() {
    return new Named(
        "sliced W2 to test",
        "root mean squared transport distance along 200 random directions",
        Goal.SMALLER,
        (sets, seed, progress) ->
            Value.of(
                Wasserstein.sliced(sets.test(), sets.drawn(), PROJECTIONS, seed),
                sets.drawn().count()));
  }

  /**
   * The energy distance to the test rows, of at most 4000 rows each, tested by permutations of at
   * most 1000 rows each.
   */
  public static Metric energy() {
    return new Named(
        "energy to test",
        "energy distance to the test rows, with a permutation test",
        Goal.SMALLER,
        (sets, seed, progress) -> {
          Samples drawn = some(sets.drawn(), 4000, seed, "drawn");
          Estimate distance = Energy.distance(some(sets.test(), 4000, seed, "real"), drawn);
          progress.check();
          double p =
              Energy.permutationP(
                  some(sets.test(), 1000, seed, "permuted real"),
                  some(sets.drawn(), 1000, seed, "permuted drawn"),
                  PERMUTATIONS,
                  seed);
          return Value.of(distance, drawn.count()).withP(p);
        });
  }

  /**
   * The squared maximum mean discrepancy to the test rows, of at most 1000 rows each, with a
   * permutation test.
   */
  public static Metric mmd() {
    return new Named(
        "MMD² to test",
        "squared maximum mean discrepancy with a Gaussian kernel of median width",
        Goal.SMALLER,
        (sets, seed, progress) -> {
          Samples drawn = some(sets.drawn(), 1000, seed, "drawn");
          TwoSample both = Mmd.kernel(some(sets.test(), 1000, seed, "real"), drawn);
          progress.check();
          return Value.of(both.statistic(), drawn.count())
              .withP(both.permutationP(PERMUTATIONS, new Streams(seed)));
        });
  }

  /** The mean over the columns of the Kolmogorov–Smirnov statistic against the test rows. */
  public static Metric kolmogorovSmirnov() {
    return new Named(
        "KS to test",
        "mean gap between the distribution functions of a column",
        Goal.SMALLER,
        (sets, seed, progress) ->
            Value.of(
                Energy.mean(Marginals.kolmogorovSmirnov(sets.test(), sets.drawn())),
                sets.drawn().count()));
  }

  /** The mean absolute difference of correlations against the test rows. */
  public static Metric correlation() {
    return new Named(
        "correlation error",
        "mean absolute difference of the correlations of two columns",
        Goal.SMALLER,
        (sets, seed, progress) ->
            Value.of(Marginals.correlationError(sets.test(), sets.drawn()), sets.drawn().count()));
  }

  /** The share of training rows with a drawn row nearby, of at most 5000 rows each. */
  public static Metric coverageOfTrain() {
    return new Named(
        "coverage of train",
        "share of training rows nearer to a drawn row than to their second neighbour",
        Goal.LARGER,
        (sets, seed, progress) -> coverage(sets.train(), sets.drawn(), seed));
  }

  /** The share of test rows with a drawn row nearby, of at most 5000 rows each. */
  public static Metric coverageOfTest() {
    return new Named(
        "coverage of test",
        "share of test rows nearer to a drawn row than to their second neighbour",
        Goal.LARGER,
        (sets, seed, progress) -> coverage(sets.test(), sets.drawn(), seed));
  }

  private static Value coverage(Samples real, Samples drawn, long seed) {
    Samples part = some(real, 5000, seed, "real");
    Samples some = drawn == real ? part : some(drawn, 5000, seed, "drawn");
    return Value.of(Neighbours.coverage(part, some, NEIGHBOUR), some.count());
  }

  /** The accuracy of a classifier that tells test rows from drawn ones, of at most 2000 each. */
  public static Metric classifier(String name, Learner learner) {
    return new Named(
        name,
        "accuracy of a classifier that tells test rows from drawn ones",
        Goal.HALF,
        (sets, seed, progress) -> {
          Samples drawn = some(sets.drawn(), 2000, seed, "drawn");
          Samples real = some(sets.test(), 2000, seed, "real");
          Estimate accuracy =
              new TwoSampleClassifier(learner, seed).accuracy(real, drawn, Tasks.here(), progress);
          return Value.of(accuracy, Math.min(drawn.count(), real.count()));
        });
  }

  /**
   * The protection from overfitting: whether drawn rows are nearer to training rows than to as many
   * test rows, of at most 5000 rows each.
   */
  public static Metric protection() {
    return new Named(
        "copy protection",
        "1 if drawn rows are no nearer to training rows than to test rows, 0 if they are copies",
        Goal.LARGER,
        (sets, seed, progress) -> {
          Sets equal = equalSized(sets, seed);
          return Value.of(
              Neighbours.protection(equal.train(), equal.test(), equal.drawn()),
              equal.drawn().count());
        });
  }

  /** The median nearest distance to training rows over that to as many test rows. */
  public static Metric nearestRatio() {
    return new Named(
        "nearest-record ratio",
        "median distance to the nearest training row over that to the nearest test row",
        Goal.ONE,
        (sets, seed, progress) -> {
          Sets equal = equalSized(sets, seed);
          return Value.of(
              Neighbours.ratio(equal.train(), equal.test(), equal.drawn()), equal.drawn().count());
        });
  }

  /** As many training as test rows; the oracle draws the very training rows that were chosen. */
  private static Sets equalSized(Sets sets, long seed) {
    int size = Math.min(5000, Math.min(sets.train().count(), sets.test().count()));
    Samples train = some(sets.train(), size, seed, "real");
    Samples drawn = sets.drawn() == sets.train() ? train : some(sets.drawn(), 5000, seed, "drawn");
    return new Sets(train, some(sets.test(), size, seed, "test"), drawn);
  }

  /** The share of drawn rows that copy no training row, of at most 5000 drawn rows. */
  public static Metric newRows() {
    return new Named(
        "new rows",
        "share of drawn rows that differ from every training row by 1 % in some column",
        Goal.LARGER,
        (sets, seed, progress) -> {
          Samples drawn = some(sets.drawn(), 5000, seed, "drawn");
          return Value.of(Neighbours.newRowShare(sets.train(), drawn), drawn.count());
        });
  }

  private static Samples some(Samples rows, int limit, long seed, String consumer) {
    return Rows.atMost(limit, rows, new Streams(seed), consumer);
  }

  /** How a metric measures. */
  @FunctionalInterface
  private interface Measure extends Serializable {
    Value of(Sets sets, long seed, Progress progress);
  }

  /** A metric by its words and its rule. */
  private record Named(String name, String summary, Goal goal, Measure rule) implements Metric {
    @Override
    public Value measure(Sets sets, long seed, Progress progress) {
      return rule.of(sets, seed, progress);
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
