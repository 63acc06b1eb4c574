package dev.espalier.samplers;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Streams;
import dev.espalier.api.TimeGrid;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Variance-preserving levels that crowd where the loss of the score falls, then the data.
 *
 * <p>The loss {@code E|x0 − m(x)|²} falls from level to level by the mean squared way of the
 * posterior mean, {@code E|m' − m|² = E|x0 − m|² − E|x0 − m'|²}, because the posterior mean along a
 * path is a martingale. Where it does not move, steps may be long. The density of levels in log
 * signal-to-noise ratio is the cube root of the slope of the loss, and a fifth as much as that is
 * on average everywhere. A help where few levels have noise added between them; without noise
 * {@link Focus} does as well.
 *
 * @param losses the losses, at rising log signal-to-noise ratios, at least two; none to have them
 *     measured on 128 rows of the score's own: exact ones where it can draw them, else those of 16
 *     steps of {@link UniPc}, with noise that is always the same
 * @param noisiest the log signal-to-noise ratio of the first level
 * @param cleanest the log signal-to-noise ratio of the last noisy level
 */
public record LossAdaptive(
    @Setting(
            value = "[]",
            help = "losses such as -4:0.93 at rising log signal-to-noise ratios; [] measures them")
        List<LevelLoss> losses,
    @Setting(value = "auto", help = "log signal-to-noise ratio of the first level; auto is -8")
        Bound noisiest,
    @Setting(value = "auto", help = "log signal-to-noise ratio of the last noisy level; auto is 11")
        Bound cleanest)
    implements TimeGrid {

  private static final long SEED = 128;
  private static final int ROWS = 128;
  private static final int STEPS = 16;
  private static final int PLACES = 41;
  private static final double EVERYWHERE = 0.2;

  /** Checks the order of the losses. */
  public LossAdaptive {
    losses = List.copyOf(losses);
    if (losses.size() == 1) {
      throw new IllegalArgumentException("need no losses or at least two, got " + losses);
    }
    for (int k = 1; k < losses.size(); k++) {
      if (!(losses.get(k).logSnr() > losses.get(k - 1).logSnr())) {
        throw new IllegalArgumentException(
            "need losses at rising log signal-to-noise ratios, got "
                + losses.get(k - 1)
                + " and then "
                + losses.get(k));
      }
    }
  }

  /** Losses that are measured, and the usual ends, moved into the range that the score knows. */
  public static LossAdaptive standard() {
    return new LossAdaptive(List.of(), Bound.AUTO, Bound.AUTO);
  }

  /** The losses of a score on rows held out from its training, at the levels of these. */
  public static LossAdaptive of(HeldOut heldOut, Score score) {
    LossCurve curve = heldOut.loss(score);
    List<LevelLoss> losses = new ArrayList<>();
    for (int k = 0; k < curve.levels().size(); k++) {
      NoiseLevel level = curve.levels().get(k);
      double a = level.a();
      double unit = heldOut.variance() * level.b() / (a * a * heldOut.variance() + level.b());
      losses.add(new LevelLoss(level.logSnr(), unit * curve.mean(k)));
    }
    return new LossAdaptive(losses, Bound.AUTO, Bound.AUTO);
  }

  @Override
  public List<NoiseLevel> levels(Score score, int steps) {
    Checks.atLeast("steps", 1, steps);
    NoiseRange range = score.range();
    double first = noisiest.within(Focus.NOISIEST, range.noisiest(), range.cleanest());
    double last = cleanest.within(Focus.CLEANEST, range.noisiest(), range.cleanest());
    if (!(first < last)) {
      return Levels.endingClean(score, Levels.even(first, last, steps, Levels::preserving));
    }
    List<LevelLoss> known = losses.isEmpty() ? measured(score, first, last) : losses;
    double[] places = new double[PLACES];
    double[] shares = new double[PLACES];
    double total = 0;
    for (int k = 0; k < PLACES; k++) {
      places[k] = place(first, last, k);
      if (k > 0) {
        double fall = Math.max(0, loss(known, places[k - 1]) - loss(known, places[k]));
        shares[k] = StrictMath.cbrt(fall);
        total += shares[k];
      }
    }
    double least = total > 0 ? EVERYWHERE * total / (PLACES - 1) : 1;
    for (int k = 1; k < PLACES; k++) {
      shares[k] += shares[k - 1] + least;
    }
    return Levels.endingClean(
        score,
        Levels.even(0, shares[PLACES - 1], steps, at -> Levels.preserving(at(at, shares, places))));
  }

  private static double place(double first, double last, int k) {
    return (first * (PLACES - 1 - k) + last * k) / (PLACES - 1);
  }

  /** Where the rising shares reach a value. */
  private static double at(double value, double[] shares, double[] places) {
    int k = 1;
    while (k < PLACES - 1 && shares[k] < value) {
      k++;
    }
    double part = Math.min(1, (value - shares[k - 1]) / (shares[k] - shares[k - 1]));
    return places[k - 1] * (1 - part) + places[k] * part;
  }

  /** The loss at a place, on straight lines between those known and level beyond them. */
  private static double loss(List<LevelLoss> known, double logSnr) {
    LevelLoss before = known.get(0);
    for (LevelLoss after : known) {
      if (logSnr <= after.logSnr()) {
        double gap = after.logSnr() - before.logSnr();
        double part = gap > 0 ? Math.max(0, (logSnr - before.logSnr()) / gap) : 0;
        return before.loss() * (1 - part) + after.loss() * part;
      }
      before = after;
    }
    return before.loss();
  }

  private static List<LevelLoss> measured(Score score, double first, double last) {
    int columns = score.columns();
    DrawRequest request = DrawRequest.of(score, ROWS).withSeed(SEED);
    double[] rows =
        score.ability(DirectSampler.class).isPresent()
            ? Samplers.direct().draw(request).toArray()
            : Samplers.uniPc(STEPS).draw(request).toArray();
    Streams streams = new Streams(SEED);
    double[] noise = new double[rows.length];
    for (int i = 0; i < ROWS; i++) {
      RandomGenerator stream = streams.stream("samplers.losses", i);
      for (int j = i * columns; j < (i + 1) * columns; j++) {
        noise[j] = stream.nextGaussian();
      }
    }
    List<LevelLoss> losses = new ArrayList<>();
    double[] noisy = new double[rows.length];
    double[] mean = new double[rows.length];
    for (int k = 0; k < PLACES; k++) {
      double logSnr = place(first, last, k);
      NoiseLevel level = Levels.preserving(logSnr);
      double deviation = Math.sqrt(level.b());
      for (int i = 0; i < rows.length; i++) {
        noisy[i] = level.a() * rows[i] + deviation * noise[i];
      }
      score.posteriorMean(level, noisy, mean);
      double sum = 0;
      for (int i = 0; i < rows.length; i++) {
        sum += (rows[i] - mean[i]) * (rows[i] - mean[i]);
      }
      losses.add(new LevelLoss(logSnr, sum / rows.length));
    }
    return losses;
  }
}
