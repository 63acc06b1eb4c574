package dev.espalier.examples;

import dev.espalier.api.Graph;
import dev.espalier.api.Samples;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.filtering.Analysis;
import dev.espalier.filtering.Assimilation;
import dev.espalier.filtering.EnsembleKalman;
import dev.espalier.filtering.Lorenz96;
import dev.espalier.filtering.ScoreAnalysis;
import dev.espalier.filtering.Twin;
import dev.espalier.samplers.Samplers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How do a few members follow weather of which half is observed? */
public final class FollowTheWeather {
  private static final Lorenz96 WEATHER = Lorenz96.standard();
  private static final int CYCLES = 60;

  private FollowTheWeather() {}

  /** Prints the error of the mean of 60 members, by filter, after 20 observations. */
  public static void main(String... arguments) {
    // region filters
    Analysis local =
        ScoreAnalysis.of(MarkovField.on(Graph.edges(within(3))), Samplers.direct()).inflated(1.02);
    Analysis kalman = new EnsembleKalman(Graph.ring(), 6, 1.02);
    Analysis global =
        ScoreAnalysis.of(new Gaussian(Gaussian.Shrinkage.LEDOITWOLF), Samplers.direct());
    // endregion
    System.out.println("error of the mean; noise of the observations is 1, the climate's 3.6");
    System.out.printf(Locale.ROOT, "score of a field     %.2f%n", error(local));
    System.out.printf(Locale.ROOT, "ensemble Kalman      %.2f%n", error(kalman));
    System.out.printf(Locale.ROOT, "score, no structure  %.2f%n", error(global));
  }

  /** Columns up to a distance on the circle, two by two. */
  private static List<Integer> within(int distance) {
    List<Integer> pairs = new ArrayList<>();
    for (int j = 0; j < 40; j++) {
      for (int k = 1; k <= distance; k++) {
        pairs.addAll(List.of(j, (j + k) % 40));
      }
    }
    return pairs;
  }

  private static double error(Analysis analysis) {
    // region run
    List<Integer> others = IntStream.range(0, 20).mapToObj(k -> 2 * k).toList();
    double[] start = Twin.climate(WEATHER, 1, 20, 1).row(0);
    Twin twin = Twin.of(WEATHER, start, new Twin.Watch(0.2, CYCLES, others, 1), 2);
    List<Double> errors = new ArrayList<>();
    Assimilation.of(WEATHER, analysis)
        .withSeed(3)
        .run(
            Twin.climate(WEATHER, 60, 10, 4),
            twin.observations(),
            cycle -> errors.add(distance(cycle.analysis(), twin.truth().row(errors.size()))));
    // endregion
    return errors.stream().skip(20).mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static double distance(Samples ensemble, double[] truth) {
    double sum = 0;
    for (int j = 0; j < truth.length; j++) {
      double mean = 0;
      for (double value : ensemble.column(j)) {
        mean += value / ensemble.count();
      }
      sum += (mean - truth[j]) * (mean - truth[j]) / truth.length;
    }
    return Math.sqrt(sum);
  }
}
