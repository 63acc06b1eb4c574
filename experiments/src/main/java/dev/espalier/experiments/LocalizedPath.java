package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plots.Plot;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.plugins.localized.Wider;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /** How many rows choose a radius where windows have no error. */
  private static final int JUDGES = 1000;

  /** The radii compared, and the field that needs none. */
  enum Radius {
    FOUR(4),
    EIGHT(8),
    TWELVE(12),
    SIXTEEN(16),
    TWENTY(20),
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

    /** Whether it is one radius that is less than everything. */
    boolean fixed() {
      return ordinal() < ALL.ordinal();
    }

    String text() {
      return switch (this) {
        case FOUR -> "4";
        case EIGHT -> "8";
        case TWELVE -> "12";
        case SIXTEEN -> "16";
        case TWENTY -> "20";
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
    exact.add(new Exact(Radius.TWELVE, Accepted.within(.053, 0.15)));
    exact.add(new Exact(Radius.SIXTEEN, Accepted.within(.0275, 0.15)));
    exact.add(new Exact(Radius.TWENTY, Accepted.any()));
    exact.add(new Exact(Radius.GROWING, Accepted.below(.0275 / 4).beside(.0024)));
    exact.add(new Exact(Radius.STEEP, Accepted.below(.0275 / 4).beside(.0047)));
    exact.add(new Exact(Radius.CHOSEN, Accepted.any()));
    exact.add(new Exact(Radius.ALL, Accepted.below(.0275 / 4)));
    exact.add(new Exact(Radius.FIELD, Accepted.below(.0275 / 4)));
    List<Learned> learned = new ArrayList<>();
    double[] hundred = {.252, .155, .141, .207};
    double[] more = {.242, .123, .086, .118};
    List<Radius> fixed = List.of(Radius.FOUR, Radius.EIGHT, Radius.SIXTEEN, Radius.ALL);
    for (int k = 0; k < fixed.size(); k++) {
      learned.add(new Learned(fixed.get(k), 100, Accepted.within(hundred[k], 0.25)));
      learned.add(new Learned(fixed.get(k), 300, Accepted.within(more[k], 0.25)));
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
            .filter(
                each ->
                    each.radius == Radius.SIXTEEN
                        || each.radius == Radius.TWENTY
                        || each.radius == Radius.GROWING)
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

  /**
   * What was found.
   *
   * @param distance of the generated law from the target
   * @param looked how many columns a component looks at, the mean over the levels of the sampler
   */
  private record Found(double distance, double looked) implements Serializable {}

  private static Found found(Score score, int steps, Progress progress) {
    NormalLaw law = generated(score, steps, progress);
    return new Found(NormalLaw.path(COLUMNS, 0.9).distance(law), looked(score, steps));
  }

  /** A component looks at a column if it changes with it, by a bit. */
  private static double looked(Score score, int steps) {
    int d = score.columns();
    double[] rows = Arrays.copyOf(CommonOps_DDRM.identity(d).data, d * d + d);
    double[] answers = new double[rows.length];
    long entries = 0;
    for (int k = 0; k <= steps; k++) {
      score.score(NoiseLevel.exploding(deviation(k, steps)), rows, answers);
      for (int i = 0; i < d * d; i++) {
        entries += answers[i] == answers[d * d + i % d] ? 0 : 1;
      }
    }
    return (double) entries / d / (steps + 1);
  }

  private static double deviation(int step, int steps) {
    return NOISIEST * StrictMath.exp(StrictMath.log(CLEANEST / NOISIEST) / steps * step);
  }

  /** The law that Heun's method makes of normal noise, along levels in equal ratios. */
  private static NormalLaw generated(Score score, int steps, Progress progress) {
    int d = score.columns();
    double[] rows = CommonOps_DDRM.identity(d).data;
    double[] first = new double[rows.length];
    double[] second = new double[rows.length];
    for (int k = 0; k < steps; k++) {
      progress.check();
      double from = deviation(k, steps);
      double to = deviation(k + 1, steps);
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
    List<Found> values =
        tasks.map(
            first.size() + second.size() * repeats,
            (i, share) -> {
              FitRequest request;
              Radius radius;
              if (i < first.size()) {
                radius = first.get(i).radius;
                // The windows have no error; rows of their own tell which radius to take.
                request = FitRequest.of(law.exactRows()).withValidation(law.rows(JUDGES, JUDGES));
              } else {
                Learned each = second.get((i - first.size()) / repeats);
                long seed = new Streams(each.rows).seed("path", (i - first.size()) % repeats);
                radius = each.radius;
                request = FitRequest.of(law.rows(each.rows, seed));
              }
              Score score = radius.around(PLAIN).fit(request.withProgress(share));
              return found(score, count, share);
            },
            progress);
    List<Report.Row> bias = new ArrayList<>();
    List<Report.Row> costs = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      Exact each = first.get(i);
      List<String> label = List.of(each.radius.text());
      bias.add(new Report.Row(label, values.get(i).distance, each.accepted));
      costs.add(new Report.Row(label, values.get(i).looked, Accepted.any()));
    }
    List<Report.Table> tables = new ArrayList<>();
    tables.add(
        new Report.Table(
            "Distance W2/8 of the generated law, windows without error, " + count + " steps",
            List.of("radius", "W2/8"),
            bias));
    tables.add(
        new Report.Table(
            "Columns that a component looks at, mean over the levels",
            List.of("radius", "columns"),
            costs));
    tables.add(ratios(values));
    if (!second.isEmpty()) {
      tables.add(learnedTable(values.subList(first.size(), values.size())));
    }
    return new Report(
        "Localized scores on a path of 64 steps with correlation 0.9", tables, plot(values));
  }

  /** Radii that grow against the one radius that looks at as many columns. */
  private Report.Table ratios(List<Found> values) {
    List<Found> fixed = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      if (exact.get(i).radius.fixed()) {
        fixed.add(values.get(i));
      }
    }
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      Radius radius = exact.get(i).radius;
      if (radius == Radius.GROWING || radius == Radius.STEEP || radius == Radius.CHOSEN) {
        double ratio = values.get(i).distance / at(fixed, values.get(i).looked);
        Accepted accepted = radius == Radius.STEEP ? Accepted.any() : Accepted.below(0.25);
        rows.add(new Report.Row(List.of(radius.text()), ratio, accepted));
      }
    }
    return new Report.Table(
        "Distance over that of one radius which looks at as many columns",
        List.of("radius", "ratio"),
        rows);
  }

  /** The distance at that many columns, between the radii measured even in its logarithm. */
  private static double at(List<Found> fixed, double looked) {
    int k = 0;
    while (k < fixed.size() - 2 && fixed.get(k + 1).looked < looked) {
      k++;
    }
    Found low = fixed.get(k);
    Found high = fixed.get(k + 1);
    double share = (looked - low.looked) / (high.looked - low.looked);
    double from = StrictMath.log(low.distance);
    return StrictMath.exp(from + share * (StrictMath.log(high.distance) - from));
  }

  /** The distance by the columns looked at, without error and learned. */
  private Optional<Plot> plot(List<Found> values) {
    List<Line> lines = new ArrayList<>();
    Curve fixed = new Curve();
    for (int i = 0; i < exact.size(); i++) {
      boolean one = exact.get(i).radius.fixed() || exact.get(i).radius == Radius.ALL;
      Curve curve = one ? fixed : new Curve();
      curve.add(values.get(i).looked, values.get(i).distance, 0);
      if (!one) {
        lines.add(curve.line(exact.get(i).radius.text()));
      }
    }
    lines.add(0, fixed.line("one radius"));
    return Optional.of(
        new LinePlot(
            "Distance of the generated law, windows without error",
            Axis.linear("columns that a component looks at"),
            Axis.log("W2/8"),
            lines));
  }

  private Report.Table learnedTable(List<Found> values) {
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < learned.size(); i++) {
      double sum = 0;
      for (int seed = 0; seed < seeds; seed++) {
        sum += values.get(i * seeds + seed).distance;
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
