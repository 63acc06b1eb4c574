package dev.espalier.examples;

import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Pipeline;
import java.util.List;
import java.util.stream.IntStream;

/** How do I add a structure of my own? This one learns every column by itself. */
public final class WriteYourOwnPlugin implements Plugin {

  // region plugin
  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(Structure.class, "independent", Independent.class, "one inner score a column"));
  }

  // endregion

  // region structure
  /** The assumption that columns are independent: every column has an inner score of its own. */
  public record Independent() implements Structure {
    @Override
    public Score fit(FitRequest request, ScoreEstimator inner) {
      return new Columns(
          IntStream.range(0, request.rows().columns())
              .mapToObj(
                  j -> inner.fit(request.withRows(request.rows().columns(new int[] {j}), null)))
              .toList());
    }
  }

  /** The posterior mean of independent columns: column j of it depends on column j alone. */
  record Columns(List<Score> inner) implements Score {
    @Override
    public int columns() {
      return inner.size();
    }

    @Override
    public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
      double[] in = new double[x.length / columns()];
      double[] mean = new double[in.length];
      for (int j = 0; j < columns(); j++) {
        for (int i = 0; i < in.length; i++) {
          in[i] = x[i * columns() + j];
        }
        inner.get(j).posteriorMean(level, in, mean);
        for (int i = 0; i < in.length; i++) {
          out[i * columns() + j] = mean[i];
        }
      }
    }

    @Override
    public NoiseRange range() {
      return inner.stream().map(Score::range).reduce(NoiseRange.ALL, NoiseRange::intersect);
    }
  }

  // endregion

  /** Learns two columns that always agree in sign; independent columns cannot know that. */
  public static void main(String... arguments) {
    String text = "pipeline(independent(inner=gmm(components=2)), sampler=heun(16), seed=7)";
    Pipeline pipeline = Pipeline.parse(text, Catalogue.discover());
    Samples rows = Samples.of(2, new double[] {-3, -1, -2, -1, -2, -2, 3, 1, 2, 1, 2, 2});
    Samples drawn = pipeline.fit(rows).draw(1_000);
    long agree =
        IntStream.range(0, 1_000).filter(i -> drawn.get(i, 0) * drawn.get(i, 1) > 0).count();
    System.out.println(pipeline);
    System.out.println("signs agree in 6 of 6 rows, and in " + agree + " of 1000 drawn rows");
  }
}
