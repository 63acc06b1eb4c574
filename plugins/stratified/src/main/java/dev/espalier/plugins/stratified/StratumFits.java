package dev.espalier.plugins.stratified;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fits of all strata as independent pieces: piece i fits the i-th category that has rows. */
final class StratumFits implements Tasks.Piece<Score> {
  private static final long serialVersionUID = 1;

  /** The most rows that a small category borrows. */
  private static final int BORROWED = 1000;

  private final Samples rows;
  private final double[] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final ScoreEstimator inner;
  private final Labels labels;
  private final List<Integer> present;

  StratumFits(FitRequest request, ScoreEstimator inner, Labels labels, List<Integer> present) {
    this.rows = request.rows();
    this.weights = new double[rows.count()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = request.weight(i);
    }
    this.validation = request.validation().orElse(null);
    this.range = request.range();
    this.seed = request.seed();
    this.inner = inner;
    this.labels = labels;
    this.present = List.copyOf(present);
  }

  @Override
  public Score run(int index, Progress progress) {
    return only(index).run(index, progress);
  }

  /** The stratum with the rows that it learns from. */
  @Override
  public StratumFit only(int index) {
    int category = present.get(index);
    int[] own = labels.rowsOf(category);
    return own.length < Stratified.FEW && own.length < rows.count()
        ? borrowing(own, category)
        : fit(category, rows.rows(own), weightsOf(own));
  }

  private StratumFit fit(int category, Samples own, double[] ownWeights) {
    long ownSeed = new Streams(seed).seed("stratum", category);
    return new StratumFit(own, ownWeights, validationOf(category), range, ownSeed, inner);
  }

  private double[] weightsOf(int[] chosen) {
    return Arrays.stream(chosen).mapToDouble(i -> weights[i]).toArray();
  }

  private @Nullable Samples validationOf(int category) {
    if (validation == null) {
      return null;
    }
    Labels held = validation.label(labels.name()).orElse(null);
    int code = held == null ? -1 : held.categories().indexOf(labels.categories().get(category));
    int[] chosen = code < 0 ? new int[0] : held.rowsOf(code);
    return chosen.length == 0 ? null : validation.rows(chosen);
  }

  /** Own rows first, then rows of other categories moved onto this category's mean. */
  private StratumFit borrowing(int[] own, int category) {
    int d = rows.columns();
    int[] others = others(category);
    int[] chosen = Arrays.copyOf(own, own.length + others.length);
    System.arraycopy(others, 0, chosen, own.length, others.length);
    double[][] means = means();
    double[] overall = means[means.length - 1];
    Samples selected = rows.rows(chosen);
    double[] values = selected.toArray();
    for (int i = own.length; i < chosen.length; i++) {
      double[] from = means[labels.code(chosen[i])];
      for (int j = 0; j < d; j++) {
        double to = Double.isNaN(means[category][j]) ? overall[j] : means[category][j];
        double shift = to - from[j];
        values[i * d + j] += Double.isNaN(shift) ? 0 : shift;
      }
    }
    double[] ownWeights = weightsOf(own);
    double mean = Arrays.stream(ownWeights).sum() / own.length;
    double[] all = Arrays.copyOf(ownWeights, chosen.length);
    Arrays.fill(all, own.length, all.length, mean * (Stratified.FEW - own.length) / others.length);
    return fit(category, Samples.of(d, values).withLabels(selected.labels()), all);
  }

  /** Rows of the other categories, evenly spread if there are many. */
  private int[] others(int category) {
    int[] all = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      if (labels.code(i) != category) {
        all[count++] = i;
      }
    }
    int kept = Math.min(count, BORROWED);
    int[] others = new int[kept];
    for (int i = 0; i < kept; i++) {
      others[i] = all[(int) ((long) i * count / kept)];
    }
    return others;
  }

  /** The weighted means of the observed cells by category, then of all; NaN where there is none. */
  private double[][] means() {
    int d = rows.columns();
    int all = labels.categories().size();
    double[][] sums = new double[all + 1][d];
    double[][] totals = new double[all + 1][d];
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < d; j++) {
        double value = rows.get(i, j);
        if (!Double.isNaN(value)) {
          for (int of : new int[] {labels.code(i), all}) {
            sums[of][j] += weights[i] * value;
            totals[of][j] += weights[i];
          }
        }
      }
    }
    for (int of = 0; of <= all; of++) {
      for (int j = 0; j < d; j++) {
        sums[of][j] /= totals[of][j];
      }
    }
    return sums;
  }
}
