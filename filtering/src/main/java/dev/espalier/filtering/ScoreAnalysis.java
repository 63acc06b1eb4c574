package dev.espalier.filtering;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import java.util.List;
import java.util.TreeMap;

/**
 * An analysis by a score: a score is fitted to the forecast, conditioned on the observation, and
 * the ensemble is drawn anew from it.
 *
 * <p>All that is believed about the state goes into the estimator. A structure makes a few members
 * enough for many columns: a Markov field on a graph, a mixture, a subspace, windows of a local
 * score. In the manner of score-based data assimilation (Rozet and Louppe, 2023), with a score of
 * the forecast at each time in place of one of whole trajectories. The members drawn are
 * independent of each other, so the ensemble cannot collapse onto few of its members.
 *
 * <p>The law given the observation is exact unless a guidance is named; local and learned scores
 * need one. Columns are fitted and drawn in their deviations from the mean of the forecast.
 *
 * @param prior fits the score of the forecast
 * @param guidance conditions the score on the observation
 * @param sampler draws from the score given the observation
 * @param inflation the factor on the deviations of the forecast, which makes up for what the
 *     dynamics leave out; finite and at least 1
 */
public record ScoreAnalysis(
    ScoreEstimator prior, Guidance guidance, Sampler sampler, double inflation)
    implements Analysis {

  /** Checks the range. */
  public ScoreAnalysis {
    Checks.inflation(inflation);
  }

  /** An analysis without inflation, by the exact law given the observation. */
  public static ScoreAnalysis of(ScoreEstimator prior, Sampler sampler) {
    return new ScoreAnalysis(prior, new Exactly(), sampler, 1);
  }

  /** This analysis by a guidance in place of the exact law given the observation. */
  public ScoreAnalysis guidedBy(Guidance guidance) {
    return new ScoreAnalysis(prior, guidance, sampler, inflation);
  }

  /** This analysis with another factor on the deviations of the forecast. */
  public ScoreAnalysis inflated(double inflation) {
    return new ScoreAnalysis(prior, guidance, sampler, inflation);
  }

  @Override
  public Samples given(AnalysisRequest request) {
    Samples forecast = request.forecast();
    int d = forecast.columns();
    Moments moments = Moments.of(forecast);
    double[] mean = moments.mean();
    double[] scale = moments.deviations();
    double[] rows = forecast.toArray();
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (rows[i] - mean[i % d]) / scale[i % d];
    }
    for (int j = 0; j < d; j++) {
      scale[j] *= inflation;
    }
    Score score =
        prior.fit(
            FitRequest.of(Samples.of(d, rows))
                .withSeed(request.streams().seed("filtering.fit", 0))
                .withTasks(request.tasks())
                .withProgress(request.progress().part(0, 0.5)));
    Score given = guidance.guide(score, List.of(seen(request.observation(), mean, scale)));
    double[] drawn =
        guidance
            .sampler(sampler)
            .draw(
                DrawRequest.of(given, forecast.count())
                    .withSeed(request.streams().seed("filtering.draw", 0))
                    .withTasks(request.tasks())
                    .withProgress(request.progress().part(0.5, 1)))
            .toArray();
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = mean[i % d] + scale[i % d] * drawn[i];
    }
    return Samples.of(d, drawn);
  }

  /** The observation of rows in units of their deviations. */
  private static Observation seen(Observation observation, double[] mean, double[] scale) {
    if (observation instanceof Observation.Linear linear) {
      require(linear.columns() == mean.length, mean.length, linear.columns());
      double[][] h = linear.h();
      double[] y = linear.y();
      for (int i = 0; i < h.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          y[i] -= h[i][j] * mean[j];
          h[i][j] *= scale[j];
        }
      }
      return Observation.linear(h, y, linear.r());
    }
    if (observation instanceof Observation.Columns columns) {
      TreeMap<Integer, Double> values = new TreeMap<>();
      columns
          .values()
          .forEach(
              (column, value) -> {
                require(column < mean.length, mean.length, column);
                values.put(column, (value - mean[column]) / scale[column]);
              });
      return Observation.columns(values);
    }
    if (observation instanceof Observation.Range range) {
      int column = range.column();
      require(column < mean.length, mean.length, column);
      return new Observation.Range(
          column,
          (range.low() - mean[column]) / scale[column],
          (range.high() - mean[column]) / scale[column]);
    }
    throw new IllegalArgumentException(
        "need an observation of columns, linear or a range, got " + observation);
  }

  private static void require(boolean fits, int columns, int got) {
    if (!fits) {
      throw new IllegalArgumentException(
          "need an observation of states of " + columns + " columns, got one of column " + got);
    }
  }
}
