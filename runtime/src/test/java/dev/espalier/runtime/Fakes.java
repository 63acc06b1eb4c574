package dev.espalier.runtime;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.Strata;
import dev.espalier.api.Structure;
import dev.espalier.api.TrainingTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Small providers of every role and kind of setting, and the plugin that lists them. */
public final class Fakes implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(ScoreEstimator.class, "moments", Moments.class, "Mean and deviation."),
        Provider.of(ScoreEstimator.class, "many", Many.class, "One setting of every kind."),
        Provider.of(Structure.class, "plain", Plain.class, "Changes nothing."),
        Provider.of(Structure.class, "bylabel", ByLabel.class, "One score a category."),
        Provider.of(Sampler.class, "direct", Direct.class, "Asks the score itself."));
  }

  /** How shapes go. */
  public enum Shape {
    /** All entries. */
    FULL,
    /** The diagonal. */
    LOW_RANK
  }

  /** Independent normal columns. */
  public record Moments(@Setting(value = "0", help = "added to the deviation") double extra)
      implements ScoreEstimator {
    /** Checks the range. */
    public Moments {
      if (!(extra >= 0)) {
        throw new IllegalArgumentException("need extra >= 0, got " + extra);
      }
    }

    @Override
    public Score fit(FitRequest request) {
      Samples rows = request.rows();
      List<Double> means = new ArrayList<>();
      List<Double> deviations = new ArrayList<>();
      for (int j = 0; j < rows.columns(); j++) {
        double sum = 0;
        double squares = 0;
        for (double value : rows.column(j)) {
          sum += value;
          squares += value * value;
        }
        double mean = sum / rows.count();
        means.add(mean);
        deviations.add(Math.sqrt(Math.max(0, squares / rows.count() - mean * mean)) + extra);
      }
      return new Normal(means, deviations);
    }
  }

  /** What {@link Moments} learns. */
  public record Normal(List<Double> means, List<Double> deviations)
      implements Score, DirectSampler {
    @Override
    public int columns() {
      return means.size();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      for (int i = 0; i < x.length; i++) {
        double mean = means.get(i % columns());
        double variance = deviations.get(i % columns()) * deviations.get(i % columns());
        double gain = level.a() * variance / (level.a() * level.a() * variance + level.b());
        out[i] = mean + gain * (x[i] - level.a() * mean);
      }
    }

    @Override
    public void draw(RandomGenerator random, double[] row) {
      for (int j = 0; j < row.length; j++) {
        row[j] = means.get(j) + deviations.get(j) * random.nextGaussian();
      }
    }
  }

  /** One setting of every kind. */
  public record Many(
      @Setting(help = "a whole number") int whole,
      @Setting(value = "-9000000000", help = "a long one") long wide,
      @Setting(value = "0.1", help = "a number") double real,
      @Setting(value = "true", help = "a truth") boolean truth,
      @Setting(value = "plain", help = "words") String words,
      @Setting(value = "low_rank", help = "a shape") Shape shape,
      @Setting(value = "auto", help = "a size") Size size,
      @Setting(value = "denoising", help = "a part") TrainingTarget target,
      @Setting(value = "moments(extra=2)", help = "an estimator") ScoreEstimator other,
      @Setting(value = "[1, 2.5]", help = "numbers") List<Double> reals,
      @Setting(value = "[]", help = "estimators") List<ScoreEstimator> others)
      implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return other.fit(request);
    }
  }

  /** Changes nothing. */
  public record Plain(@Setting(value = "auto", help = "ignored") Size rank) implements Structure {
    @Override
    public Score fit(FitRequest request, ScoreEstimator inner) {
      return inner.fit(request);
    }
  }

  /** One score for every category. */
  public record ByLabel(@Setting(help = "the label") String by) implements Structure {
    @Override
    public Score fit(FitRequest request, ScoreEstimator inner) {
      var labels =
          request
              .rows()
              .label(by)
              .orElseThrow(() -> new InvalidDataException("need the label '" + by + "'"));
      List<String> categories = new ArrayList<>();
      List<Double> weights = new ArrayList<>();
      List<Score> scores = new ArrayList<>();
      for (int k = 0; k < labels.categories().size(); k++) {
        int[] members = labels.rowsOf(k);
        if (members.length > 0) {
          categories.add(labels.categories().get(k));
          weights.add((double) members.length / labels.count());
          scores.add(inner.fit(request.select(members)));
        }
      }
      return new Parts(by, categories, weights, scores);
    }
  }

  /** What {@link ByLabel} learns; as a score it knows its first part only. */
  public record Parts(
      String label, List<String> categories, List<Double> weights, List<Score> scores)
      implements Score, Strata {
    @Override
    public int columns() {
      return scores.get(0).columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      scores.get(0).posteriorMean(level, x, out);
    }

    @Override
    public Score stratum(int category) {
      return scores.get(category);
    }
  }

  /** Draws from scores that can be drawn from. */
  public record Direct(@Setting(value = "64", help = "rows in a block") int block)
      implements Sampler {
    @Override
    public Samples draw(DrawRequest request) {
      DirectSampler able =
          request
              .score()
              .ability(DirectSampler.class)
              .orElseThrow(() -> new IllegalArgumentException("need a score to draw from"));
      int columns = request.score().columns();
      int rows = request.rows().count();
      long seed = request.seed();
      DrawRequest.Rows wanted = request.rows();
      List<double[]> blocks =
          request
              .tasks()
              .map(
                  (rows + block - 1) / block,
                  (index, progress) -> {
                    int from = index * block;
                    int to = Math.min(rows, from + block);
                    double[] out = new double[(to - from) * columns];
                    double[] row = new double[columns];
                    for (int i = from; i < to; i++) {
                      var random =
                          new dev.espalier.api.Streams(seed).stream("row", wanted.index(i));
                      able.draw(random, row);
                      System.arraycopy(row, 0, out, (i - from) * columns, columns);
                    }
                    return out;
                  },
                  request.progress());
      double[] all = new double[rows * columns];
      int at = 0;
      for (double[] each : blocks) {
        System.arraycopy(each, 0, all, at, each.length);
        at += each.length;
      }
      return Samples.of(columns, all);
    }
  }

  /** The catalogue of this plugin alone. */
  static Catalogue catalogue() {
    return Catalogue.of(List.of(new Fakes()));
  }

  /** A score with no abilities at all. */
  static Score mute(int columns) {
    return new Score() {
      @Override
      public int columns() {
        return columns;
      }

      @Override
      public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
        System.arraycopy(x, 0, out, 0, x.length);
      }

      @Override
      public <A> Optional<A> ability(Class<A> ability) {
        return Optional.empty();
      }
    };
  }
}
