package dev.espalier.experiments;

import dev.espalier.api.Graph;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.filtering.Analysis;
import dev.espalier.filtering.Assimilation;
import dev.espalier.filtering.EnsembleKalman;
import dev.espalier.filtering.Lorenz96;
import dev.espalier.filtering.ScoreAnalysis;
import dev.espalier.filtering.Twin;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.samplers.Bound;
import dev.espalier.samplers.Focus;
import dev.espalier.samplers.Matching;
import dev.espalier.samplers.Samplers;
import dev.espalier.samplers.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The error of filters of the model of Lorenz (1996): 40 columns, every other one observed with
 * unit noise each 0.2 units of time, 100 members.
 *
 * @param cycles observations, the first {@value #LEARNING} of which do not count
 */
record LorenzWeather(int cycles) {
  private static final int LEARNING = 50;
  private static final int MEMBERS = 100;

  /** Steps of guided walks, and the greatest log signal-to-noise ratio there, either way. */
  private static final int STEPS = 10;

  private static final double FARTHEST = 5;
  private static final Lorenz96 WEATHER = Lorenz96.standard();

  /** A score filter whose columns are neighbours up to a distance. */
  static Analysis field(int radius, double inflation) {
    List<Integer> pairs = new ArrayList<>();
    for (int j = 0; j < WEATHER.columns(); j++) {
      for (int k = 1; k <= radius; k++) {
        pairs.add(j);
        pairs.add((j + k) % WEATHER.columns());
      }
    }
    return ScoreAnalysis.of(MarkovField.on(Graph.edges(pairs)), Samplers.direct())
        .inflated(inflation);
  }

  /** A filter by a local score, each window a normal law by itself, guided by what is observed. */
  static Analysis windows(int radius, double inflation) {
    ScoreEstimator prior =
        Localized.on(Graph.ring()).withRadius(radius).around(new Gaussian(Gaussian.Shrinkage.NONE));
    Walk sampler =
        Samplers.uniPc(STEPS)
            .withGrid(new Focus(Focus.WIDTH, Bound.of(-FARTHEST), Bound.of(FARTHEST)));
    return ScoreAnalysis.of(prior, sampler).guidedBy(new Matching()).inflated(inflation);
  }

  /** A Kalman filter that is localised. */
  static Analysis kalman(double reach, double inflation) {
    return new EnsembleKalman(Graph.ring(), reach, inflation);
  }

  /** The root mean square error of the mean over the columns, on average over time. */
  double error(Analysis analysis, long seed, Progress progress) {
    List<Integer> others = IntStream.range(0, 20).mapToObj(k -> 2 * k).toList();
    double[] start = Twin.climate(WEATHER, 1, 20, seed).row(0);
    Twin twin = Twin.of(WEATHER, start, new Twin.Watch(0.2, cycles, others, 1), seed + 1);
    List<Double> errors = new ArrayList<>();
    Assimilation.of(WEATHER, analysis)
        .withSeed(seed + 2)
        .withProgress(progress)
        .run(
            Twin.climate(WEATHER, MEMBERS, 10, seed + 3),
            twin.observations(),
            cycle -> errors.add(distance(cycle.analysis(), twin.truth().row(errors.size()))));
    return errors.subList(LEARNING, cycles).stream()
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
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
