package dev.espalier.runtime;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Reader;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Stored;
import dev.espalier.api.Structure;
import dev.espalier.api.Writer;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;

/**
 * Providers whose scores can be kept. A golden file was written with them, so what they read never
 * changes.
 */
public final class KeptFakes implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(ScoreEstimator.class, "point", Point.class, "The mean.", PointScore::read),
        Provider.of(Sampler.class, "still", Still.class, "Draws the mean."),
        Provider.of(Structure.class, "moved", Moved.class, "Moves.", MovedScore::read));
  }

  /** The catalogue of all fakes. */
  static Catalogue catalogue() {
    return Catalogue.of(List.of(new Fakes(), new KeptFakes()));
  }

  /** Learns the mean. */
  public record Point(@Setting(value = "1", help = "what the mean is multiplied by") double scale)
      implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      Samples rows = request.rows();
      double[] mean = new double[rows.columns()];
      for (int j = 0; j < mean.length; j++) {
        mean[j] = scale * DoubleStream.of(rows.column(j)).sum() / rows.count();
      }
      return new PointScore(boxed(mean), "from " + rows.count() + " rows");
    }
  }

  /** Draws the mean of the law, again and again. */
  public record Still(@Setting(value = "1", help = "what it is multiplied by") double scale)
      implements Sampler {
    @Override
    public Samples draw(DrawRequest request) {
      int columns = request.score().columns();
      double[] out = new double[request.rows().count() * columns];
      request.score().posteriorMean(new NoiseLevel(0, 1), new double[out.length], out);
      return Samples.of(columns, Arrays.stream(out).map(mean -> scale * mean).toArray());
    }
  }

  /** Moves the rows and what is learned of them. */
  public record Moved(@Setting(help = "how far") double by) implements Structure {
    @Override
    public Score fit(FitRequest request, ScoreEstimator inner) {
      return new MovedScore(by, inner.fit(request));
    }
  }

  /** All mass in one point. */
  record PointScore(List<Double> mean, String words) implements Score, DirectSampler, Stored {
    @Override
    public int columns() {
      return mean.size();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      Arrays.setAll(out, i -> mean.get(i % columns()));
    }

    @Override
    public void draw(RandomGenerator random, double[] row) {
      Arrays.setAll(row, mean::get);
    }

    @Override
    public List<String> notes() {
      return List.of(words, "a second\nnote");
    }

    @Override
    public String provider() {
      return "point";
    }

    @Override
    public void write(Writer out) {
      out.tensor("mean", mean.stream().mapToDouble(Double::doubleValue).toArray(), mean.size());
      out.text("words", words);
    }

    static PointScore read(Reader in) {
      return new PointScore(boxed(in.tensor("mean", Reader.ANY)), in.text("words"));
    }
  }

  /** A score with a part. */
  record MovedScore(double by, Score inner) implements Score, Stored {
    @Override
    public int columns() {
      return inner.columns();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      inner.posteriorMean(level, x, out);
      Arrays.setAll(out, i -> out[i] + by);
    }

    @Override
    public String provider() {
      return "moved";
    }

    @Override
    public void write(Writer out) {
      out.number("by", by);
      out.part("inner", inner);
    }

    static MovedScore read(Reader in) {
      return new MovedScore(in.number("by"), in.part("inner"));
    }
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
