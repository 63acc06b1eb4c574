package dev.espalier.experiments;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.filtering.Analysis;
import java.util.ArrayList;
import java.util.List;

/**
 * Filters that fit a score to their ensemble against those that are known, on both models of
 * Lorenz.
 *
 * @param weather the model of 1996
 * @param seeds how many runs of it
 * @param convection the model of 1963
 */
record Lorenz(LorenzWeather weather, int seeds, LorenzConvection convection) implements Experiment {
  private static final double[] REACHES = {6, 8, 10, 13};
  private static final double[] INFLATIONS = {1, 1.02, 1.05};
  private static final int RADIUS = 4;
  private static final double INFLATION = 1.02;

  /** Everything. */
  static Lorenz full() {
    return new Lorenz(new LorenzWeather(300), 2, new LorenzConvection(60, 16_384));
  }

  @Override
  public String name() {
    return "lorenz";
  }

  @Override
  public String summary() {
    return "filters with a localized score against ensemble Kalman and particle filters";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    return new Report(
        "Filters of chaotic systems",
        List.of(weather(tasks, progress.part(0, 0.6)), convection(tasks, progress.part(0.6, 1))));
  }

  private Report.Table weather(Tasks tasks, Progress progress) {
    List<Analysis> filters = new ArrayList<>();
    for (double reach : REACHES) {
      for (double inflation : INFLATIONS) {
        filters.add(LorenzWeather.kalman(reach, inflation));
      }
    }
    int kalmans = filters.size();
    filters.add(LorenzWeather.field(RADIUS, INFLATION));
    filters.add(LorenzWeather.windows(RADIUS, INFLATION));
    LorenzWeather model = weather;
    int count = seeds;
    List<Double> errors =
        tasks.map(
            filters.size() * count,
            (i, share) -> model.error(filters.get(i / count), 96 + 10L * (i % count), share),
            progress);
    double best = Double.POSITIVE_INFINITY;
    int chosen = 0;
    for (int which = 0; which < kalmans; which++) {
      double error = mean(errors, which);
      if (error < best) {
        best = error;
        chosen = which;
      }
    }
    String setting = " of radius " + RADIUS + ", inflation " + INFLATION;
    return new Report.Table(
        "Lorenz 1996, 40 columns, 100 members: error of the mean of the ensemble",
        List.of("filter", "RMSE"),
        List.of(
            new Report.Row(
                List.of(
                    "ensemble Kalman, the best of "
                        + kalmans
                        + ": reach "
                        + Accepted.number(REACHES[chosen / INFLATIONS.length])
                        + ", inflation "
                        + Accepted.number(INFLATIONS[chosen % INFLATIONS.length])),
                best,
                Accepted.any()),
            new Report.Row(
                List.of("score, Markov field" + setting),
                mean(errors, kalmans),
                Accepted.below(1.2 * best).beside(best)),
            new Report.Row(
                List.of("local score, windows" + setting + ", guided"),
                mean(errors, kalmans + 1),
                Accepted.below(1.2 * best).beside(best))));
  }

  private double mean(List<Double> errors, int which) {
    double sum = 0;
    for (int i = 0; i < seeds; i++) {
      sum += errors.get(which * seeds + i) / seeds;
    }
    return sum;
  }

  private Report.Table convection(Tasks tasks, Progress progress) {
    LorenzConvection model = convection;
    LorenzConvection.Filter[] filters = LorenzConvection.Filter.values();
    List<List<Samples>> ensembles =
        tasks.map(
            filters.length + 1,
            (i, share) -> model.ensembles(filters[i % filters.length], i, share),
            progress);
    List<Samples> right = ensembles.get(filters.length);
    double floor = LorenzConvection.distance(ensembles.get(0), right);
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < filters.length; i++) {
      double distance = i == 0 ? floor : LorenzConvection.distance(ensembles.get(i), right);
      rows.add(
          new Report.Row(
              List.of(filters[i].text(model.particles())), 1_000 * distance, Accepted.any()));
    }
    return new Report.Table(
        "Lorenz 1963: thousandths of the energy distance to " + model.particles() + " particles",
        List.of("filter", "distance"),
        rows);
  }
}
