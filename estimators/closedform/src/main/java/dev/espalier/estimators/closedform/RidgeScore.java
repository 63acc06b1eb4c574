package dev.espalier.estimators.closedform;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Posterior means by one linear regression on features a level. */
final class RidgeScore implements Score, Stored {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "ridge";

  private final RidgeRegression.Features kind;
  private final double[] means;
  private final double[] variances;

  /** Log SNR of the levels, falling. */
  private final double[] logSnrs;

  private final List<RowFeatures> features;

  /** For each level a row of one value a column for the constant, then for each feature. */
  private final List<double[][]> coefficients;

  private final List<String> notes;

  RidgeScore(
      RidgeRegression.Features kind,
      double[] means,
      double[] variances,
      double[] logSnrs,
      List<RowFeatures> features,
      List<double[][]> coefficients,
      List<String> notes) {
    this.kind = kind;
    this.means = means;
    this.variances = variances;
    this.logSnrs = logSnrs;
    this.features = List.copyOf(features);
    this.coefficients = List.copyOf(coefficients);
    this.notes = List.copyOf(notes);
  }

  @Override
  public int columns() {
    return means.length;
  }

  @Override
  public NoiseRange range() {
    return new NoiseRange(logSnrs[logSnrs.length - 1], logSnrs[0]);
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  /** Writes a row in units of its deviations at a level. */
  static void unite(
      NoiseLevel level, double[] means, double[] variances, double[] x, int at, double[] u) {
    for (int j = 0; j < u.length; j++) {
      u[j] =
          (x[at + j] - level.a() * means[j])
              / Math.sqrt(level.a() * level.a() * variances[j] + level.b());
    }
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    range().require(level);
    int d = columns();
    double log = level.logSnr();
    int next = 1;
    while (next < logSnrs.length && logSnrs[next] > log) {
      next++;
    }
    int before = next - 1;
    double share = 0;
    if (next < logSnrs.length) {
      double along = (logSnrs[before] - log) / (logSnrs[before] - logSnrs[next]);
      share = Math.max(0, Math.min(1, along));
    }
    double[] u = new double[d];
    for (int at = 0; at < x.length; at += d) {
      unite(level, means, variances, x, at, u);
      Arrays.fill(out, at, at + d, 0);
      add(before, 1 - share, u, out, at);
      if (share > 0) {
        add(next, share, u, out, at);
      }
    }
  }

  private void add(int k, double weight, double[] u, double[] out, int at) {
    RowFeatures chosen = features.get(k);
    double[] phi = new double[chosen.size()];
    chosen.write(u, phi);
    double[] answer = coefficients.get(k)[0].clone();
    for (int p = 0; p < phi.length; p++) {
      double[] row = coefficients.get(k)[p + 1];
      for (int j = 0; j < answer.length; j++) {
        answer[j] += phi[p] * row[j];
      }
    }
    for (int j = 0; j < answer.length; j++) {
      out[at + j] += weight * answer[j];
    }
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    int d = columns();
    int levels = logSnrs.length;
    int extra = features.get(0).centres().length;
    out.text("features", kind.name());
    out.tensor("means", means, d);
    out.tensor("variances", variances, d);
    out.tensor("levels", logSnrs, levels);
    double[] centres = new double[levels * extra * d];
    double[] scales = new double[levels * extra];
    double[] flat = new double[levels * (1 + d + extra) * d];
    int at = 0;
    for (int k = 0; k < levels; k++) {
      for (int p = 0; p < extra; p++) {
        System.arraycopy(features.get(k).centres()[p], 0, centres, (k * extra + p) * d, d);
        double[] values = features.get(k).extra();
        scales[k * extra + p] = values[Math.min(p, values.length - 1)];
      }
      for (double[] row : coefficients.get(k)) {
        System.arraycopy(row, 0, flat, at, d);
        at += d;
      }
    }
    out.tensor("centres", centres, levels, extra, d);
    out.tensor("scales", scales, levels, extra);
    out.tensor("coefficients", flat, levels, 1 + d + extra, d);
    out.text("notes", String.join("\n", notes));
  }

  /** Restores what {@link #write} wrote, bit for bit. */
  static RidgeScore read(Reader in) {
    double[] means = in.tensor("means", Reader.ANY);
    int d = means.length;
    double[] variances = in.tensor("variances", d);
    double[] logSnrs = in.tensor("levels", Reader.ANY);
    int levels = logSnrs.length;
    RidgeRegression.Features kind = null;
    for (RidgeRegression.Features each : RidgeRegression.Features.values()) {
      if (each.name().equals(in.text("features"))) {
        kind = each;
      }
    }
    boolean fits = kind != null && d >= 1 && levels >= 1;
    for (int k = 1; k < levels; k++) {
      fits &= logSnrs[k] < logSnrs[k - 1];
    }
    for (double variance : variances) {
      fits &= variance >= 0;
    }
    if (kind == null || !fits) {
      throw new InvalidDataException(
          "need known features, variances >= 0 and falling levels in a stored ridge regression,"
              + " got features "
              + in.text("features")
              + " and "
              + levels
              + " levels");
    }
    int extra = 0;
    if (kind != RidgeRegression.Features.LINEAR) {
      extra = in.tensor("scales", levels, Reader.ANY).length / levels;
    }
    double[] centres = in.tensor("centres", levels, extra, d);
    double[] scales = in.tensor("scales", levels, extra);
    double[] flat = in.tensor("coefficients", levels, 1 + d + extra, d);
    List<RowFeatures> features = new ArrayList<>();
    List<double[][]> coefficients = new ArrayList<>();
    int at = 0;
    for (int k = 0; k < levels; k++) {
      double[][] own = new double[extra][d];
      double[] values = new double[extra];
      for (int p = 0; p < extra; p++) {
        System.arraycopy(centres, (k * extra + p) * d, own[p], 0, d);
        values[p] = scales[k * extra + p];
      }
      features.add(new RowFeatures(kind, d, own, values));
      double[][] rows = new double[1 + d + extra][d];
      for (double[] row : rows) {
        System.arraycopy(flat, at, row, 0, d);
        at += d;
      }
      coefficients.add(rows);
    }
    return new RidgeScore(
        kind, means, variances, logSnrs, features, coefficients, in.text("notes").lines().toList());
  }

  @Override
  public String toString() {
    return "RidgeScore[" + columns() + " columns, " + logSnrs.length + " levels]";
  }
}
