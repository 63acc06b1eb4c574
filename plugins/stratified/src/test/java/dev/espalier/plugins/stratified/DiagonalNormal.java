package dev.espalier.plugins.stratified;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;

/** A normal law with independent columns, exact in everything. */
record DiagonalNormal(List<Double> means, List<Double> variances, List<String> notes)
    implements Score, Density, Conditionable, DirectSampler {

  /**
   * Fits weighted moments; its note tells the seed and how many rows and validation rows it saw.
   */
  record Moments() implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      List<Double> means = new ArrayList<>();
      List<Double> variances = new ArrayList<>();
      int n = request.rows().count();
      for (int j = 0; j < request.rows().columns(); j++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += request.weight(i) * request.rows().get(i, j);
        }
        double mean = sum / request.totalWeight();
        double squares = 0;
        for (int i = 0; i < n; i++) {
          double deviation = request.rows().get(i, j) - mean;
          squares += request.weight(i) * deviation * deviation;
        }
        means.add(mean);
        variances.add(squares / request.totalWeight());
      }
      String seen =
          "seed %d, %d rows, %d validation rows"
              .formatted(
                  request.seed(), n, request.validation().map(rows -> rows.count()).orElse(0));
      return new DiagonalNormal(means, variances, List.of(seen));
    }
  }

  @Override
  public int columns() {
    return means.size();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    for (int i = 0; i < x.length; i++) {
      double v = variances.get(i % columns());
      double m = means.get(i % columns());
      double a = level.a();
      out[i] = v == 0 ? m : m + a * v / (a * a * v + level.b()) * (x[i] - a * m);
    }
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    for (int i = 0; i < out.length; i++) {
      double sum = 0;
      for (int j = 0; j < columns(); j++) {
        double v = level.a() * level.a() * variances.get(j) + level.b();
        double r = x[i * columns() + j] - level.a() * means.get(j);
        sum -= 0.5 * (StrictMath.log(2 * Math.PI * v) + r * r / v);
      }
      out[i] = sum;
    }
  }

  @Override
  public Optional<Score> given(Observation observation) {
    if (!(observation instanceof Observation.Columns observed)) {
      return Optional.empty();
    }
    List<Double> m = new ArrayList<>(means);
    List<Double> v = new ArrayList<>(variances);
    for (Map.Entry<Integer, Double> each : observed.values().entrySet()) {
      m.set(each.getKey(), each.getValue());
      v.set(each.getKey(), 0.0);
    }
    return Optional.of(new DiagonalNormal(m, v, notes));
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    if (!(observation instanceof Observation.Columns observed)) {
      return OptionalDouble.empty();
    }
    double sum = 0;
    for (Map.Entry<Integer, Double> each : observed.values().entrySet()) {
      double v = variances.get(each.getKey());
      double r = each.getValue() - means.get(each.getKey());
      sum -= 0.5 * (StrictMath.log(2 * Math.PI * v) + r * r / v);
    }
    return OptionalDouble.of(sum);
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    for (int j = 0; j < row.length; j++) {
      row[j] = means.get(j) + Math.sqrt(variances.get(j)) * random.nextGaussian();
    }
  }
}
