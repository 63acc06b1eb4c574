package dev.espalier.samplers;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;

/** Where rows start at the first, noisiest level {@code (a, b)}. */
public enum Start {

  /**
   * Normal around {@code a} times the mean of the law, with variance {@code a² + b}: right to the
   * order of {@code a²} for rows of about unit variance. The mean is the posterior mean of a row of
   * zeros.
   */
  MEAN,

  /**
   * Normal around zero with variance {@code a² + b}, as variance-preserving analyses have it. A law
   * that is not centred keeps an error of {@code a²} times its mean.
   */
  ZERO;

  /** Rows at the first level. */
  double[] rows(Score score, NoiseLevel first, DrawRequest.Rows rows, Streams streams) {
    int columns = score.columns();
    double deviation = Math.sqrt(first.a() * first.a() + first.b());
    double[] mean = new double[columns];
    if (this == MEAN) {
      score.posteriorMean(first, new double[columns], mean);
    }
    double[] x = new double[rows.count() * columns];
    Move.normals(Blocks.streams(rows, streams, "samplers.start"), x);
    for (int i = 0; i < x.length; i++) {
      x[i] = first.a() * mean[i % columns] + deviation * x[i];
    }
    return x;
  }
}
