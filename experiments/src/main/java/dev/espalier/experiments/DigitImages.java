package dev.espalier.experiments;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.network.Network;
import dev.espalier.plugins.gmm.CovarianceKind;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.subspace.Subspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Handwritten digits of 8 × 8 cells: what a law of few directions, with a normal law of its own off
 * them, gains over scores of all cells, by the number of images to learn from.
 *
 * @param counts the numbers of rows, rising
 * @param estimators to compare
 */
record DigitImages(List<Integer> counts, List<Kind> estimators) implements Experiment {

  private static final int COLUMNS = 64;
  private static final int HELD = 597;
  private static final int STEPS = 1000;
  private static final int FEW = 300;
  private static final int RANK = 16;
  private static final int COMPONENTS = 20;

  /** What is compared. */
  enum Kind implements LearningCurves.Learner {
    GAUSSIAN("gaussian()"),
    NETWORK("network([64,64])"),
    WIDE_NETWORK("network([256,256])"),
    EVEN("subspace(auto, inner=gaussian())"),
    MIXTURE("subspace(16, residual=normal, inner=gmm(20, tied))"),
    COORDINATES("subspace(16, residual=normal, inner=network([64,64]))");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }

    private boolean unstructured() {
      return this == GAUSSIAN || this == NETWORK || this == WIDE_NETWORK;
    }

    @Override
    public ScoreEstimator estimator() {
      Subspace near = Subspace.rank(RANK).residual(Subspace.Residual.NORMAL);
      Network narrow = Network.hidden(64, 64).steps(STEPS);
      return switch (this) {
        case GAUSSIAN -> new Gaussian();
        case NETWORK -> narrow;
        case WIDE_NETWORK -> Network.hidden(256, 256).steps(STEPS);
        case EVEN -> Subspace.chosen().around(new Gaussian());
        case MIXTURE -> near.around(Gmm.components(COMPONENTS).withCovariance(CovarianceKind.TIED));
        case COORDINATES -> near.around(narrow);
      };
    }
  }

  static DigitImages full() {
    return new DigitImages(List.of(100, FEW, 1200), List.of(Kind.values()));
  }

  @Override
  public String name() {
    return "digits";
  }

  @Override
  public String summary() {
    return "scores of handwritten digits near a subspace, beside scores of all cells";
  }

  /** All images in an order of their own. */
  static Samples images() {
    return Images.of("digits_8x8.csv", COLUMNS, "order of digits");
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    LearningCurves curves = LearningCurves.of(images(), HELD, counts, estimators, tasks, progress);
    List<Report.Table> tables = new ArrayList<>();
    tables.add(curves.losses());
    for (int count : counts) {
      List<Report.Row> rows = new ArrayList<>();
      for (Kind near : estimators) {
        for (Kind all : estimators) {
          if (!near.unstructured() && all.unstructured()) {
            double most = all == Kind.GAUSSIAN ? -3 : -2;
            boolean promised = near == Kind.MIXTURE && count == FEW;
            Accepted accepted = promised ? Accepted.below(most) : Accepted.any();
            rows.add(curves.excess(near, all, count, accepted));
          }
        }
      }
      tables.add(LearningCurves.excesses(count, rows));
    }
    return new Report(
        "Held-out score loss of handwritten digits, "
            + HELD
            + " images held out, 1 = a spherical normal law",
        tables,
        Optional.of(curves.plot("Held-out score loss of 8 x 8 handwritten digits")));
  }
}
