package dev.espalier.estimators.tribuo;

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
import java.util.Locale;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/** Posterior means by Tribuo models, one group of them a level or one for all levels. */
final class TribuoScore implements Score, Stored, TribuoModels {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "tribuo";

  /** How many rows are asked at once. */
  private static final int CHUNK = 1024;

  /** How far from a level, in time, that level's answer stands alone. */
  private static final double NEAR = 1e-9;

  private final Units units;
  private final Prediction prediction;
  private final Features features;

  /** Log SNR of the levels, falling; with features that are timed, its two ends. */
  private final double[] logSnrs;

  /** For every level its models; with features that are timed, those of all levels. */
  private final List<List<KeptModel>> models;

  private final boolean[] learned;

  TribuoScore(
      Units units,
      Prediction prediction,
      Features features,
      double[] logSnrs,
      List<List<KeptModel>> models) {
    this.units = units;
    this.prediction = prediction;
    this.features = features;
    this.logSnrs = logSnrs;
    this.models = models.stream().map(List::copyOf).toList();
    this.learned = new boolean[units.columns()];
    for (List<KeptModel> level : this.models) {
      level.forEach(each -> each.outputs(learned.length).forEach(column -> learned[column] = true));
    }
  }

  /** A time from 0 to 1 that all schedules share: that of the straight flow. */
  static double time(double logSnr) {
    return 1 / (1 + StrictMath.exp(0.5 * logSnr));
  }

  @Override
  public int columns() {
    return units.columns();
  }

  @Override
  public NoiseRange range() {
    return new NoiseRange(logSnrs[logSnrs.length - 1], logSnrs[0]);
  }

  @Override
  public List<Model<Regressor>> models() {
    List<Model<Regressor>> all = new ArrayList<>();
    models.forEach(level -> level.forEach(each -> all.add(each.model())));
    return List.copyOf(all);
  }

  @Override
  public List<String> notes() {
    List<ModelProvenance> provenances = provenances();
    if (provenances.isEmpty()) {
      return List.of();
    }
    ModelProvenance first = provenances.get(0);
    return List.of(
        String.format(
            Locale.ROOT,
            "%d Tribuo %s of %s, trained by %s, whose provenance has the digest %s",
            provenances.size(),
            provenances.size() == 1 ? "model" : "models",
            first.getTribuoVersion(),
            first.getTrainerProvenance().getClassName(),
            Provenances.digest(provenances)));
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    range().require(level);
    int d = columns();
    double time = time(level.logSnr());
    int before = 0;
    while (before + 2 < models.size() && time(logSnrs[before + 1]) <= time) {
      before++;
    }
    double share = 0;
    if (models.size() > 1) {
      double from = time(logSnrs[before]);
      double to = time(logSnrs[before + 1]);
      share = Math.max(0, Math.min(1, (time - from) / (to - from)));
      share = time - from < NEAR ? 0 : to - time < NEAR ? 1 : share;
    }
    for (int at = 0; at < x.length; at += CHUNK * d) {
      int rows = Math.min(CHUNK, (x.length - at) / d);
      double[][] answers = new double[rows][d];
      if (!models.isEmpty()) {
        Asked asked = asked(level, x, at, rows, time);
        asked.add(models.get(before), 1 - share, answers);
        if (share > 0) {
          asked.add(models.get(before + 1), share, answers);
        }
      }
      for (int i = 0; i < rows; i++) {
        write(level, x, at + i * d, answers[i], out);
      }
    }
  }

  private void write(NoiseLevel level, double[] x, int at, double[] answers, double[] out) {
    for (int j = 0; j < answers.length; j++) {
      double above = x[at + j] - level.a() * units.mean(j);
      double mean =
          learned[j]
              ? units.slope(prediction, level, j) * above
                  + units.scale(prediction, level, j) * answers[j]
              : units.guess(level, j) * above;
      out[at + j] = units.mean(j) + mean;
    }
  }

  /** The examples of a chunk of rows, and which row each of them is. */
  private record Asked(List<Example<Regressor>> examples, List<Integer> rows, int columns) {

    void add(List<KeptModel> level, double weight, double[][] out) {
      if (weight == 0 || examples.isEmpty()) {
        return;
      }
      double[][] answers = new double[examples.size()][columns];
      level.forEach(model -> model.predict(examples, answers));
      for (int k = 0; k < answers.length; k++) {
        double[] row = out[rows.get(k)];
        for (int j = 0; j < row.length; j++) {
          row[j] += weight * answers[k][j];
        }
      }
    }
  }

  private Asked asked(NoiseLevel level, double[] x, int at, int rows, double time) {
    int d = columns();
    int[] columns = features.columns();
    Regressor unknown = new RegressionFactory().getUnknownOutput();
    Asked asked = new Asked(new ArrayList<>(rows), new ArrayList<>(rows), d);
    double[] row = new double[columns.length];
    for (int i = 0; i < rows; i++) {
      for (int f = 0; f < row.length; f++) {
        row[f] = units.unit(level, columns[f], x[at + i * d + columns[f]]);
      }
      Example<Regressor> example = features.example(unknown, 1, row, time);
      if (example != null) {
        asked.examples().add(example);
        asked.rows().add(i);
      }
    }
    return asked;
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    int[] columns = features.columns();
    double[] seen = new double[columns.length];
    double[] flagged = new double[columns.length];
    for (int f = 0; f < columns.length; f++) {
      seen[f] = columns[f];
      flagged[f] = features.flagged(f) ? 1 : 0;
    }
    out.tensor("means", units.means(), columns());
    out.tensor("variances", units.variances(), columns());
    out.text("prediction", prediction.name().toLowerCase(Locale.ROOT));
    out.tensor("log_snr", logSnrs, logSnrs.length);
    out.tensor("features", seen, seen.length);
    out.tensor("flagged", flagged, flagged.length);
    out.number("timed", features.timed() ? 1 : 0);
    out.number("levels", models.size());
    for (int k = 0; k < models.size(); k++) {
      List<KeptModel> level = models.get(k);
      out.number("models_" + k, level.size());
      for (int m = 0; m < level.size(); m++) {
        out.bytes("model_" + k + "_" + m, level.get(m).bytes());
      }
    }
  }

  static TribuoScore read(Reader in) {
    double[] means = in.tensor("means", Reader.ANY);
    int d = means.length;
    double[] variances = in.tensor("variances", d);
    require(Arrays.stream(variances).allMatch(variance -> variance >= 0), "variances");
    Units units = new Units(means, variances);
    double[] logSnrs = in.tensor("log_snr", Reader.ANY);
    double[] seen = in.tensor("features", Reader.ANY);
    double[] marks = in.tensor("flagged", seen.length);
    int[] columns = new int[seen.length];
    boolean[] flagged = new boolean[seen.length];
    for (int f = 0; f < seen.length; f++) {
      columns[f] = (int) seen[f];
      flagged[f] = marks[f] != 0;
      require(columns[f] == seen[f] && columns[f] >= 0 && columns[f] < d, "features");
    }
    boolean timed = in.whole("timed") != 0;
    int levels = in.whole("levels");
    require(logSnrs.length >= 1 && levels >= 0 && levels <= logSnrs.length, "levels");
    require(levels == 0 || timed == (levels == 1 && logSnrs.length == 2) || !timed, "levels");
    for (int k = 1; k < logSnrs.length; k++) {
      require(logSnrs[k] < logSnrs[k - 1], "log_snr");
    }
    List<List<KeptModel>> models = new ArrayList<>();
    for (int k = 0; k < levels; k++) {
      List<KeptModel> level = new ArrayList<>();
      int count = in.whole("models_" + k);
      for (int m = 0; m < count; m++) {
        level.add(KeptModel.read(in.bytes("model_" + k + "_" + m)));
      }
      models.add(level);
    }
    return new TribuoScore(
        units,
        prediction(in.text("prediction")),
        new Features(columns, flagged, timed),
        logSnrs,
        models);
  }

  private static Prediction prediction(String text) {
    return Arrays.stream(Prediction.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidDataException(
                    "need one of "
                        + List.of(Prediction.values())
                        + " in 'prediction' of the model file, got '"
                        + text
                        + "'"));
  }

  private static void require(boolean fits, String name) {
    if (!fits) {
      throw new InvalidDataException(
          "need numbers that fit together in '" + name + "' of the model file");
    }
  }

  @Override
  public String toString() {
    return "TribuoScore[" + columns() + " columns, " + models.size() + " levels]";
  }
}
