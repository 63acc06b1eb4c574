package dev.espalier.estimators.closedform;

import dev.espalier.api.Average;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreLoss;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/** Learns the levels of a {@link RidgeRegression}, from the least noisy on. */
final class RidgeSweep {

  private static final int SEARCHED = 500;
  private static final double DROPPED = 1e-12;

  /** Draws of the noise of a row that is held out. */
  private static final int DRAWS = 8;

  private final RidgeRegression settings;
  private final TrainingTarget target;
  private final FitRequest request;
  private final int d;
  private final int size;
  private final double[] clean;
  private final double[] weights;
  private final double[] means;
  private final double[] variances;
  private final double effectiveCount;
  private final List<RowFeatures> features = new ArrayList<>();
  private final List<double[][]> coefficients = new ArrayList<>();
  private final List<Double> fallen = new ArrayList<>();

  RidgeSweep(RidgeRegression settings, FitRequest request) {
    this.settings = settings;
    this.target = settings.target().readyFor(request.rows());
    this.request = request;
    Samples rows = request.rows();
    d = rows.columns();
    size = Math.multiplyExact(rows.count(), settings.copies());
    clean = new double[Math.multiplyExact(size, d)];
    weights = new double[size];
    means = new double[d];
    variances = new double[d];
    double square = 0;
    for (int i = 0; i < size; i++) {
      int row = i % rows.count();
      rows.copyRows(row, row + 1, clean, i * d);
      weights[i] = request.weight(row) / request.totalWeight() / settings.copies();
      square += settings.copies() * weights[i] * weights[i];
      for (int j = 0; j < d; j++) {
        means[j] += weights[i] * clean[i * d + j];
      }
    }
    effectiveCount = 1 / square;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < d; j++) {
        double gap = clean[i * d + j] - means[j];
        variances[j] += weights[i] * gap * gap;
      }
    }
  }

  RidgeScore fit() {
    int count = settings.levels();
    double[] logSnrs = new double[count];
    double[] noisy = new double[0];
    NoiseLevel before = NoiseLevel.CLEAN;
    List<NoiseLevel> path = new ArrayList<>();
    RidgeScore frozen = null;
    for (int k = 0; k < count; k++) {
      request.progress().check();
      double share = k / (count - 1.0);
      logSnrs[k] = request.range().cleanest() * (1 - share) + request.range().noisiest() * share;
      double ratio = StrictMath.exp(logSnrs[k]);
      NoiseLevel level = new NoiseLevel(Math.sqrt(ratio / (1 + ratio)), 1 / (1 + ratio));
      boolean fresh = k == 0 || settings.paths() == RidgeRegression.Paths.FRESH;
      double[] earlier = noisy;
      if (fresh && k > 0) {
        earlier = noised(clean, before, k, "earlier");
      }
      noisy = k == 0 ? noised(clean, level, 0, "row") : moved(earlier, before, level, k);
      TrainingTarget.Earlier known =
          frozen == null ? null : TrainingTarget.Earlier.of(path, earlier, frozen);
      TrainingTarget.Batch batch =
          TrainingTarget.Batch.of(level, noisy, clean, request.rows(), known);
      frozen = learn(batch, logSnrs[k], k);
      before = level;
      path.add(level);
      report(request.progress(), (k + 1.0) / count);
    }
    List<String> notes = new ArrayList<>();
    double[] deviations = Moments.of(request).columns().deviations();
    int constant = deviations.length - Gaussian.varying(deviations).length;
    if (constant > 0) {
      notes.add(Gaussian.constants(deviations, constant));
    }
    if (!fallen.isEmpty()) {
      notes.add(
          "at "
              + fallen.size()
              + " of "
              + count
              + " levels the target did clearly worse on held-out rows than plain denoising,"
              + " which was used there: log SNR "
              + fallen.get(0)
              + (fallen.size() > 1 ? " to " + fallen.get(fallen.size() - 1) : ""));
    }
    return new RidgeScore(
        settings.features(), means, variances, logSnrs, features, coefficients, notes);
  }

  private static void report(Progress progress, double done) {
    progress.report("regressing", done);
  }

  private double[] noised(double[] from, NoiseLevel step, int k, String name) {
    return new Streams(request.streams().seed("ridge " + name, k)).noised(step, from, d);
  }

  private double[] moved(double[] earlier, NoiseLevel before, NoiseLevel level, int k) {
    return noised(earlier, before.to(level), k, "row");
  }

  /** Learns one level, and keeps what it learned. */
  private RidgeScore learn(TrainingTarget.Batch batch, double logSnr, int k) {
    RowFeatures chosen = features(batch.noisy(), batch.level(), k);
    double[] y = new double[clean.length];
    target.write(batch, y);
    Normal normal = new Normal(chosen, batch);
    double[][] found = normal.solve(y);
    Samples held = request.validation().orElse(null);
    boolean plain = settings.target().equals(TrainingTarget.denoising());
    if (held != null && !held.hasMissing() && held.count() > 1 && !plain) {
      double[][] other = normal.solve(clean);
      double[] excess = losses(score(chosen, found, logSnr), batch.level(), held);
      double[] others = losses(score(chosen, other, logSnr), batch.level(), held);
      for (int i = 0; i < excess.length; i++) {
        excess[i] -= others[i];
      }
      if (!Average.of(excess).within(1)) {
        found = other;
        fallen.add(Math.rint(logSnr * 100) / 100);
      }
    }
    features.add(chosen);
    coefficients.add(found);
    return score(chosen, found, logSnr);
  }

  /** The losses of held-out rows, each averaged over several draws of its noise. */
  private double[] losses(Score score, NoiseLevel level, Samples held) {
    double[] losses = new double[held.count()];
    for (int draw = 0; draw < DRAWS; draw++) {
      long seed = request.streams().seed("ridge guard", draw);
      double[] once = ScoreLoss.perRow(score, level, held, seed);
      for (int i = 0; i < losses.length; i++) {
        losses[i] += once[i] / DRAWS;
      }
    }
    return losses;
  }

  private RidgeScore score(RowFeatures chosen, double[][] found, double logSnr) {
    return new RidgeScore(
        settings.features(),
        means,
        variances,
        new double[] {logSnr},
        List.of(chosen),
        Collections.singletonList(found),
        List.of());
  }

  private RowFeatures features(double[] noisy, NoiseLevel level, int k) {
    RidgeRegression.Features kind = settings.features();
    int count = settings.count();
    if (kind == RidgeRegression.Features.LINEAR) {
      return new RowFeatures(kind, d, new double[0][], new double[0]);
    }
    double[][] centres = new double[count][d];
    double[] extra = new double[count];
    if (kind == RidgeRegression.Features.FOURIER) {
      RandomGenerator random = request.streams().stream("ridge frequencies", 0);
      for (int p = 0; p < count; p++) {
        for (int j = 0; j < d; j++) {
          centres[p][j] = random.nextGaussian() / Math.sqrt(d);
        }
        extra[p] = 2 * Math.PI * random.nextDouble();
      }
      return new RowFeatures(kind, d, centres, extra);
    }
    RandomGenerator random = request.streams().stream("ridge centres", k);
    double[] u = new double[d];
    for (int p = 0; p < count; p++) {
      RidgeScore.unite(level, means, variances, noisy, random.nextInt(size) * d, u);
      centres[p] = u.clone();
    }
    Arrays.fill(extra, 0.5 / width(centres));
    return new RowFeatures(kind, d, centres, extra);
  }

  /**
   * The square of the width of bumps: the median over the first centres of the squared distance to
   * the one that is as many places away as the root of their number.
   */
  private static double width(double[][] centres) {
    int count = Math.min(SEARCHED, centres.length);
    int place = Math.min(count - 1, (int) Math.ceil(Math.sqrt(count)));
    double[] widths = new double[count];
    for (int p = 0; p < count; p++) {
      double[] distances = new double[count];
      for (int q = 0; q < count; q++) {
        for (int j = 0; j < centres[p].length; j++) {
          double gap = centres[p][j] - centres[q][j];
          distances[q] += gap * gap;
        }
      }
      Arrays.sort(distances);
      widths[p] = distances[place];
    }
    Arrays.sort(widths);
    double median = widths[count / 2];
    return median > 0 ? median : 1;
  }

  /** The normal equations of a level, decomposed. */
  private final class Normal {
    private final RowFeatures chosen;
    private final TrainingTarget.Batch batch;
    private final int p;
    private final double[] centre;
    private final double[] scale;
    private final Eigen eigen;

    Normal(RowFeatures chosen, TrainingTarget.Batch batch) {
      this.chosen = chosen;
      this.batch = batch;
      this.p = chosen.size();
      this.centre = new double[p];
      this.scale = new double[p];
      double[] phi = new double[p];
      for (int i = 0; i < size; i++) {
        row(i, phi);
        for (int k = 0; k < p; k++) {
          centre[k] += weights[i] * phi[k];
        }
      }
      double[][] matrix = new double[p][p];
      for (int i = 0; i < size; i++) {
        row(i, phi);
        for (int k = 0; k < p; k++) {
          phi[k] -= centre[k];
        }
        for (int k = 0; k < p; k++) {
          double factor = weights[i] * phi[k];
          double[] out = matrix[k];
          for (int l = 0; l <= k; l++) {
            out[l] += factor * phi[l];
          }
        }
      }
      for (int k = 0; k < p; k++) {
        double variance = matrix[k][k];
        scale[k] = variance > DROPPED ? 1 / Math.sqrt(variance) : 0;
      }
      for (int k = 0; k < p; k++) {
        for (int l = 0; l <= k; l++) {
          matrix[k][l] *= scale[k] * scale[l];
          matrix[l][k] = matrix[k][l];
        }
        matrix[k][k] = 1;
      }
      eigen = Eigen.of(matrix);
    }

    private void row(int i, double[] phi) {
      double[] u = new double[d];
      RidgeScore.unite(batch.level(), means, variances, batch.noisy(), i * d, u);
      chosen.write(u, phi);
    }

    /** The constants, then the coefficients of every feature. */
    double[][] solve(double[] y) {
      double[] mean = new double[d];
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < d; j++) {
          mean[j] += weights[i] * y[i * d + j];
        }
      }
      double[][] cross = new double[p][d];
      double[] phi = new double[p];
      double square = 0;
      for (int i = 0; i < size; i++) {
        row(i, phi);
        for (int j = 0; j < d; j++) {
          double gap = y[i * d + j] - mean[j];
          square += weights[i] * gap * gap;
        }
        for (int k = 0; k < p; k++) {
          double factor = weights[i] * scale[k] * (phi[k] - centre[k]);
          for (int j = 0; j < d; j++) {
            cross[k][j] += factor * (y[i * d + j] - mean[j]);
          }
        }
      }
      double[][] turned = new double[p][d];
      for (int e = 0; e < p; e++) {
        for (int k = 0; k < p; k++) {
          double weight = eigen.vector(e, k);
          for (int j = 0; j < d; j++) {
            turned[e][j] += weight * cross[k][j];
          }
        }
      }
      double penalty =
          settings.penalty().chosen() ? chosen(turned, square) : settings.penalty().value();
      double[][] out = new double[p + 1][d];
      for (int e = 0; e < p; e++) {
        double value = eigen.value(e) + penalty;
        for (int k = 0; k < p && value > DROPPED; k++) {
          double weight = scale[k] * eigen.vector(e, k) / value;
          for (int j = 0; j < d; j++) {
            out[k + 1][j] += weight * turned[e][j];
          }
        }
      }
      for (int j = 0; j < d; j++) {
        out[0][j] = mean[j];
        for (int k = 0; k < p; k++) {
          out[0][j] -= centre[k] * out[k + 1][j];
        }
      }
      return out;
    }

    /** The penalty with the least generalised cross-validation (Golub, Heath and Wahba 1979). */
    private double chosen(double[][] turned, double square) {
      double best = 1;
      double least = Double.POSITIVE_INFINITY;
      for (int half = -16; half <= 4; half++) {
        double penalty = StrictMath.pow(10, 0.5 * half);
        double rest = square;
        double freedom = 1;
        for (int e = 0; e < p; e++) {
          double value = eigen.value(e) + penalty;
          double factor = (2 - eigen.value(e) / value) / value;
          rest -= factor * Products.dot(turned[e], turned[e], d);
          freedom += eigen.value(e) / value;
        }
        double left = 1 - freedom / effectiveCount;
        if (left > 0) {
          double criterion = Math.max(0, rest) / (left * left);
          if (criterion < least) {
            least = criterion;
            best = penalty;
          }
        }
      }
      return best;
    }
  }
}
