package dev.espalier.plugins.subspace;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The directions off a subspace in which a normal law of the rows has uncorrelated coordinates.
 *
 * <p>Their variances are as if one more row had been seen that is at the average of all of them in
 * each, the prior that is worth one row (Kass and Wasserman 1995). So no direction is taken for
 * certain in which the rows happen not to vary, and of many rows nothing is changed.
 *
 * @param whole the directions of the subspace, then these
 * @param variances along these, greatest first, in a list that is as long as there are any
 */
record Complement(Frame whole, List<Double> variances) {

  /** From the shrunk covariance of the rows; the frame has less directions than columns. */
  static Complement of(Frame frame, FitRequest request) {
    int d = frame.columns();
    int r = frame.rank();
    GaussianMixture normal = (GaussianMixture) new Gaussian().fit(request);
    double[][] matrix = normal.components().get(0).covariance().matrix();
    double trace = 0;
    for (int j = 0; j < d; j++) {
      trace += matrix[j][j];
    }
    for (double[] direction : frame.directions()) {
      clear(direction, matrix);
    }
    // The directions of the subspace come first, far above all others.
    double above = trace > 0 ? 2 * trace : 1;
    for (double[] direction : frame.directions()) {
      for (int i = 0; i < d; i++) {
        Vectors.add(above * direction[i], direction, matrix[i]);
      }
    }
    Symmetric found = Symmetric.of(matrix);
    double[][] directions = Arrays.copyOf(frame.directions(), d);
    double even = 0;
    for (int k = r; k < d; k++) {
      even += Math.max(0, found.value(k)) / (d - r);
    }
    double rows = request.rows().count();
    Double[] variances = new Double[d - r];
    for (int k = r; k < d; k++) {
      directions[k] = found.vector(k).clone();
      Vectors.orthonormalise(directions, k);
      variances[k - r] = (rows * Math.max(0, found.value(k)) + even) / (rows + 1);
    }
    return new Complement(Frame.of(frame.mean(), directions), List.of(variances));
  }

  /** Replaces a symmetric S by {@code (I − vvᵀ)·S·(I − vvᵀ)}. */
  private static void clear(double[] v, double[][] matrix) {
    double[] product = Vectors.product(matrix, v);
    double twice = Vectors.dot(v, product);
    for (int i = 0; i < v.length; i++) {
      Vectors.add(-v[i], product, matrix[i]);
      Vectors.add(twice * v[i] - product[i], v, matrix[i]);
    }
  }

  /**
   * The law of all coordinates: one of those in the subspace, if there are any, and normal ones.
   */
  Score beside(@Nullable Score law) {
    double[] off = variances.stream().mapToDouble(each -> each).toArray();
    return law == null
        ? GaussianMixture.of(
            List.of(Component.of(1, new double[off.length], Covariance.diagonal(off))))
        : new Beside(law, off);
  }

  /** The greatest and the least deviation, in words. */
  String text() {
    return "deviations are from "
        + Numbers.text(Math.sqrt(variances.get(0)))
        + " to "
        + Numbers.text(Math.sqrt(variances.get(variances.size() - 1)));
  }
}
