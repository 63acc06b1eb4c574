package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.samplers.Affine;
import dev.espalier.samplers.Euler;
import dev.espalier.samplers.Heun;
import dev.espalier.samplers.Posterior;
import java.util.Arrays;
import java.util.List;

/**
 * The law of a sampler's row in one dimension, followed exactly from a standard normal start.
 *
 * <p>The factors of every step are the sampler's own; nothing is drawn.
 *
 * @param score of a law on a line
 * @param levels those that the sampler visits, all noisy
 */
record Propagation(LineScore score, List<NoiseLevel> levels) {

  /** Spacings of the line in a deviation of noise that is wide: sums are then exact. */
  private static final double WIDE = 1.5;

  /** Spacing and end of the nodes that stand for a standard normal number. */
  private static final double NODE_SPACING = 0.5;

  private static final int NODES_ABOVE_ZERO = 15;

  /** Points of the start that a deterministic map is followed from, and where they end. */
  private static final int MAP_POINTS = 16384;

  private static final double MAP_END = 9;

  /** The density on the line after the steps of a sampler with noise of one size. */
  double[] density(Affine stepper, Line line, Progress progress) {
    double[] points = line.points();
    double[] density = Laws.standardNormal(points);
    double[] moved = new double[points.length];
    double[] squeezed = new double[points.length];
    Fourier fourier = new Fourier(points.length);
    for (int k = 1; k < levels.size(); k++) {
      progress.check();
      NoiseLevel from = levels.get(k - 1);
      Affine.Factors factors = stepper.factors(from, levels.get(k));
      double[] mean = score.mean(from, points);
      double[] slope = score.slope(from, points);
      for (int i = 0; i < points.length; i++) {
        moved[i] = factors.keep() * points[i] + factors.pull() * mean[i];
        squeezed[i] = density[i] / (factors.keep() + factors.pull() * slope[i]);
      }
      density =
          line.blur(
              line.interpolate(moved, squeezed, 0, 0), factors.noise() * factors.noise(), fourier);
      progress.report("following the density", k / (levels.size() - 1.0));
    }
    return density;
  }

  /**
   * The distribution function on the line after the steps of the posterior-covariance sampler.
   *
   * <p>The noise of a step depends on the row. While it is wide beside the spacing of the line, the
   * density is summed over all rows; afterwards the law is the mean, over the normal number drawn,
   * of its images under the maps that each number makes.
   */
  double[] distribution(Posterior stepper, Line line, Progress progress) {
    double[] points = line.points();
    double[] density = Laws.standardNormal(points);
    double[] below = new double[0];
    for (int k = 1; k < levels.size(); k++) {
      progress.check();
      Noisy rows = noisy(stepper.factors(levels.get(k - 1), levels.get(k)), k - 1, points);
      if (below.length == 0 && rows.least() > WIDE * line.spacing()) {
        density = line.spread(density, rows.mean, rows.deviation);
      } else {
        below = rows.images(line, below.length == 0 ? line.cumulative(density) : below);
      }
      progress.report("following the law", k / (levels.size() - 1.0));
    }
    return below.length == 0 ? line.cumulative(density) : below;
  }

  private Noisy noisy(Posterior.Factors factors, int step, double[] points) {
    NoiseLevel from = levels.get(step);
    double[] mean = score.mean(from, points);
    double[] deviation = score.slope(from, points);
    for (int i = 0; i < points.length; i++) {
      mean[i] = factors.keep() * points[i] + factors.pull() * mean[i];
      deviation[i] = Math.sqrt(factors.floor() + factors.spread() * deviation[i]);
    }
    return new Noisy(mean, deviation);
  }

  /** Mean and deviation of the next row for every point of a line. */
  private static final class Noisy {
    private final double[] mean;
    private final double[] deviation;

    Noisy(double[] mean, double[] deviation) {
      this.mean = mean;
      this.deviation = deviation;
    }

    double least() {
      return Arrays.stream(deviation).min().orElseThrow();
    }

    /** The distribution function after the step, from the one before. */
    double[] images(Line line, double[] below) {
      double[] sum = new double[below.length];
      double[] moved = new double[below.length];
      double total = 0;
      for (int node = -NODES_ABOVE_ZERO; node <= NODES_ABOVE_ZERO; node++) {
        double z = NODE_SPACING * node;
        double weight = StrictMath.exp(-0.5 * z * z);
        for (int i = 0; i < moved.length; i++) {
          moved[i] = mean[i] + deviation[i] * z;
        }
        double[] image = line.interpolate(moved, below, 0, 1);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += weight * image[i];
        }
        total += weight;
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] /= total;
      }
      return sum;
    }
  }

  /** Total variation to the given law on a line after Euler's steps, which are a map. */
  double euler(Euler stepper, LineScore law, NoiseLevel level) {
    Flow flow = new Flow();
    for (int k = 1; k < levels.size(); k++) {
      flow = flow.euler(stepper.factors(levels.get(k - 1), levels.get(k)), levels.get(k - 1));
    }
    return flow.totalVariation(law, level);
  }

  /** Total variation to the given law on a line after Heun's steps, which are a map. */
  double heun(LineScore law, NoiseLevel level) {
    Flow flow = new Flow();
    for (int k = 1; k < levels.size(); k++) {
      NoiseLevel from = levels.get(k - 1);
      NoiseLevel to = levels.get(k);
      Flow ahead = flow.euler(new Euler().factors(from, to), from);
      flow = flow.corrected(ahead, Heun.Correction.of(from, to), to);
    }
    return flow.totalVariation(law, level);
  }

  /** Where points of the start have come, and the derivative of that by the start. */
  private final class Flow {
    private final double[] start;
    private final double[] place;
    private final double[] slope;

    Flow() {
      start = new Line(-MAP_END, MAP_END, MAP_POINTS).points();
      place = start;
      slope = new double[start.length];
      Arrays.fill(slope, 1);
    }

    private Flow(double[] start, double[] place, double[] slope) {
      this.start = start;
      this.place = place;
      this.slope = slope;
    }

    Flow euler(Affine.Factors factors, NoiseLevel from) {
      double[] mean = score.mean(from, place);
      double[] bend = score.slope(from, place);
      double[] next = new double[place.length];
      double[] rise = new double[place.length];
      for (int i = 0; i < place.length; i++) {
        next[i] = factors.keep() * place[i] + factors.pull() * mean[i];
        rise[i] = (factors.keep() + factors.pull() * bend[i]) * slope[i];
      }
      return new Flow(start, next, rise);
    }

    Flow corrected(Flow ahead, Heun.Correction correction, NoiseLevel to) {
      double[] mean = score.mean(to, ahead.place);
      double[] bend = score.slope(to, ahead.place);
      double[] next = new double[place.length];
      double[] rise = new double[place.length];
      for (int i = 0; i < place.length; i++) {
        next[i] = correction.apply(place[i], ahead.place[i], mean[i]);
        rise[i] = correction.apply(slope[i], ahead.slope[i], bend[i] * ahead.slope[i]);
      }
      return new Flow(start, next, rise);
    }

    double totalVariation(LineScore law, NoiseLevel level) {
      double[] came = Laws.standardNormal(start);
      double[] there = law.density(level, place);
      double sum = 0;
      for (int i = 0; i < start.length; i++) {
        sum += Math.abs(came[i] - there[i] * slope[i]);
      }
      return 0.5 * (start[1] - start[0]) * sum;
    }
  }
}
