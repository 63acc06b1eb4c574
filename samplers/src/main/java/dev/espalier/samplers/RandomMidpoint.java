package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;

/**
 * The probability-flow equation by randomised midpoints (Shen and Lee, 2019; Gupta, Cai and Chen,
 * 2024), with two evaluations a step.
 *
 * <p>A step takes the posterior mean at a random place within it, {@code x' = √(b'/b)·x + (a' −
 * a·√(b'/b))·m}, which is right on average: the place is one of the eight nodes of Gauss's rule, by
 * its weight in the exact integral, so that rows at one place are evaluated together. Rows get
 * there by {@link Euler}, as they do from a level without signal and to the data.
 */
public record RandomMidpoint() implements Stepper {
  private static final Euler EULER = new Euler();

  @Override
  public int order() {
    return 2;
  }

  @Override
  public void step(Move move, double[] x, double[] out) {
    NoiseLevel from = move.from();
    NoiseLevel to = move.to();
    if (from.a() == 0 || to.b() == 0) {
      EULER.step(move, x, out);
      return;
    }
    int[] places = places(move.uniforms(), Levels.length(from, to));
    int columns = move.score().columns();
    double[] mean = new double[x.length];
    move.score().posteriorMean(from, x, mean);
    Affine.Factors whole = EULER.factors(from, to);
    for (int k = 0; k < Gauss.NODES; k++) {
      int count = 0;
      for (int place : places) {
        count += place == k ? 1 : 0;
      }
      if (count == 0) {
        continue;
      }
      NoiseLevel level = Levels.between(from, to, Gauss.node(k));
      Affine.Factors part = EULER.factors(from, level);
      double[] there = new double[count * columns];
      double[] means = new double[count * columns];
      for (int i = 0, at = 0; i < places.length; i++) {
        for (int j = i * columns; places[i] == k && j < (i + 1) * columns; j++) {
          there[at++] = part.keep() * x[j] + part.pull() * mean[j];
        }
      }
      move.score().posteriorMean(level, there, means);
      for (int i = 0, at = 0; i < places.length; i++) {
        for (int j = i * columns; places[i] == k && j < (i + 1) * columns; j++) {
          out[j] = whole.keep() * x[j] + whole.pull() * means[at++];
        }
      }
    }
  }

  /** A node for every row. */
  private static int[] places(double[] uniforms, double length) {
    double[] upTo = new double[Gauss.NODES];
    double sum = 0;
    for (int k = 0; k < upTo.length; k++) {
      sum += Gauss.weight(k, length);
      upTo[k] = sum;
    }
    int[] places = new int[uniforms.length];
    for (int i = 0; i < places.length; i++) {
      int k = 0;
      while (k < Gauss.NODES - 1 && uniforms[i] * sum >= upTo[k]) {
        k++;
      }
      places[i] = k;
    }
    return places;
  }
}
