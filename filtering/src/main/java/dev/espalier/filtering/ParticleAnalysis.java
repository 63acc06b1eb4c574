package dev.espalier.filtering;

import dev.espalier.api.Observation;
import dev.espalier.api.Samples;

/**
 * The bootstrap particle filter (Gordon, Salmond and Smith, 1993): members are drawn again by their
 * likelihood, at even places of one random offset.
 *
 * <p>Exact with ever more members, whatever the law. With dynamics without noise equal members stay
 * equal, so few are left in the end; and the members needed grow exponentially with the columns
 * that are observed.
 */
public record ParticleAnalysis() implements Analysis {

  /** {@inheritDoc} The observation is to be linear. */
  @Override
  public Samples given(AnalysisRequest request) {
    Samples forecast = request.forecast();
    Observation.Linear seen = request.linear("a particle filter");
    Cholesky root = Cholesky.of(seen.r(), "noise covariance R");
    double[][] h = seen.h();
    double[] y = seen.y();
    int n = forecast.count();
    double[] weights = new double[n];
    double top = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      double[] member = forecast.row(i);
      double[] gap = y.clone();
      for (int k = 0; k < gap.length; k++) {
        for (int j = 0; j < member.length; j++) {
          gap[k] -= h[k][j] * member[j];
        }
      }
      root.halfSolve(gap);
      for (double each : gap) {
        weights[i] -= 0.5 * each * each;
      }
      top = Math.max(top, weights[i]);
    }
    double total = 0;
    for (int i = 0; i < n; i++) {
      weights[i] = StrictMath.exp(weights[i] - top);
      total += weights[i];
    }
    double offset = request.streams().stream("filtering.offset", 0).nextDouble();
    int[] chosen = new int[n];
    int member = 0;
    double upTo = weights[0];
    for (int i = 0; i < n; i++) {
      double place = (i + offset) / n * total;
      while (upTo < place && member < n - 1) {
        upTo += weights[++member];
      }
      chosen[i] = member;
    }
    return forecast.rows(chosen);
  }
}
