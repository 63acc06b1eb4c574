package dev.espalier.plugins.gmm;

import java.io.Serializable;

/** The sums over rows that the M-step needs, and the log-likelihood found on the way. */
final class Moments implements Serializable {
  private static final long serialVersionUID = 1;

  private double logLikelihood;
  private final double[] masses;

  /** For every component its features, in tiles. */
  private final double[][][] sums;

  /** Products summed over all components: one sum where covariances are tied, else none. */
  private final double[][][] pooled;

  Moments(int components, Features features, boolean tied) {
    masses = new double[components];
    sums = new double[components][][];
    for (int k = 0; k < components; k++) {
      sums[k] = features.sums();
    }
    pooled = new double[tied ? 1 : 0][][];
    if (tied) {
      pooled[0] = new Features(Features.Order.PRODUCTS, features.columns()).sums();
    }
  }

  double logLikelihood() {
    return logLikelihood;
  }

  void addLogLikelihood(double value) {
    logLikelihood += value;
  }

  int components() {
    return masses.length;
  }

  /** The total responsibility of a component. */
  double mass(int k) {
    return masses[k];
  }

  void addMass(int k, double value) {
    masses[k] += value;
  }

  double[][] sums(int k) {
    return sums[k];
  }

  /** One tile of the sums of every component. */
  double[][] tile(int tile) {
    double[][] sums = new double[this.sums.length][];
    for (int k = 0; k < sums.length; k++) {
      sums[k] = this.sums[k][tile];
    }
    return sums;
  }

  double[][] pooled() {
    return pooled[0];
  }

  /** Adds another block's sums. */
  void add(Moments other) {
    logLikelihood += other.logLikelihood;
    for (int k = 0; k < masses.length; k++) {
      masses[k] += other.masses[k];
      add(sums[k], other.sums[k]);
    }
    for (int i = 0; i < pooled.length; i++) {
      add(pooled[i], other.pooled[i]);
    }
  }

  static void add(double[][] into, double[][] from) {
    for (int t = 0; t < into.length; t++) {
      Kernels.add(into[t].length, into[t], 1, from[t]);
    }
  }
}
