package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Average;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * The choice of a radius for every band of noise levels.
 *
 * <p>Radii 0, 1, 2, 3, 4, 6, 8, 12, … are tried until two in a row are best in no band, then the
 * greatest there is. A band is judged at its middle, by the squared error of the posterior mean in
 * every cell of held-out rows whose window is complete, with the same noise for all radii. The
 * radius of a band is the least one whose error exceeds that of the best by no more than one
 * standard error of their difference over the rows.
 */
final class RadiusSearch {

  /** Bands are one unit of log SNR wide from −HALF to HALF around unit ratio, then open. */
  private static final int HALF = 6;

  private static final int FEWEST = 10;
  private static final int CELLS = 32_768;
  private static final int PATIENCE = 2;

  private final Adjacency neighbours;
  private final boolean share;
  private final List<Integer> candidates;

  RadiusSearch(Adjacency neighbours, Size radius, boolean share) {
    this.neighbours = neighbours;
    this.share = share;
    this.candidates = new ArrayList<>();
    int diameter = neighbours.diameter();
    int high = Math.min(radius.high(), diameter);
    int low = Math.min(radius.low(), high);
    for (int r = low; r < high; r = next(r)) {
      candidates.add(r);
    }
    candidates.add(high);
  }

  /** Steps of one up to 4, then two steps to every doubling. */
  private static int next(int radius) {
    int power = Math.max(1, Integer.highestOneBit(radius) / 2);
    return radius < 4 ? radius + 1 : radius + power;
  }

  /** The radii whose fits are to be expected. */
  List<Integer> likely() {
    return candidates.subList(0, Math.min(candidates.size(), 6));
  }

  Score fit(FitRequest request, ScoreEstimator inner) {
    if (candidates.size() == 1) {
      Localized.Banded plan =
          new Localized.Banded(neighbours, new double[0], new int[] {candidates.get(0)}, share);
      return Localized.banded(request, inner, plan, List.of());
    }
    Samples held = request.validation().orElse(null);
    FitRequest training = request.withProgress(request.progress().part(0, 0.8));
    if (held == null) {
      int[] order = order(request);
      int out = order.length / 5;
      if (order.length < FEWEST) {
        throw new InvalidDataException(
            "need at least "
                + FEWEST
                + " rows to choose a radius, got "
                + order.length
                + ". Fix one, such as radius=1");
      }
      held = request.rows().rows(Arrays.copyOf(order, out));
      int[] kept = Arrays.copyOfRange(order, out, order.length);
      Arrays.sort(kept);
      training = training.select(kept);
    }
    double[] edges = edges(request);
    Judge judge = new Judge(request, held, levels(edges, request.range()));
    List<Integer> tried = new ArrayList<>();
    List<List<double[]>> errors = new ArrayList<>();
    int[] best = new int[edges.length + 1];
    int idle = 0;
    for (int c = 0; c < candidates.size(); c++) {
      boolean last = c == candidates.size() - 1;
      if (idle < PATIENCE || last) {
        int radius = candidates.get(c);
        request.progress().check();
        Layer layer = WindowFits.fit(training, inner, Plan.of(neighbours, radius, share));
        List<double[]> found = judge.errors(layer);
        boolean better = false;
        for (int band = 0; band < best.length && !tried.isEmpty(); band++) {
          if (judge.gap(found.get(band), errors.get(best[band]).get(band)).mean() < 0) {
            best[band] = tried.size();
            better = true;
          }
        }
        idle = better || tried.isEmpty() ? 0 : idle + 1;
        tried.add(radius);
        errors.add(found);
      }
    }
    int[] radii = new int[best.length];
    for (int band = 0; band < best.length; band++) {
      int chosen = 0;
      while (chosen < best[band]
          && !judge.gap(errors.get(chosen).get(band), errors.get(best[band]).get(band)).within(1)) {
        chosen++;
      }
      radii[band] = tried.get(chosen);
    }
    return merged(request.withProgress(request.progress().part(0.8, 1)), inner, edges, radii);
  }

  /** Fits the chosen radii to all rows, with bands of equal radius joined. */
  private Score merged(FitRequest request, ScoreEstimator inner, double[] edges, int[] radii) {
    List<Double> kept = new ArrayList<>();
    List<Integer> chosen = new ArrayList<>(List.of(radii[0]));
    List<String> words = new ArrayList<>();
    for (int band = 1; band < radii.length; band++) {
      if (radii[band] != radii[band - 1]) {
        words.add(
            radii[band - 1] + " below " + String.format(Locale.ROOT, "%.2f", edges[band - 1]));
        kept.add(edges[band - 1]);
        chosen.add(radii[band]);
      }
    }
    words.add(radii[radii.length - 1] + (words.isEmpty() ? " everywhere" : " above"));
    Localized.Banded plan =
        new Localized.Banded(
            neighbours,
            kept.stream().mapToDouble(Double::doubleValue).toArray(),
            chosen.stream().mapToInt(Integer::intValue).toArray(),
            share);
    return Localized.banded(
        request, inner, plan, List.of("radius chosen by log SNR: " + String.join(", ", words)));
  }

  /** The rows in an order that depends on the seed alone. */
  private static int[] order(FitRequest request) {
    int[] order = new int[request.rows().count()];
    Arrays.setAll(order, i -> i);
    RandomGenerator random = request.streams().stream("held out for the radius", 0);
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** Where bands meet: around the log SNR at which the noise is as strong as the mean column. */
  private static double[] edges(FitRequest request) {
    double centre = -StrictMath.log(meanVariance(request.rows()));
    double low = Math.max(centre - HALF, request.range().noisiest());
    double high = Math.min(centre + HALF, request.range().cleanest());
    if (!(low < high)) {
      return new double[0];
    }
    int bands = (int) Math.max(1, Math.rint(high - low));
    double[] edges = new double[bands + 1];
    for (int e = 0; e <= bands; e++) {
      edges[e] = low + (high - low) * e / bands;
    }
    return edges;
  }

  private static double meanVariance(Samples rows) {
    double sum = 0;
    for (int j = 0; j < rows.columns(); j++) {
      double mean = 0;
      double square = 0;
      int count = 0;
      for (double value : rows.column(j)) {
        if (!Double.isNaN(value)) {
          count++;
          double step = value - mean;
          mean += step / count;
          square += step * (value - mean);
        }
      }
      sum += count == 0 ? 0 : square / count;
    }
    double mean = sum / rows.columns();
    return mean > 0 ? mean : 1;
  }

  /** A level inside every band and inside the range. */
  private static List<NoiseLevel> levels(double[] edges, NoiseRange range) {
    List<NoiseLevel> levels = new ArrayList<>();
    for (int band = 0; band <= edges.length; band++) {
      double middle =
          edges.length == 0
              ? 0
              : band == 0
                  ? edges[0] - 0.5
                  : band == edges.length
                      ? edges[band - 1] + 0.5
                      : 0.5 * (edges[band - 1] + edges[band]);
      double logSnr = Math.min(Math.max(middle, range.noisiest()), range.cleanest());
      levels.add(NoiseLevel.preserving(1 / (1 + StrictMath.exp(logSnr))));
    }
    return List.copyOf(levels);
  }

  /** Held-out rows with their noise at every level. */
  private static final class Judge {
    private final FitRequest request;
    private final double[] clean;
    private final int columns;
    private final List<NoiseLevel> levels;
    private final int draws;

    Judge(FitRequest request, Samples held, List<NoiseLevel> levels) {
      this.request = request;
      this.columns = held.columns();
      this.levels = levels;
      int count = Math.min(held.count(), Math.max(32, CELLS / columns));
      this.clean = held.rows(0, count).toArray();
      this.draws = Math.max(1, Math.min(8, 1000 / Math.max(1, count)));
    }

    /** For every level the mean squared error in every cell; NaN where it is not known. */
    List<double[]> errors(Layer layer) {
      Streams streams = request.streams();
      double[] clean = this.clean;
      List<NoiseLevel> levels = this.levels;
      int columns = this.columns;
      int draws = this.draws;
      return request
          .tasks()
          .map(
              levels.size(),
              (band, progress) -> {
                double[] errors = new double[clean.length];
                Streams own = new Streams(streams.seed("noise for the radius", band));
                for (int draw = 0; draw < draws; draw++) {
                  progress.check();
                  double[] noisy = noisy(levels.get(band), clean, columns, own, draw);
                  layer.addErrors(levels.get(band), clean, noisy, errors);
                }
                return errors;
              },
              request.progress());
    }

    private static double[] noisy(
        NoiseLevel level, double[] clean, int columns, Streams streams, int draw) {
      double[] noisy = new double[clean.length];
      Streams own = new Streams(streams.seed("draw", draw));
      double root = Math.sqrt(level.b());
      for (int i = 0; i < clean.length / columns; i++) {
        RandomGenerator random = own.stream("row", i);
        for (int j = i * columns; j < (i + 1) * columns; j++) {
          noisy[j] = level.a() * clean[j] + root * random.nextGaussian();
        }
      }
      return noisy;
    }

    /** Over the rows, each the mean over the cells where both errors are known. */
    Average gap(double[] one, double[] other) {
      double[] gaps = new double[one.length / columns];
      int count = 0;
      for (int i = 0; i < gaps.length; i++) {
        double sum = 0;
        int cells = 0;
        for (int j = i * columns; j < (i + 1) * columns; j++) {
          double difference = one[j] - other[j];
          if (!Double.isNaN(difference)) {
            sum += difference;
            cells++;
          }
        }
        if (cells > 0) {
          gaps[count++] = sum / cells;
        }
      }
      // one row tells nothing of radii
      return count < 2 ? new Average(0, 0) : Average.of(Arrays.copyOf(gaps, count));
    }
  }
}
