package dev.espalier.evaluation;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The metrics of this project. Those whose time grows with the square of the rows look at a random
 * part of larger sets, chosen by the seed, and say how many rows they looked at.
 */
public final class Metrics {

  /** What the name of every {@link #classifier} begins with. */
  public static final String CLASSIFIER = "C2ST ";

  /** What the name of every {@link #utility} begins with. */
  public static final String UTILITY = "TSTR ";

  private static final int PERMUTATIONS = 499;
  private static final int PROJECTIONS = 200;
  private static final int NEIGHBOUR = 2;

  private Metrics() {}

  /** All that need no settings, in the order of a report, with the classifiers of this module. */
  public static List<Metric> standard() {
    return standard(Judge.own());
  }

  /** All that need no settings, in the order of a report, with these classifiers. */
  public static List<Metric> standard(List<Judge> judges) {
    List<Metric> metrics = new ArrayList<>(likeness());
    judges.forEach(judge -> metrics.add(classifier(judge)));
    metrics.addAll(privacy());
    return List.copyOf(metrics);
  }

  private static List<Metric> likeness() {
    return List.of(
        columnShape(),
        pairTrend(),
        quality(),
        exactWassersteinToTrain(),
        exactWassersteinToTest(),
        slicedWasserstein(),
        energy(),
        mmd(),
        kolmogorovSmirnov(),
        correlation(),
        precisionMatrix(),
        tails(),
        coverageOfTrain(),
        coverageOfTest(),
        balls("precision", Manifolds.Balls::precision),
        balls("recall", Manifolds.Balls::recall),
        density(),
        balls("coverage of balls", Manifolds.Balls::coverage),
        typical("α-precision", Manifolds.Typical::precision),
        typical("β-recall", Manifolds.Typical::recall));
  }

  private static List<Metric> privacy() {
    return List.of(
        protection(), nearestRatio(), newRows(), exactCopies(), nearCopies(), membership());
  }

  /** The mean likeness of columns to those of the test rows, by {@link Quality}. */
  public static Metric columnShape() {
    return cells("column shape", "mean likeness of columns (SDMetrics)", Quality::columnShape);
  }

  /** The mean likeness of pairs of columns to those of the test rows, by {@link Quality}. */
  public static Metric pairTrend() {
    return cells("pair trend", "mean likeness of pairs of columns (SDMetrics)", Quality::pairTrend);
  }

  /** The mean of column shape and pair trend. */
  public static Metric quality() {
    return cells("quality", "mean of column shape and pair trend", Quality::quality);
  }

  private static Metric cells(String name, String summary, Likeness likeness) {
    return new Named(
        name,
        summary,
        Goal.LARGER,
        (sets, seed, progress) ->
            Value.of(likeness.of(sets.cells().get(1), sets.cells().get(2)), sets.drawn().count()));
  }

  /** A number about two tables. */
  @FunctionalInterface
  private interface Likeness extends Serializable {
    double of(Cells real, Cells drawn);
  }

  /** The relative error of the precision matrix against the test rows, with a ridge of 0.05. */
  public static Metric precisionMatrix() {
    return new Named(
        "precision-matrix error",
        "relative error of which columns depend on which given the others",
        Goal.SMALLER,
        (sets, seed, progress) ->
            Value.of(
                Dependence.precisionError(sets.test(), sets.drawn(), 0.05), sets.drawn().count()));
  }

  /** The mean error of extreme quantiles against the test rows. */
  public static Metric tails() {
    return new Named(
        "tail error",
        "mean error of the 1, 5, 95 and 99 % quantiles in deviations",
        Goal.SMALLER,
        (sets, seed, progress) ->
            Value.of(Dependence.tailError(sets.test(), sets.drawn()), sets.drawn().count()));
  }

  /** The error of the power spectrum of fields against the test rows. */
  public static Metric spectrum(Fields fields) {
    return new Named(
        "spectrum error",
        "mean absolute log ratio of the power spectra",
        Goal.SMALLER,
        (sets, seed, progress) ->
            Value.of(fields.spectrumError(sets.test(), sets.drawn()), sets.drawn().count()));
  }

  /** The error of the variogram of fields against the test rows. */
  public static Metric variogram(Fields fields) {
    return new Named(
        "variogram error",
        "mean relative error of the squared difference of cells h apart",
        Goal.SMALLER,
        (sets, seed, progress) ->
            Value.of(fields.variogramError(sets.test(), sets.drawn()), sets.drawn().count()));
  }

  /**
   * The F1 score on test rows of a classifier fitted to at most 2000 drawn rows, by {@link
   * Utility#f1}.
   */
  public static Metric utility(String target, Judge judge) {
    Learner learner = judge.learner();
    return new Named(
        UTILITY + target + " " + judge.name(),
        "macro F1 of predicting " + target + " on test rows after learning from drawn rows",
        Goal.LARGER,
        (sets, seed, progress) -> {
          Cells drawn = sets.cells().get(2);
          int[] order = Rows.permutation(drawn.count(), new Streams(seed).stream("utility", 0));
          Cells some = drawn.rows(Arrays.copyOf(order, Math.min(order.length, 2000)));
          Estimate f1 = Utility.f1(some, sets.cells().get(1), target, learner, seed, progress);
          return Value.of(f1, some.count());
        });
  }

  private static Metric balls(String name, Part<Manifolds.Balls> part) {
    return manifold(name, Goal.LARGER, part);
  }

  private static Metric density() {
    return manifold("density", Goal.ONE, Manifolds.Balls::density);
  }

  private static Metric manifold(String name, Goal goal, Part<Manifolds.Balls> part) {
    return new Named(
        name,
        name + " by balls to the fifth neighbour",
        goal,
        (sets, seed, progress) -> {
          Sets equal = equalSized(sets, 1000, seed);
          int k = Math.min(5, Math.min(equal.test().count(), equal.drawn().count()) - 1);
          return Value.of(
              part.of(Manifolds.balls(equal.test(), equal.drawn(), k)), equal.drawn().count());
        });
  }

  private static Metric typical(String name, Part<Manifolds.Typical> part) {
    return new Named(
        name,
        name + " on the columns as they come; rows of one law reach 1 and 0.5",
        Goal.LARGER,
        (sets, seed, progress) -> {
          Sets equal = equalSized(sets, 1000, seed);
          return Value.of(
              part.of(Manifolds.typical(equal.test(), equal.drawn())), equal.drawn().count());
        });
  }

  /** One number of several. */
  @FunctionalInterface
  private interface Part<T> extends Serializable {
    double of(T all);
  }

  /** The share of drawn rows, of at most 5000, that equal a training row cell by cell. */
  public static Metric exactCopies() {
    return new Named(
        "exact copies",
        "share of drawn rows that equal a training row cell by cell",
        Goal.SMALLER,
        (sets, seed, progress) -> {
          Cells drawn = someCells(sets.cells().get(2), seed);
          return Value.of(Quality.exactCopies(sets.cells().get(0), drawn), drawn.count());
        });
  }

  private static Cells someCells(Cells cells, long seed) {
    if (cells.count() <= 5000) {
      return cells;
    }
    int[] order = Rows.permutation(cells.count(), new Streams(seed).stream("cells", 0));
    return cells.rows(Arrays.copyOf(order, 5000));
  }

  /** The share of drawn rows nearer to training rows than 95 % of the test rows are. */
  public static Metric nearCopies() {
    return new Named(
        "near copies",
        "share of drawn rows nearer to training rows than 95 % of test rows are; 0.05 is expected",
        Goal.SMALLER,
        (sets, seed, progress) -> {
          Sets equal = equalSized(sets, seed);
          return Value.of(
              Membership.nearCopies(equal.train(), equal.test(), equal.drawn(), 0.05),
              equal.drawn().count());
        });
  }

  /** The accuracy of guessing which real rows were fitted, of at most 5000 of each. */
  public static Metric membership() {
    return new Named(
        "membership attack",
        "accuracy of telling training rows from test rows by their nearest drawn row",
        Goal.HALF,
        (sets, seed, progress) -> {
          Sets equal = equalSized(sets, seed);
          return Value.of(
              Membership.attack(equal.train(), equal.test(), equal.drawn()), equal.drawn().count());
        });
  }

  /** The exact 1-Wasserstein distance to the training rows, of at most 1000 rows each. */
  public static Metric exactWassersteinToTrain() {
    return new Named(
        "W1 to train",
        "exact optimal transport with L1 cost to the training rows",
        Goal.SMALLER,
        (sets, seed, progress) -> exact(sets.train(), sets.drawn(), seed));
  }

  /** The exact 1-Wasserstein distance to the test rows, of at most 1000 rows each. */
  public static Metric exactWassersteinToTest() {
    return new Named(
        "W1 to test",
        "exact optimal transport with L1 cost to the test rows",
        Goal.SMALLER,
        (sets, seed, progress) -> exact(sets.test(), sets.drawn(), seed));
  }

  private static Value exact(Samples real, Samples drawn, long seed) {
    Samples part = some(real, 1000, seed, "real");
    Samples some = drawn == real ? part : some(drawn, 1000, seed, "drawn");
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
                Wasserstein.sliced(sets.test(), sets.drawn(), PROJECTIONS, seed).value(),
                sets.drawn().count()));
  }

  /**
   * The energy distance to the test rows, of at most 2000 rows each, tested by permutations of at
   * most 1000 rows each.
   */
  public static Metric energy() {
    return new Named(
        "energy to test",
        "energy distance to the test rows, with a permutation test",
        Goal.SMALLER,
        (sets, seed, progress) -> {
          Samples drawn = some(sets.drawn(), 2000, seed, "drawn");
          Estimate distance = Energy.distance(some(sets.test(), 2000, seed, "real"), drawn);
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
          return Value.of(new Estimate(both.statistic(), both.error()), drawn.count())
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

  /**
   * The accuracy of a classifier that tells test rows from drawn ones, of at most 1000 rows each,
   * 500 where there are more than 24 columns.
   */
  public static Metric classifier(Judge judge) {
    Learner learner = judge.learner();
    return new Named(
        CLASSIFIER + judge.name(),
        "accuracy of a classifier that tells test rows from drawn ones",
        Goal.HALF,
        (sets, seed, progress) -> {
          int most = sets.drawn().columns() > 24 ? 500 : 1000;
          Samples drawn = some(sets.drawn(), most, seed, "drawn");
          Samples real = some(sets.test(), most, seed, "real");
          Estimate accuracy =
              new TwoSampleClassifier(learner, seed).accuracy(real, drawn, Tasks.here(), progress);
          return Value.of(accuracy, Math.min(drawn.count(), real.count()));
        });
  }

  /**
   * The protection from overfitting: whether drawn rows are nearer to training rows than to as many
   * test rows, of at most 3000 rows each.
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
    return equalSized(sets, 3000, seed);
  }

  private static Sets equalSized(Sets sets, int most, long seed) {
    int size = Math.min(most, Math.min(sets.train().count(), sets.test().count()));
    Samples train = some(sets.train(), size, seed, "real");
    Samples drawn = sets.drawn() == sets.train() ? train : some(sets.drawn(), size, seed, "drawn");
    return new Sets(train, some(sets.test(), size, seed, "test"), drawn);
  }

  /** The share of drawn rows that copy no training row, of at most 5000 drawn rows. */
  public static Metric newRows() {
    return new Named(
        "new rows",
        "share of drawn rows that differ from every training row by 1 % in some column",
        Goal.LARGER,
        (sets, seed, progress) -> {
          Cells drawn = someCells(sets.cells().get(2), seed);
          return Value.of(Quality.newRowShare(sets.cells().get(0), drawn), drawn.count());
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
