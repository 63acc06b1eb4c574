package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Setting;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * At every noise level that one of several estimators whose score does best on held-out rows.
 *
 * <p>The guard of bootstrapped targets: {@code levelwise([network(target=bootstrapped()),
 * network()])} keeps what bootstrapping gains and falls back to denoising at levels where it loses.
 * Every estimator is fitted to the same rows. The scores are compared by {@link ScoreLoss} under
 * the same noise at levels up to 1.5 apart in log SNR; between two of them the answer moves evenly
 * from the one's choice to the other's. Equal losses are the earlier estimator's.
 *
 * <p>Held out are the request's validation rows, or a quarter of the rows ({@link HeldOut}), after
 * which the estimators that were chosen anywhere are fitted to all. Where none can be held out, the
 * first estimator is.
 *
 * @param estimators at least two
 */
public record Levelwise(
    @Setting(help = "at least two, such as [network(target=bootstrapped()), network()]")
        List<ScoreEstimator> estimators)
    implements ScoreEstimator {

  private static final double APART = 1.5;

  /** How many noisy rows are asked for at a level, where a row may come several times. */
  private static final int ASKED = 2_000;

  private static final int DRAWS = 16;

  /** The levels that are compared where the request has no bounds. */
  private static final NoiseRange USUAL = new NoiseRange(-10, 12);

  /** Copies and checks. */
  public Levelwise {
    estimators = List.copyOf(estimators);
    if (estimators.size() < 2) {
      throw new IllegalArgumentException(
          "need at least two estimators to choose from, got " + estimators.size());
    }
  }

  @Override
  public Score fit(FitRequest request) {
    HeldOut held;
    try {
      held = HeldOut.of(request);
    } catch (InvalidDataException tooFew) {
      return estimators.get(0).fit(request);
    }
    FitRequest part = held.training();
    boolean again = request.validation().isEmpty();
    Progress first = request.progress().part(0, again ? 0.5 : 1);
    List<Score> scores = new ArrayList<>();
    NoiseRange range = bounded(part.range());
    for (int k = 0; k < estimators.size(); k++) {
      Score score = estimators.get(k).fit(part.withProgress(share(first, k)));
      range = range.intersect(score.range());
      scores.add(score);
    }
    int last = (int) Math.ceil((range.cleanest() - range.noisiest()) / APART);
    double[] nodes = new double[last + 1];
    int[] choices = new int[last + 1];
    for (int k = 0; k <= last; k++) {
      request.progress().check();
      double share = last == 0 ? 0 : (double) k / last;
      nodes[k] = range.noisiest() * (1 - share) + range.cleanest() * share;
      choices[k] = best(scores, nodes[k], held.rows(), request.streams());
    }
    Progress second = request.progress().part(0.5, 1);
    for (int k = 0; again && k < estimators.size(); k++) {
      int own = k;
      if (Arrays.stream(choices).anyMatch(each -> each == own)) {
        scores.set(k, estimators.get(k).fit(request.withProgress(share(second, k))));
      }
    }
    return LevelwiseScore.of(scores, nodes, choices, held.rows().count());
  }

  private static NoiseRange bounded(NoiseRange range) {
    boolean finite = Double.isFinite(range.noisiest()) && Double.isFinite(range.cleanest());
    return finite ? range : range.intersect(USUAL);
  }

  private Progress share(Progress progress, int estimator) {
    double all = estimators.size();
    return progress.part(estimator / all, (estimator + 1) / all);
  }

  /** The score of least loss at a level. */
  private static int best(List<Score> scores, double logSnr, Samples held, Streams streams) {
    NoiseLevel level = NoiseLevel.preserving(1 / (1 + StrictMath.exp(logSnr)));
    int draws = Math.max(1, Math.min(DRAWS, ASKED / held.count()));
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int k = 0; k < scores.size(); k++) {
      double sum = 0;
      for (int draw = 0; draw < draws; draw++) {
        long seed = streams.seed("levelwise noise", draw);
        sum += Arrays.stream(ScoreLoss.perRow(scores.get(k), level, held, seed)).sum();
      }
      if (sum < least) {
        least = sum;
        best = k;
      }
    }
    return best;
  }

  /** All fits, one after another, and once more where rows are held out of the request's. */
  @Override
  public Cost cost(FitRequest request) {
    double seconds = 0;
    long bytes = 0;
    for (ScoreEstimator each : estimators) {
      Cost cost = each.cost(request);
      seconds += cost.seconds();
      bytes = Math.max(bytes, cost.bytes());
    }
    return new Cost(request.validation().isPresent() ? seconds : 2 * seconds, bytes);
  }

  @Override
  public List<String> labels() {
    return estimators.stream().flatMap(each -> each.labels().stream()).distinct().toList();
  }
}
