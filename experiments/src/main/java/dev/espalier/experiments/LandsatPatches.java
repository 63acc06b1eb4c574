package dev.espalier.experiments;

import dev.espalier.api.Graph;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.estimators.network.Network;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.plugins.localized.Wider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Patches of a satellite image, 8 × 8 near-infrared cells: what localized scores gain over scores
 * of all cells, by the number of patches to learn from.
 *
 * @param counts the numbers of rows, rising
 * @param estimators to compare
 */
record LandsatPatches(List<Integer> counts, List<Kind> estimators) implements Experiment {

  private static final int SIDE = 8;
  private static final int COLUMNS = SIDE * SIDE;
  private static final int HELD = 692;
  private static final int STEPS = 1000;
  private static final int FEW = 300;
  private static final Graph GRID = Graph.grid(SIDE, SIDE);

  /** What is compared. */
  enum Kind implements LearningCurves.Learner {
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

    @Override
    public String text() {
      return text;
    }

    /** Whether the score of a cell may look at all cells at every level. */
    private boolean unstructured() {
      return this == GAUSSIAN || this == NETWORK || this == WIDE_NETWORK;
    }

    /**
     * The estimator; the noise whose log SNR is below −6.5 is half as strong as the image, so that
     * all cells count, and below −5.2 those within 4 steps.
     */
    @Override
    public ScoreEstimator estimator() {
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
    return Images.of("landsat7_nir_patches_8x8.csv", COLUMNS, "order of patches");
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    LearningCurves curves = LearningCurves.of(patches(), HELD, counts, estimators, tasks, progress);
    List<Report.Table> tables = new ArrayList<>();
    tables.add(curves.losses());
    if (counts.contains(FEW)) {
      tables.add(few(curves));
    }
    tables.add(gaps(curves));
    return new Report(
        "Held-out score loss of satellite image patches, "
            + HELD
            + " patches held out, 1 = a spherical normal law",
        tables,
        Optional.of(curves.plot("Held-out score loss of 8 x 8 patches of a satellite image")));
  }

  /** Every localized score against every one of all cells. */
  private Report.Table few(LearningCurves curves) {
    List<Report.Row> rows = new ArrayList<>();
    for (Kind local : estimators) {
      for (Kind all : estimators) {
        if (!local.unstructured() && all.unstructured()) {
          Accepted accepted = local == Kind.FIELD ? Accepted.any() : Accepted.below(-3);
          rows.add(curves.excess(local, all, FEW, accepted));
        }
      }
    }
    return LearningCurves.excesses(FEW, rows);
  }

  /** How far a localized score is below the best one of all cells with the same kind of fit. */
  private Report.Table gaps(LearningCurves curves) {
    List<Report.Row> rows = new ArrayList<>();
    List<Double> found = new ArrayList<>();
    for (int c = 0; c < counts.size(); c++) {
      double all = curves.at(Kind.GAUSSIAN, counts.get(c)).mean();
      double local = curves.at(Kind.LOCAL_GAUSSIAN, counts.get(c)).mean();
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
}
