package dev.espalier.plugins.subspace;

import dev.espalier.api.Cost;
import dev.espalier.api.DirectionEstimator;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.Structure;
import dev.espalier.estimators.closedform.Gaussian;
import java.util.ArrayList;
import java.util.List;

/**
 * The assumption that rows lie near a linear subspace (arXiv 2302.07194): an inner score of the
 * coordinates in it, lifted.
 *
 * <p>A row is {@code mean + V·z + e}, V the directions of greatest variance of the clean rows, z
 * with any law, e normal off the subspace with one variance in every direction, independent of z.
 * The inner estimator learns the law of the coordinates. Density, curvature, direct draws and
 * conditioning are lifted exactly where the inner score has them. At rank 0 the law is one
 * spherical normal law; at the rank of all columns it is that of the inner estimator on the rows as
 * they are, bit for bit.
 *
 * <p>A rank that is not fixed is chosen by the loss of held-out rows: {@link
 * dev.espalier.api.ScoreLoss} of the score with normal coordinates, relative to that of a spherical
 * law, over seven noise levels. The least rank within two standard errors of the best (of the
 * paired differences) is taken; rows are held out by the seed unless the request holds out some.
 *
 * <p>Work grows with rows × columns × rank; no matrix of columns × columns is formed unless there
 * are few columns.
 *
 * <p>{@code residual=normal} lets e have the covariance that {@link Gaussian} finds, its
 * correlations shrunk, cut to the directions off the subspace, and as if one more row had been seen
 * that is average in each of them: right for columns that vary little, also where few rows do not
 * vary at all in columns that others do. Then a matrix of columns × columns is formed, and the rank
 * has to be given: with normal coordinates the law is about the same at every rank.
 *
 * <p>{@code learn=joint} moves V on from there, together with a score of the coordinates that an
 * inner {@link DirectionEstimator} such as a network learns, to where noisy coordinates tell most
 * of a row. On rows in a subspace that is the same subspace; else it may be another where the law
 * of the coordinates is far from normal.
 *
 * @param rank the dimension of the subspace
 * @param learn how the directions are learned
 * @param residual the law of what is off the subspace
 */
public record Subspace(
    @Setting(
            value = "auto",
            help = "dimension of the subspace: a number, a range such as 1..20, or auto")
        Size rank,
    @Setting(
            value = "pca",
            help = "directions: pca, of greatest variance, or joint, with the inner network")
        Learn learn,
    @Setting(
            value = "isotropic",
            help =
                "off the subspace: isotropic, one variance, or normal, a shrunk covariance; rank"
                    + " given")
        Residual residual)
    implements Structure {

  /** How directions are learned. */
  public enum Learn {
    /** In closed form: the directions of greatest variance. */
    PCA,
    /** From there on, together with the inner estimator. */
    JOINT
  }

  /** The law of what is off the subspace; normal, and independent of the coordinates. */
  public enum Residual {
    /** One variance in every direction. */
    ISOTROPIC,
    /** The covariance of a normal law of the rows, off the subspace. */
    NORMAL
  }

  /** Checks that a rank is given where it cannot be chosen. */
  public Subspace {
    if (residual == Residual.NORMAL && !rank.fixed()) {
      throw new IllegalArgumentException(
          "need a number for the rank with residual=normal, where held-out rows do not tell ranks"
              + " apart, got rank="
              + rank);
    }
  }

  /** A subspace of exactly this dimension, at least 0. */
  public static Subspace rank(int rank) {
    return new Subspace(Size.of(rank), Learn.PCA, Residual.ISOTROPIC);
  }

  /** A subspace of a dimension that is chosen by held-out rows. */
  public static Subspace chosen() {
    return new Subspace(Size.AUTO, Learn.PCA, Residual.ISOTROPIC);
  }

  /** This subspace with directions learned in another way. */
  public Subspace learn(Learn learn) {
    return new Subspace(rank, learn, residual);
  }

  /** This subspace with another law off it. */
  public Subspace residual(Residual residual) {
    return new Subspace(rank, learn, residual);
  }

  /**
   * Finds the subspace and fits {@code inner} to the coordinates.
   *
   * @throws InvalidDataException if a cell is missing, the rank exceeds the number of columns, or
   *     there are too few rows to choose a rank
   * @throws IllegalArgumentException if directions are to be learned jointly and the inner
   *     estimator cannot
   */
  @Override
  public Score fit(FitRequest request, ScoreEstimator inner) {
    request.progress().check();
    Samples rows = request.rows();
    int d = rows.columns();
    need(rows);
    if (rank.low() > d) {
      throw new InvalidDataException(
          "need a rank of at most " + d + ", the number of columns, got " + rank);
    }
    List<String> notes = new ArrayList<>();
    int chosen = rank.low();
    if (!rank.fixed()) {
      RankChoice choice =
          RankChoice.of(request.withProgress(request.progress().part(0, 0.3)), rank);
      chosen = choice.rank();
      notes.addAll(choice.notes());
    }
    if (chosen == d) {
      return SubspaceScore.of(Frame.whole(d), 0, inner.fit(request), notes);
    }
    Directions directions =
        Directions.of(request.withProgress(request.progress().part(0.3, 0.5)), chosen);
    if (directions.count() < chosen) {
      notes.add(
          "the rows vary in "
              + directions.count()
              + " directions only, so the rank is that instead of "
              + chosen);
      chosen = directions.count();
    }
    if (learn == Learn.JOINT && chosen > 0) {
      directions =
          joint(directions, request.withProgress(request.progress().part(0.5, 0.7)), inner, chosen);
    }
    Frame frame = directions.frame(chosen);
    Score law =
        chosen == 0
            ? null
            : law(
                frame,
                request.withProgress(request.progress().part(learn == Learn.JOINT ? 0.7 : 0.5, 1)),
                inner);
    if (residual == Residual.NORMAL) {
      Complement complement = Complement.of(frame, request);
      notes.add(explained(directions, chosen) + complement.text());
      return SubspaceScore.of(complement.whole(), 0, complement.beside(law), notes);
    }
    double variance = directions.offSubspace(rows, request, chosen);
    String deviation = Numbers.text(Math.sqrt(variance));
    notes.add(
        explained(directions, chosen) + "the deviation is " + deviation + " in every direction");
    return SubspaceScore.of(frame, variance, law, notes);
  }

  /** The inner score of the coordinates. */
  private static Score law(Frame frame, FitRequest request, ScoreEstimator inner) {
    Samples validation =
        request.validation().map(held -> coordinates(frame, complete(held))).orElse(null);
    return inner.fit(request.withRows(coordinates(frame, request.rows()), validation));
  }

  private static Directions joint(
      Directions directions, FitRequest request, ScoreEstimator inner, int rank) {
    if (!(inner instanceof DirectionEstimator learner)) {
      throw new IllegalArgumentException(
          "need an inner estimator that can learn directions for learn=joint, such as network(),"
              + " got "
              + inner
              + ". Use learn=pca");
    }
    Samples found = learner.fitDirections(request, Samples.of(directions.frame(rank).directions()));
    double[][] basis = new double[found.count()][];
    for (int k = 0; k < basis.length; k++) {
      basis[k] = found.row(k);
    }
    return directions.along(request, basis);
  }

  private static void need(Samples rows) {
    if (rows.count() == 0) {
      throw new InvalidDataException("need at least one row to find a subspace, got none");
    }
    complete(rows);
  }

  private static Samples complete(Samples rows) {
    if (rows.hasMissing()) {
      throw new InvalidDataException(
          "need complete rows to find a subspace, got missing cells. Fill them first, drop the"
              + " rows that have them, or use an estimator that copes, such as gmm()");
    }
    return rows;
  }

  private static String explained(Directions directions, int rank) {
    double along = 0;
    for (int k = 0; k < rank; k++) {
      along += directions.variance(k);
    }
    double share = directions.total() > 0 ? Math.min(1, along / directions.total()) : 0;
    return rank
        + " directions have "
        + Math.rint(share * 1e4) / 1e2
        + " % of the variance; off them ";
  }

  /** The coordinates of rows, with their labels. */
  static Samples coordinates(Frame frame, Samples rows) {
    int r = frame.rank();
    double[] all = new double[Math.multiplyExact(rows.count(), r)];
    for (int i = 0; i < rows.count(); i++) {
      System.arraycopy(frame.project(1, rows.row(i)), 0, all, i * r, r);
    }
    return Samples.of(r, all).withLabels(rows.labels());
  }

  /** The time for the directions, and that of the inner estimator on as many columns. */
  @Override
  public Cost cost(FitRequest request, ScoreEstimator inner) {
    Samples rows = request.rows();
    double n = rows.count();
    double d = rows.columns();
    int most = (int) Math.min(rank.high(), Math.min(d, RankChoice.MOST));
    double least = Math.min(n, d);
    boolean few = least <= Directions.FEW;
    double passes = few ? least : 40.0 * (most + 10);
    double seconds = (n * d * passes + (few ? 20 * least * least * least : 0)) / 1e9;
    long bytes = (long) (8 * (few ? 20 * least * least : 20 * d * (most + 10.0)));
    if (residual == Residual.NORMAL) {
      Cost normal = new Gaussian().cost(request);
      seconds += normal.seconds();
      bytes = Math.max(bytes, normal.bytes());
    }
    if (most == 0) {
      return new Cost(seconds, bytes);
    }
    int[] columns = new int[most];
    for (int k = 0; k < most; k++) {
      columns[k] = k;
    }
    Samples validation = request.validation().map(held -> held.columns(columns)).orElse(null);
    Cost cost = inner.cost(request.withRows(rows.columns(columns), validation));
    double times = learn == Learn.JOINT ? 4 : 1;
    return new Cost(seconds + times * cost.seconds(), Math.max(bytes, cost.bytes()));
  }
}
