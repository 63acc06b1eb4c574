package dev.espalier.examples;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.List;
import java.util.Locale;

/** What is the score of a two-part mixture, and how does noise change it? */
public final class ScoreOfAMixture {
  private ScoreOfAMixture() {}

  /** Prints the posterior mean, the score, its slope and the log density at four levels. */
  public static void main(String... arguments) {
    Score score =
        GaussianMixture.of(
            List.of(
                Component.of(0.5, new double[] {-2}, Covariance.spherical(1, 0.25)),
                Component.of(0.5, new double[] {2}, Covariance.spherical(1, 0.25))));
    double[] x = {0.5};
    double[] out = new double[1];
    System.out.println("at x = 0.5     E[x0|x]     score     slope   log p");
    for (double b : new double[] {0.01, 0.3, 0.7, 0.99}) {
      NoiseLevel level = NoiseLevel.preserving(b);
      score.posteriorMean(level, x, out);
      double mean = out[0];
      score.score(level, x, out);
      double gradient = out[0];
      score.ability(Curvature.class).orElseThrow().hessianTimes(level, x, new double[] {1}, out);
      double slope = out[0];
      score.ability(Density.class).orElseThrow().logDensity(level, x, out);
      System.out.printf(
          Locale.ROOT, "b = %.2f     %9.4f %9.4f %9.4f %7.3f%n", b, mean, gradient, slope, out[0]);
    }
  }
}
