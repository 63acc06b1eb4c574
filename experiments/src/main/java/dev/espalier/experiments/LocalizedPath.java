package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.plugins.localized.Wider;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The law that localized scores generate on an autoregressive path, with radii that are fixed, grow
 * with the noise, or are chosen from the rows.
 *
 * <p>Scores are linear, so the law at the end of the probability-flow equation is normal and known:
 * its covariance is followed through every step of Heun's method.
 *
 * @param exact scores of windows without error, to measure
 * @param learned scores learned from rows, to measure
 * @param steps of the sampler
 * @param seeds how many sets of rows
 */
record LocalizedPath(List<Exact> exact, List<Learned> learned, int steps, int seeds)
    implements Experiment {

  private static final Gaussian PLAIN = new Gaussian(Gaussian.Shrinkage.NONE);
  private static final int COLUMNS = 64;
  private static final int EVERYTHING = COLUMNS - 1;
  private static final double NOISIEST = 60;
  private static final double CLEANEST = 0.01;

  /** The radii compared, and the field that needs none. */
  enum Radius {
    FOUR(4),
    EIGHT(8),
    SIXTEEN(16),
    ALL(EVERYTHING),
    GROWING(1, "4:4.6052", "8:2.4079", EVERYTHING + ":0"),
    STEEP(2, "4:4.6052", "16:2.4079", EVERYTHING + ":-2.1972"),
    CHOSEN,
    FIELD;

    private final Localized structure;

    Radius() {
      structure = Localized.on(Graph.chain());
    }

    Radius(int radius, String... wider) {
      List<Wider> all = new ArrayList<>();
      for (String each : wider) {
        String[] words = each.split(":");
        all.add(new Wider(Double.parseDouble(words[1]), Integer.parseInt(words[0])));
      }
      structure = Localized.on(Graph.chain()).withRadius(radius).withWider(all);
    }

    ScoreEstimator around(Gaussian inner) {
      return this == FIELD ? MarkovField.on(Graph.chain()) : structure.around(inner);
    }

    String text() {
      return switch (this) {
        case FOUR -> "4";
        case EIGHT -> "8";
        case SIXTEEN -> "16";
        case ALL -> "all";
        case GROWING -> "1, 4, 8, all";
        case STEEP -> "2, 4, 16, all";
        case CHOSEN -> "auto";
        case FIELD -> "Markov field";
      };
    }
  }

  /** One law to measure, with exact windows. */
  record Exact(Radius radius, Accepted accepted) implements Serializable {}

  /** One mean over laws to measure, with windows learned from that many rows. */
  record Learned(Radius radius, int rows, Accepted accepted) implements Serializable {}

  /** Everything, in 80 steps. */
  static LocalizedPath full() {
    List<Exact> exact = new ArrayList<>();
    exact.add(new Exact(Radius.FOUR, Accepted.within(.237, 0.15)));
    exact.add(new Exact(Radius.EIGHT, Accepted.within(.108, 0.15)));
    exact.add(new Exact(Radius.SIXTEEN, Accepted.within(.0275, 0.15)));
    exact.add(new Exact(Radius.GROWING, Accepted.below(.0275 / 4).beside(.0024)));
    exact.add(new Exact(Radius.STEEP, Accepted.below(.0275 / 4).beside(.0047)));
    exact.add(new Exact(Radius.ALL, Accepted.below(.0275 / 4)));
    exact.add(new Exact(Radius.FIELD, Accepted.below(.0275 / 4)));
    List<Learned> learned = new ArrayList<>();
    double[] hundred = {.252, .155, .141, .207};
    double[] more = {.242, .123, .086, .118};
    for (int k = 0; k < 4; k++) {
      learned.add(new Learned(Radius.values()[k], 100, Accepted.within(hundred[k], 0.25)));
      learned.add(new Learned(Radius.values()[k], 300, Accepted.within(more[k], 0.25)));
    }
    learned.add(new Learned(Radius.STEEP, 100, Accepted.within(.128, 0.25)));
    learned.add(new Learned(Radius.STEEP, 300, Accepted.within(.076, 0.25)));
    learned.add(new Learned(Radius.CHOSEN, 100, Accepted.below(.16)));
    learned.add(new Learned(Radius.CHOSEN, 300, Accepted.below(.1)));
    learned.add(new Learned(Radius.FIELD, 100, Accepted.within(.079, 0.25)));
    learned.add(new Learned(Radius.FIELD, 300, Accepted.within(.048, 0.25)));
    return new LocalizedPath(List.copyOf(exact), List.copyOf(learned), 80, 3);
  }

  /** The scores without error alone, fewer of them, in fewer steps. */
  static LocalizedPath small() {
    LocalizedPath full = full();
    return new LocalizedPath(
        full.exact.stream()
            .filter(each -> each.radius == Radius.SIXTEEN || each.radius == Radius.GROWING)
            .toList(),
        List.of(),
        60,
        1);
  }

  @Override
  public String name() {
    return "localized-path";
  }

  @Override
  public String summary() {
    return "radii that grow with the noise against fixed ones, on an autoregressive path";
  }

  /** The distance of the generated law from the target. */
  static double distance(ScoreEstimator estimator, Samples rows, int steps, Progress progress) {
    Score score = estimator.fit(FitRequest.of(rows).withProgress(progress));
    return NormalLaw.path(COLUMNS, 0.9).distance(generated(score, steps, progress));
  }

  /** The law that Heun's method makes of normal noise, along levels in equal ratios. */
  private static NormalLaw generated(Score score, int steps, Progress progress) {
    int d = score.columns();
    double[] rows = CommonOps_DDRM.identity(d).data;
    double ratio = StrictMath.log(CLEANEST / NOISIEST) / steps;
    double[] first = new double[rows.length];
    double[] second = new double[rows.length];
    for (int k = 0; k < steps; k++) {
      progress.check();
      double from = NOISIEST * StrictMath.exp(ratio * k);
      double to = NOISIEST * StrictMath.exp(ratio * (k + 1));
      slopes(score, from, rows, first);
      double[] guess = rows.clone();
      for (int i = 0; i < rows.length; i++) {
        guess[i] += (to - from) * first[i];
      }
      slopes(score, to, guess, second);
      for (int i = 0; i < rows.length; i++) {
        rows[i] += 0.5 * (to - from) * (first[i] + second[i]);
      }
    }
    DMatrixRMaj map = new DMatrixRMaj(d, d, true, rows);
    DMatrixRMaj covariance = new DMatrixRMaj(d, d);
    CommonOps_DDRM.multTransA(NOISIEST * NOISIEST, map, map, covariance);
    return NormalLaw.of(covariance);
  }

  private static void slopes(Score score, double sigma, double[] rows, double[] out) {
    score.score(NoiseLevel.exploding(sigma), rows, out);
    for (int i = 0; i < out.length; i++) {
      out[i] *= -sigma;
    }
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    List<Exact> first = exact;
    List<Learned> second = learned;
    int count = steps;
    int repeats = seeds;
    NormalLaw law = NormalLaw.path(COLUMNS, 0.9);
    List<Double> values =
        tasks.map(
            first.size() + second.size() * repeats,
            (i, share) -> {
              if (i < first.size()) {
                ScoreEstimator estimator = first.get(i).radius.around(PLAIN);
                return distance(estimator, law.exactRows(), count, share);
              }
              Learned each = second.get((i - first.size()) / repeats);
              long seed = new Streams(each.rows).seed("path", (i - first.size()) % repeats);
              return distance(each.radius.around(PLAIN), law.rows(each.rows, seed), count, share);
            },
            progress);
    List<Report.Row> bias = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Exact each = first.get(i);
      bias.add(new Report.Row(List.of(each.radius.text()), values.get(i), each.accepted));
    }
    List<Report.Table> tables = new ArrayList<>();
    tables.add(
        new Report.Table(
            "Distance W2/8 of the generated law, windows without error, " + count + " steps",
            List.of("radius", "W2/8"),
            bias));
    if (!second.isEmpty()) {
      tables.add(learnedTable(values.subList(first.size(), values.size())));
    }
    return new Report("Localized scores on a path of 64 steps with correlation 0.9", tables);
  }

  private Report.Table learnedTable(List<Double> values) {
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < learned.size(); i++) {
      double sum = 0;
      for (int seed = 0; seed < seeds; seed++) {
        sum += values.get(i * seeds + seed);
      }
      Learned each = learned.get(i);
      rows.add(
          new Report.Row(
              List.of(each.radius.text(), Integer.toString(each.rows)),
              sum / seeds,
              each.accepted));
    }
    return new Report.Table(
        "The same with windows learned from rows, mean of " + seeds + " sets",
        List.of("radius", "rows", "W2/8"),
        rows);
  }
}
