package dev.espalier.plugins.gmm;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Fits a Gaussian mixture by expectation maximisation; its score is known in closed form.
 *
 * <p>Columns are divided by their deviations first, so that the result follows any change of their
 * units; {@link CovarianceKind#SPHERICAL} divides all columns by one number instead. Every number
 * of components is started {@code restarts} times by k-means; each start gets ten steps of EM, and
 * the most likely one goes on. What is left open, the number of components or the kind of
 * covariance, is chosen by BIC after at most 50 steps; the scan over components leaves out a kind
 * once its BIC has not improved three times in a row or it can no longer catch up with the best.
 * The notes of the fitted score hold every BIC. Components on fewer rows than their covariance
 * needs are discounted by the most that their collapse could have added to the likelihood.
 *
 * <p>Weights of rows count as frequencies: a row of weight 3 is three rows. Missing cells are taken
 * as missing at random, exactly: a row counts by the marginal density of what was observed. Columns
 * that never vary stay at their value.
 *
 * @param components how many, at least 1; {@code auto} tries 1 to 10, with at least 10 rows each
 * @param covariance the shape of the covariance matrices
 * @param rank how many factors, where the covariance is {@link CovarianceKind#LOWRANK}
 * @param restarts how many starts, at least 1
 * @param iterations the most steps of EM, at least 1
 * @param tolerance EM stops when the log-likelihood a row rises by less than this share of it
 * @param floor the least variance in any direction, relative to the variance of the columns
 */
public record Gmm(
    @Setting(value = "auto", help = "components: auto, a number >= 1, or a range like 1..20 (BIC)")
        Size components,
    @Setting(
            value = "auto",
            help =
                "full, tied, diagonal, spherical, lowrank, or auto (full, tied, diagonal by BIC)")
        CovarianceKind covariance,
    @Setting(value = "auto", help = "factors of lowrank covariances: auto, a number or a range")
        Size rank,
    @Setting(value = "3", help = "starts for every number of components, >= 1") int restarts,
    @Setting(value = "200", help = "most steps of EM, >= 1") int iterations,
    @Setting(value = "1e-6", help = "stop at this relative rise of the log-likelihood a row, >= 0")
        double tolerance,
    @Setting(value = "1e-6", help = "least variance relative to the columns' variances, in (0, 1)")
        double floor)
    implements ScoreEstimator {

  /** Multiply-adds a second that the estimate of the cost counts on. */
  private static final double RATE = 4e9;

  /** The time of a multiply-add of a dense covariance, as a share of one elsewhere. */
  private static final double DENSE = 0.25;

  private static final int MOST_COMPONENTS = 10;
  private static final int MOST_FACTORS = 8;
  private static final int ROWS_PER_COMPONENT = 10;

  /** Checks the ranges. */
  public Gmm {
    if (!(components.low() >= 1 || components.equals(Size.AUTO))) {
      throw new IllegalArgumentException("need components >= 1, got " + components);
    }
    if (!(rank.low() >= 1 || rank.equals(Size.AUTO))) {
      throw new IllegalArgumentException("need rank >= 1, got " + rank);
    }
    if (!(restarts >= 1 && iterations >= 1)) {
      throw new IllegalArgumentException(
          "need restarts >= 1 and iterations >= 1, got " + restarts + " and " + iterations);
    }
    if (!(tolerance >= 0 && tolerance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite tolerance >= 0, got " + tolerance);
    }
    if (!(floor > 0 && floor < 1)) {
      throw new IllegalArgumentException("need 0 < floor < 1, got " + floor);
    }
  }

  /** A mixture with a number of components that is given or chosen; all else as by default. */
  public static Gmm components(Size components) {
    return new Gmm(components, CovarianceKind.AUTO, Size.AUTO, 3, 200, 1e-6, 1e-6);
  }

  /** A mixture of {@code components} components; all else as by default. */
  public static Gmm components(int components) {
    return components(Size.of(components));
  }

  /** This with another shape of the covariance matrices. */
  public Gmm withCovariance(CovarianceKind covariance) {
    return new Gmm(components, covariance, rank, restarts, iterations, tolerance, floor);
  }

  /** This with covariances of so many factors, {@link CovarianceKind#LOWRANK}. */
  public Gmm withRank(Size rank) {
    return new Gmm(
        components, CovarianceKind.LOWRANK, rank, restarts, iterations, tolerance, floor);
  }

  /** This with another number of starts. */
  public Gmm withRestarts(int restarts) {
    return new Gmm(components, covariance, rank, restarts, iterations, tolerance, floor);
  }

  /** This with another bound on the steps of EM. */
  public Gmm withIterations(int iterations) {
    return new Gmm(components, covariance, rank, restarts, iterations, tolerance, floor);
  }

  /** This with another tolerance of the stop rule. */
  public Gmm withTolerance(double tolerance) {
    return new Gmm(components, covariance, rank, restarts, iterations, tolerance, floor);
  }

  /** This with another floor of the variances. */
  public Gmm withFloor(double floor) {
    return new Gmm(components, covariance, rank, restarts, iterations, tolerance, floor);
  }

  /**
   * Fits the rows; the score is a {@link GaussianMixture}.
   *
   * @throws dev.espalier.api.InvalidDataException if there is no row, or a column without any
   *     observed cell
   */
  @Override
  public Score fit(FitRequest request) {
    Rows rows = Rows.of(request, covariance == CovarianceKind.SPHERICAL);
    List<String> notes = new ArrayList<>();
    describe(rows, notes);
    if (rows.columns() == 0) {
      return Assembly.constant(rows).withNotes(notes);
    }
    int low = low();
    int high = Math.min(high(rows.total()), Math.max(low, rows.count()));
    if (low > rows.count()) {
      notes.add("need at least " + low + " rows for " + low + " components, got " + rows.count());
      low = rows.count();
      high = low;
    }
    Search search = new Search(this, request, rows);
    Search.Candidate chosen = search.run(low, high, forms(rows.columns(), rows.total()));
    describe(rows, search, chosen, notes);
    return Assembly.of(chosen.result().mixture(), rows).withNotes(notes);
  }

  int low() {
    return components.equals(Size.AUTO) ? 1 : components.low();
  }

  int high(double total) {
    return components.equals(Size.AUTO)
        ? (int) Math.max(1, Math.min(MOST_COMPONENTS, total / ROWS_PER_COMPONENT))
        : components.high();
  }

  /** The forms to try; with fewer rows than columns no covariance can be told from them. */
  List<Form> forms(int columns, double total) {
    return switch (covariance) {
      case AUTO -> {
        Form diagonal = new Form(CovarianceKind.DIAGONAL, 0);
        yield total < columns + 1
            ? List.of(diagonal)
            : List.of(new Form(CovarianceKind.FULL, 0), new Form(CovarianceKind.TIED, 0), diagonal);
      }
      case LOWRANK -> ranks(columns);
      default -> List.of(new Form(covariance, 0));
    };
  }

  /** The ranks to try: those given, else powers of two as far as the factors are identified. */
  private List<Form> ranks(int columns) {
    List<Form> forms = new ArrayList<>();
    if (rank.equals(Size.AUTO)) {
      for (int r = 1; r == 1 || r <= MOST_FACTORS && identified(columns, r); r *= 2) {
        forms.add(new Form(CovarianceKind.LOWRANK, r));
      }
    } else {
      int most = Math.max(1, columns - 1);
      for (int r = Math.min(rank.low(), most); r <= Math.min(rank.high(), most); r++) {
        forms.add(new Form(CovarianceKind.LOWRANK, r));
      }
    }
    return forms;
  }

  /** Whether {@code r} factors are told by a covariance (Ledermann 1937). */
  private static boolean identified(double columns, int r) {
    return columns > r && (columns - r) * (columns - r) >= columns + r;
  }

  private void describe(Rows rows, List<String> notes) {
    int constant = rows.allColumns() - rows.columns();
    if (rows.columns() == 0) {
      notes.add("no column varies, so the law is a single point");
    } else if (constant > 0) {
      notes.add(
          constant == 1
              ? "1 column never varies and stays at its value"
              : constant + " columns never vary and stay at their values");
    }
    if (rows.empty() > 0) {
      notes.add(rows.empty() + " of the rows have no observed cell and were left out");
    }
    if (rows.incomplete() > 0) {
      notes.add(
          rows.incomplete()
              + " of the rows have missing cells, taken as missing at random given the others");
    }
  }

  private void describe(Rows rows, Search search, Search.Candidate chosen, List<String> notes) {
    Em.Result result = chosen.result();
    Mixture mixture = result.mixture();
    String table = search.table(chosen);
    if (!table.isEmpty()) {
      notes.add(table);
    }
    int count = mixture.components();
    if (count < chosen.components()) {
      notes.add(
          "only "
              + count
              + " of "
              + chosen.components()
              + " components have rows of their own; the others were dropped");
    }
    if (!result.converged()) {
      double rise =
          result.history().get(result.iterations())
              - result.history().get(Math.max(0, result.iterations() - 1));
      notes.add(
          String.format(
              Locale.ROOT,
              "EM stopped after %d steps while the log-likelihood still rose by %.2g a row, to"
                  + " %.6g; more iterations would fit closer",
              iterations,
              rise,
              (result.logLikelihood() - rows.logScale()) / rows.total()));
    }
    if (mixture.floored() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "the variance floor of %s of the columns' variances acts on %d of %d components",
              Double.toString(floor),
              mixture.floored(),
              count));
    }
    if (result.thin() > 0) {
      notes.add(
          result.thin()
              + " of "
              + count
              + " components rest on fewer rows than a "
              + mixture.form()
              + " covariance needs; use fewer components or a simpler covariance");
    }
  }

  @Override
  public Cost cost(FitRequest request) {
    double n = request.rows().count();
    int d = request.rows().columns();
    int low = low();
    double high = Math.max(low, Math.min(high(request.totalWeight()), n));
    double last = Math.min(high, low + Search.USUAL);
    double gaps = incomplete(request.rows());
    double work = 0;
    for (Form form : forms(d, request.totalWeight())) {
      double row = form.dense() ? DENSE * d * d : 2.0 * d;
      double gap = form.dense() ? (double) d * d * (d / 3.0 + 1) : 0;
      for (int k = low; k <= last; k++) {
        double steps = Math.min(iterations, 50) + restarts * (double) Em.TRIAL;
        work += k * steps * (n * (row + 100) + gaps * gap);
      }
    }
    double sums = form(d) * high * 33 * 8;
    return new Cost(work / RATE, (long) (2 * 8 * n * d + sums));
  }

  /** How many rows have a missing cell. */
  private static int incomplete(Samples rows) {
    if (!rows.hasMissing()) {
      return 0;
    }
    int count = 0;
    for (int i = 0; i < rows.count(); i++) {
      boolean gap = false;
      for (int j = 0; j < rows.columns() && !gap; j++) {
        gap = Double.isNaN(rows.get(i, j));
      }
      count += gap ? 1 : 0;
    }
    return count;
  }

  /** The numbers summed for every component. */
  private double form(int d) {
    boolean dense = covariance != CovarianceKind.DIAGONAL && covariance != CovarianceKind.SPHERICAL;
    return dense ? d * (d + 3) / 2.0 : 2.0 * d;
  }
}
