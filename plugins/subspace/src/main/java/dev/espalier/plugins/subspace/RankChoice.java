package dev.espalier.plugins.subspace;

import dev.espalier.api.Average;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Size;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * The rank that held-out rows ask for: the least within two standard errors of the best.
 *
 * <p>The standard error is that of the difference to the best, row by row, which is far smaller
 * than that of a loss itself; two of it keep a direction that only chance favours away.
 *
 * @param rank the rank
 * @param notes the evidence, a sentence each
 * @param tried the ranks that were held against one another, ascending
 */
record RankChoice(int rank, List<String> notes, List<Integer> tried) {

  /** The greatest rank that is tried without bounds from the user. */
  static final int MOST = 128;

  private static final int LEAST_ROWS = 10;
  private static final int LEVELS = 7;
  private static final double HELD = 0.2;
  private static final double ERRORS = 2;

  static RankChoice of(FitRequest request, Size bounds) {
    Samples rows = request.rows();
    FitRequest training = request;
    Samples held = request.validation().orElse(null);
    if (held == null) {
      if (rows.count() < LEAST_ROWS) {
        throw new InvalidDataException(
            "need at least "
                + LEAST_ROWS
                + " rows to choose a rank, got "
                + rows.count()
                + ". Give the rank as a number");
      }
      int[] order = shuffled(request, rows.count());
      int count = (int) Math.ceil(HELD * order.length);
      held = rows.rows(Arrays.copyOfRange(order, 0, count));
      training = request.select(Arrays.copyOfRange(order, count, order.length));
    }
    if (held.hasMissing() || held.count() < 2) {
      throw new InvalidDataException(
          "need at least 2 complete validation rows to choose a rank, got " + held);
    }
    int high = Math.min(bounds.high(), Math.min(rows.columns(), Math.max(MOST, bounds.low())));
    Directions directions = Directions.of(training, high);
    high = Math.min(high, Math.max(bounds.low(), directions.count()));
    if (!(directions.total() > 0) || high <= bounds.low()) {
      int only = Math.min(bounds.low(), high);
      return new RankChoice(
          only, List.of("the rows left nothing to choose of the rank"), List.of(only));
    }
    Trial trial = new Trial(training, directions, held, request.seed(), high);
    for (int rank = bounds.low(); rank < high; rank += Math.max(1, rank / 8)) {
      trial.add(rank);
    }
    trial.add(high);
    int chosen = trial.choose();
    Integer below = trial.losses.lowerKey(chosen);
    for (int rank = below == null ? chosen : below + 1; rank < chosen; rank++) {
      trial.add(rank);
    }
    return new RankChoice(
        trial.choose(), List.of(trial.evidence()), List.copyOf(trial.losses.keySet()));
  }

  private static int[] shuffled(FitRequest request, int count) {
    RandomGenerator random = request.streams().stream("subspace validation", 0);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Losses of held-out rows for every rank tried. */
  private static final class Trial {
    private final FitRequest training;
    private final Directions directions;
    private final Samples held;
    private final long seed;
    private final List<NoiseLevel> levels = new ArrayList<>();
    private final TreeMap<Integer, double[]> losses = new TreeMap<>();

    Trial(FitRequest training, Directions directions, Samples held, long seed, int high) {
      this.training = training;
      this.directions = directions;
      this.held = held;
      this.seed = seed;
      double even = directions.total() / training.rows().columns();
      double greatest = directions.count() == 0 ? even : directions.variance(0);
      double off =
          directions.offSubspace(training.rows(), training, Math.min(high, directions.count()));
      double least = Math.max(off, 1e-4 * even);
      least = Math.min(least, 0.01 * greatest);
      for (int k = 0; k < LEVELS; k++) {
        double log =
            StrictMath.log(least)
                + k / (LEVELS - 1.0) * (StrictMath.log(greatest) - StrictMath.log(least));
        levels.add(new NoiseLevel(1, StrictMath.exp(log)));
      }
    }

    /** The rows' losses relative to those of a spherical law, averaged over the levels. */
    void add(int rank) {
      training.progress().check();
      int r = Math.min(rank, directions.count());
      double even = directions.total() / training.rows().columns();
      double off = directions.offSubspace(training.rows(), training, r);
      double[] variances = new double[r];
      for (int k = 0; k < r; k++) {
        variances[k] = directions.variance(k);
      }
      SubspaceScore score =
          SubspaceScore.of(
              directions.frame(r),
              off,
              r == 0
                  ? null
                  : GaussianMixture.of(
                      List.of(Component.of(1, new double[r], Covariance.diagonal(variances)))),
              List.of());
      double[] sums = new double[held.count()];
      for (NoiseLevel level : levels) {
        double[] each = ScoreLoss.perRow(score, level, held, seed);
        double spherical = even * level.b() / (even + level.b());
        Vectors.add(1 / (LEVELS * spherical), each, sums);
      }
      losses.put(rank, sums);
    }

    private int best() {
      int best = losses.firstKey();
      for (int rank : losses.keySet()) {
        best = mean(rank) < mean(best) ? rank : best;
      }
      return best;
    }

    int choose() {
      int best = best();
      for (int rank : losses.keySet()) {
        if (excess(rank, best).within(ERRORS)) {
          return rank;
        }
      }
      return best;
    }

    private double mean(int rank) {
      return Average.of(losses.get(rank)).mean();
    }

    /** By how much the losses of one rank exceed those of another, row by row. */
    private Average excess(int rank, int other) {
      double[] excess = losses.get(rank).clone();
      Vectors.add(-1, losses.get(other), excess);
      return Average.of(excess);
    }

    String evidence() {
      StringBuilder text = new StringBuilder();
      int chosen = choose();
      text.append("rank ").append(chosen).append(" is the least within two standard errors of the");
      text.append(" best, ")
          .append(best())
          .append(", in held-out loss relative to a spherical law:");
      for (int rank : losses.keySet()) {
        text.append(' ').append(rank).append(": ").append(Numbers.text(mean(rank)));
        text.append(" (±").append(Numbers.text(excess(rank, best()).error()));
        text.append(" to the best),");
      }
      text.setLength(text.length() - 1);
      return text.toString();
    }
  }
}
