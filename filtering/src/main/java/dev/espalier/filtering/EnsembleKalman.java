package dev.espalier.filtering;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Graph;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The ensemble Kalman filter with perturbed observations (Burgers, van Leeuwen and Evensen, 1998),
 * localised by tapering the covariance of the forecast with distance in a graph (Gaspari and Cohn,
 * 1999, equation 4.10).
 *
 * @param graph which columns are neighbours
 * @param reach the half-width of the taper, in edges: covariances are halved at about 0.85 of it
 *     and gone at twice it; positive, infinite for no taper
 * @param inflation the factor on the deviations of the forecast; finite and at least 1
 */
public record EnsembleKalman(Graph graph, double reach, double inflation) implements Analysis {

  /** Checks the ranges. */
  public EnsembleKalman {
    if (!(reach > 0)) {
      throw new IllegalArgumentException("need a reach > 0, got " + reach);
    }
    Checks.inflation(inflation);
  }

  /** {@inheritDoc} The observation is to be linear. */
  @Override
  public Samples given(AnalysisRequest request) {
    Samples forecast = request.forecast();
    Observation.Linear seen = request.linear("an ensemble Kalman filter");
    int n = forecast.count();
    int d = forecast.columns();
    double[] mean = Moments.of(forecast).mean();
    double[] rows = forecast.toArray();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = inflation * (rows[i] - mean[i % d]);
    }
    double[][] covariance = covariance(rows, n, d);
    double[][] h = seen.h();
    double[][] r = seen.r();
    int m = h.length;
    double[][] gain = new double[d][m];
    for (int j = 0; j < d; j++) {
      for (int k = 0; k < m; k++) {
        gain[j][k] = dot(covariance[j], h[k]);
      }
    }
    double[][] sum = r.clone();
    for (int k = 0; k < m; k++) {
      sum[k] = r[k].clone();
      for (int l = 0; l < m; l++) {
        for (int j = 0; j < d; j++) {
          sum[k][l] += h[k][j] * gain[j][l];
        }
      }
    }
    Cholesky root = Cholesky.of(sum, "covariance of what is observed");
    double[][] noise = noise(request.streams(), Cholesky.of(r, "noise covariance R"), n, m);
    double[] y = seen.y();
    List<double[]> members =
        request
            .tasks()
            .near()
            .map(
                n,
                (i, progress) -> {
                  double[] member = Arrays.copyOfRange(rows, i * d, (i + 1) * d);
                  for (int j = 0; j < d; j++) {
                    member[j] += mean[j];
                  }
                  double[] gap = new double[m];
                  for (int k = 0; k < m; k++) {
                    gap[k] = y[k] + noise[i][k] - dot(h[k], member);
                  }
                  root.solve(gap);
                  for (int j = 0; j < d; j++) {
                    member[j] += dot(gain[j], gap);
                  }
                  return member;
                },
                request.progress());
    return Samples.of(members.toArray(double[][]::new));
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int j = 0; j < one.length; j++) {
      sum += one[j] * other[j];
    }
    return sum;
  }

  /** The covariance of rows around zero, tapered. */
  private double[][] covariance(double[] rows, int n, int d) {
    Adjacency neighbours = graph.over(d);
    double[][] covariance = new double[d][d];
    for (int j = 0; j < d; j++) {
      int[] distances = neighbours.distances(j);
      for (int l = 0; l < d; l++) {
        double taper = taper(distances[l] / reach);
        if (taper > 0) {
          double sum = 0;
          for (int i = 0; i < rows.length; i += d) {
            sum += rows[i + j] * rows[i + l];
          }
          covariance[j][l] = taper * sum / (n - 1);
        }
      }
    }
    return covariance;
  }

  /** The compactly supported correlation function, at a distance in half-widths. */
  static double taper(double z) {
    double square = z * z;
    if (z <= 1) {
      return 1 + square * (-5.0 / 3 + z * (0.625 + z * (0.5 - 0.25 * z)));
    }
    return z >= 2
        ? 0
        : 4 - 5 * z + square * (5.0 / 3 + z * (0.625 + z * (-0.5 + z / 12))) - 2 / (3 * z);
  }

  /** Noise of every member, without its mean. */
  private static double[][] noise(Streams streams, Cholesky root, int n, int m) {
    double[][] noise = new double[n][m];
    double[] mean = new double[m];
    for (int i = 0; i < n; i++) {
      RandomGenerator random = streams.stream("filtering.noise", i);
      for (int k = 0; k < m; k++) {
        noise[i][k] = random.nextGaussian();
      }
      root.times(noise[i]);
      for (int k = 0; k < m; k++) {
        mean[k] += noise[i][k] / n;
      }
    }
    for (double[] each : noise) {
      for (int k = 0; k < m; k++) {
        each[k] -= mean[k];
      }
    }
    return noise;
  }
}
