package dev.espalier.estimators.closedform;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One normal law with the rows' mean and shrunk covariance: the baseline for everything else.
 *
 * <p>Columns are divided by their standard deviations before the covariance is shrunk and
 * multiplied back afterwards, so that shrinkage acts on correlations alone and variances stay what
 * they are. A column that is constant stays so. Missing cells are accounted for by expectation and
 * maximisation, exactly: each row adds the conditional moments given the cells it has, under the
 * shrunk law. The fit is a {@link GaussianMixture} of one component.
 *
 * <p>Work is of the order of n·d² + d³, and with missing cells of d² to d³ for every different set
 * of missing columns in every round.
 *
 * @param shrinkage how far correlations are drawn towards 0
 */
public record Gaussian(
    @Setting(
            value = "ledoitwolf",
            help = "how far correlations are drawn to 0: ledoitwolf, oas or none")
        Shrinkage shrinkage)
    implements ScoreEstimator {

  private static final int LISTED = 8;

  /** With the shrinkage of Ledoit and Wolf. */
  public Gaussian() {
    this(Shrinkage.LEDOITWOLF);
  }

  /** Rules for the share of the identity in a correlation matrix. */
  public enum Shrinkage {
    /** Ledoit and Wolf, "A well-conditioned estimator for large-dimensional covariances", 2004. */
    LEDOITWOLF,

    /**
     * Oracle approximating shrinkage: Chen, Wiesel, Eldar and Hero 2010, eq. 23, without its terms
     * in 2/d.
     */
    OAS,

    /** The plain maximum-likelihood covariance. */
    NONE;

    /**
     * The share, in [0, 1].
     *
     * @param moments the second moments S of the rows
     * @param fourth the mean of the squared norms of the matrices of which S is the mean
     * @param count the number of rows
     */
    double share(double[][] moments, double fourth, double count) {
      int d = moments.length;
      if (this == NONE || d == 1) {
        return 0;
      }
      double trace = 0;
      double square = 0;
      for (int i = 0; i < d; i++) {
        trace += moments[i][i];
        square += Products.dot(moments[i], moments[i], d);
      }
      double mean = trace / d;
      double share;
      if (this == OAS) {
        double mass = square / d / d;
        share = (mass + mean * mean) / ((count + 1) * (mass - mean * mean / d));
      } else {
        double spread = square / d - mean * mean;
        share = Math.max(0, fourth - square) / (d * count) / spread;
      }
      // Moments that are a multiple of the identity are their own target, at any share.
      return share >= 0 && share < 1 ? share : 1;
    }
  }

  @Override
  public Score fit(FitRequest request) {
    Samples rows = request.rows();
    int d = rows.columns();
    Moments moments = Moments.of(request);
    Moments.Columns columns = moments.columns();
    double[] means = columns.means();
    double[] deviations = columns.deviations();
    List<String> notes = new ArrayList<>();
    int[] varying = varying(deviations);
    if (varying.length < d) {
      notes.add(
          rows.count() == 1
              ? "there is one row, so every column is constant"
              : constants(deviations, d - varying.length));
    }
    if (varying.length == 0) {
      Covariance covariance = Covariance.diagonal(new double[d]);
      return GaussianMixture.of(List.of(Component.of(1, means, covariance))).withNotes(notes);
    }
    double[][] correlations;
    double share;
    if (rows.hasMissing()) {
      MissingCells.Fit fit =
          MissingCells.fit(request, shrinkage, varying, moments.weights(), columns);
      correlations = fit.moments();
      share = fit.share();
      for (int i = 0; i < varying.length; i++) {
        means[varying[i]] += deviations[varying[i]] * fit.shift(i);
      }
      notes.add(fit.note());
    } else {
      Moments.Joint joint = moments.joint(varying, means, deviations);
      correlations = joint.moments();
      share = shrinkage.share(correlations, joint.fourth(), moments.effectiveCount());
    }
    if (shrinkage != Shrinkage.NONE) {
      notes.add("correlations are shrunk by " + Math.rint(share * 1e4) / 1e4);
    }
    double[][] matrix = new double[d][d];
    shrink(correlations, share);
    for (int i = 0; i < varying.length; i++) {
      for (int j = 0; j < varying.length; j++) {
        matrix[varying[i]][varying[j]] =
            correlations[i][j] * deviations[varying[i]] * deviations[varying[j]];
      }
    }
    return GaussianMixture.of(List.of(Component.of(1, means, Covariance.full(matrix))))
        .withNotes(notes);
  }

  @Override
  public Cost cost(FitRequest request) {
    double n = request.rows().count();
    double d = request.rows().columns();
    double work = n * d * d + 20 * d * d * d;
    double patterns = request.rows().hasMissing() ? MissingCells.patterns(request.rows()) : 0;
    double rounds = 50 * patterns * d * d * (8 + d / 8);
    return new Cost((work + rounds) / 4e9, (long) (8 * (24 * d * d + 3 * n * d)));
  }

  /** The columns of positive deviation. */
  static int[] varying(double[] deviations) {
    int[] varying = new int[deviations.length];
    int count = 0;
    for (int j = 0; j < deviations.length; j++) {
      if (deviations[j] > 0) {
        varying[count++] = j;
      }
    }
    return Arrays.copyOf(varying, count);
  }

  static String constants(double[] deviations, int count) {
    List<Integer> found = new ArrayList<>();
    for (int j = 0; j < deviations.length && found.size() < LISTED; j++) {
      if (deviations[j] == 0) {
        found.add(j);
      }
    }
    return "constant columns stay constant: "
        + found.stream().map(String::valueOf).collect(Collectors.joining(", "))
        + (count > LISTED ? " and " + (count - LISTED) + " more" : "");
  }

  /** Replaces S by {@code (1 − share)·S + share·(tr S/d)·I}. */
  static void shrink(double[][] moments, double share) {
    int d = moments.length;
    double trace = 0;
    for (int i = 0; i < d; i++) {
      trace += moments[i][i];
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        moments[i][j] *= 1 - share;
      }
      moments[i][i] += share * (trace / d);
    }
  }
}
