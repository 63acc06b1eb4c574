package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.HeldOut;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.estimators.network.Network;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.plugins.localized.Wider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Patches of a satellite image, 8 × 8 near-infrared cells: what localized scores gain over scores
 * of all cells, by the number of patches to learn from.
 *
 * @param counts the numbers of rows, rising
 * @param estimators to compare
 */
record LandsatPatches(List<Integer> counts, List<Kind> estimators) implements Experiment {

  private static final String FILE = "landsat7_nir_patches_8x8.csv";
  private static final int SIDE = 8;
  private static final int COLUMNS = SIDE * SIDE;
  private static final int HELD = 692;
  private static final int STEPS = 1000;
  private static final int FEW = 300;
  private static final Graph GRID = Graph.grid(SIDE, SIDE);

  /** What is compared. */
  enum Kind {
    GAUSSIAN("gaussian()"),
    FIELD("markovfield(grid(8,8,1,2))"),
    NETWORK("network([64,64])"),
    WIDE_NETWORK("network([256,256])"),
    LOCAL_GAUSSIAN("localized(grid(8,8), auto, share=true, gaussian())"),
    LOCAL_NETWORK("localized(grid(8,8), 2, wider, share=true, network([32,32]))");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Whether the score of a cell may look at all cells at every level. */
    private boolean unstructured() {
      return this == GAUSSIAN || this == NETWORK || this == WIDE_NETWORK;
    }

    /**
     * The estimator; the noise whose log SNR is below −6.5 is half as strong as the image, so that
     * all cells count, and below −5.2 those within 4 steps.
     */
    private ScoreEstimator estimator() {
      return switch (this) {
        case GAUSSIAN -> new Gaussian();
        case FIELD -> MarkovField.on(new Graph.Grid(SIDE, SIDE, 1, 2));
        case NETWORK -> Network.hidden(64, 64).steps(STEPS);
        case WIDE_NETWORK -> Network.hidden(256, 256).steps(STEPS);
        case LOCAL_GAUSSIAN -> Localized.on(GRID).shared().around(new Gaussian());
        case LOCAL_NETWORK ->
            Localized.on(GRID)
                .withRadius(2)
                .withWider(List.of(new Wider(-5.2, 4), new Wider(-6.5, 2 * SIDE - 2)))
                .shared()
                .around(Network.hidden(32, 32).steps(STEPS));
      };
    }
  }

  static LandsatPatches full() {
    return new LandsatPatches(List.of(100, FEW, 1000), List.of(Kind.values()));
  }

  @Override
  public String name() {
    return "landsat";
  }

  @Override
  public String summary() {
    return "localized scores of satellite image patches, beside scores of all cells";
  }

  /** All patches in an order of their own. */
  static Samples patches() {
    List<double[]> rows = new ArrayList<>();
    try (InputStream in = LandsatPatches.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("need the data '" + FILE + "' in the jar of experiments");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(Arrays.stream(line.split(",")).mapToDouble(Double::parseDouble).toArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RandomGenerator random = new Streams(1).stream("order of patches", 0);
    double[] values = new double[rows.size() * COLUMNS];
    for (int i = 0; i < rows.size(); i++) {
      int other = i + random.nextInt(rows.size() - i);
      System.arraycopy(rows.get(other), 0, values, i * COLUMNS, COLUMNS);
      rows.set(other, rows.get(i));
    }
    return Samples.of(COLUMNS, values);
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    Samples all = patches();
    Samples held = all.rows(0, HELD);
    List<List<LossCurve>> curves = new ArrayList<>();
    int fits = counts.size() * estimators.size();
    // One grid of levels for all, whatever the rows to learn from.
    HeldOut judge = HeldOut.of(FitRequest.of(held).withValidation(held));
    double centre = -StrictMath.log(judge.variance());
    NoiseRange range = new NoiseRange(centre - 2.5, centre + 10.5);
    for (int count : counts) {
      FitRequest request =
          FitRequest.of(all.rows(HELD, HELD + count)).withTasks(tasks).withRange(range);
      List<LossCurve> found = new ArrayList<>();
      for (Kind kind : estimators) {
        int done = curves.size() * estimators.size() + found.size();
        Progress part = progress.part((double) done / fits, (done + 1.0) / fits);
        found.add(judge.loss(kind.estimator().fit(request.withProgress(part))));
      }
      curves.add(found);
    }
    List<Report.Table> tables = new ArrayList<>();
    tables.add(losses(curves));
    if (counts.contains(FEW)) {
      tables.add(few(curves.get(counts.indexOf(FEW))));
    }
    tables.add(gaps(curves));
    return new Report(
        "Held-out score loss of satellite image patches, "
            + HELD
            + " patches held out, 1 = a spherical normal law",
        tables,
        Optional.of(plot(curves)));
  }

  private Report.Table losses(List<List<LossCurve>> curves) {
    List<Report.Row> rows = new ArrayList<>();
    for (int e = 0; e < estimators.size(); e++) {
      for (int c = 0; c < counts.size(); c++) {
        rows.add(
            new Report.Row(
                List.of(estimators.get(e).text, Integer.toString(counts.get(c))),
                curves.get(c).get(e).mean(),
                Accepted.any()));
      }
    }
    return new Report.Table("Loss", List.of("estimator", "rows", "loss"), rows);
  }

  /** Every localized score against every one of all cells, in standard errors. */
  private Report.Table few(List<LossCurve> curves) {
    List<Report.Row> rows = new ArrayList<>();
    for (int e = 0; e < estimators.size(); e++) {
      for (int u = 0; u < estimators.size(); u++) {
        if (!estimators.get(e).unstructured() && estimators.get(u).unstructured()) {
          LossCurve excess = curves.get(e).minus(curves.get(u));
          boolean localized = estimators.get(e) != Kind.FIELD;
          rows.add(
              new Report.Row(
                  List.of(estimators.get(e).text, estimators.get(u).text),
                  excess.mean() / excess.error(),
                  localized ? Accepted.below(-3) : Accepted.any()));
        }
      }
    }
    return new Report.Table(
        FEW + " rows: loss above another's, in standard errors of the paired difference",
        List.of("estimator", "above", "standard errors"),
        rows);
  }

  /** How far a localized score is below the best one of all cells with the same kind of fit. */
  private Report.Table gaps(List<List<LossCurve>> curves) {
    List<Report.Row> rows = new ArrayList<>();
    List<Double> found = new ArrayList<>();
    for (int c = 0; c < counts.size(); c++) {
      double all = curves.get(c).get(estimators.indexOf(Kind.GAUSSIAN)).mean();
      double local = curves.get(c).get(estimators.indexOf(Kind.LOCAL_GAUSSIAN)).mean();
      found.add(all - local);
      rows.add(
          new Report.Row(
              List.of(Integer.toString(counts.get(c))),
              all - local,
              c == 0
                  ? Accepted.between(0, Double.POSITIVE_INFINITY)
                  : Accepted.below(found.get(c - 1))));
    }
    return new Report.Table(
        "Loss of gaussian() above that of localized(..., gaussian()): it falls with the rows",
        List.of("rows", "above"),
        rows);
  }

  private LinePlot plot(List<List<LossCurve>> curves) {
    List<Line> lines = new ArrayList<>();
    for (int e = 0; e < estimators.size(); e++) {
      Curve points = new Curve();
      for (int c = 0; c < counts.size(); c++) {
        points.add(counts.get(c), curves.get(c).get(e).mean(), 0);
      }
      lines.add(points.line(estimators.get(e).text));
    }
    return new LinePlot(
        "Held-out score loss of 8 x 8 patches of a satellite image",
        Axis.log("rows to learn from"),
        Axis.linear("loss"),
        lines);
  }
}
