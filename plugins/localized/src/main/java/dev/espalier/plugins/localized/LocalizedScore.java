package dev.espalier.plugins.localized;

import dev.espalier.api.Curvature;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A score put together from the scores of windows.
 *
 * <p>Component j is that of the score of j's window, so the whole is in general no gradient and has
 * no density. At every level one layer of windows answers, chosen by the log signal-to-noise ratio.
 */
final class LocalizedScore implements Score, Curvature, Stored {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "localized";
  private static final int SHOWN = 3;

  private final int columns;
  private final double[] edges;
  private final int[] bands;
  private final List<Layer> layers;
  private final List<String> notes;

  /**
   * Takes the arrays over.
   *
   * @param edges the log signal-to-noise ratios where bands meet, strictly rising
   * @param bands for every band, from the noisiest on, the layer that answers in it
   */
  LocalizedScore(int columns, double[] edges, int[] bands, List<Layer> layers, List<String> notes) {
    this.columns = columns;
    this.edges = edges;
    this.bands = bands;
    this.layers = List.copyOf(layers);
    this.notes = List.copyOf(notes);
  }

  @Override
  public int columns() {
    return columns;
  }

  private Layer at(NoiseLevel level) {
    double logSnr = level.logSnr();
    int band = 0;
    while (band < edges.length && edges[band] <= logSnr) {
      band++;
    }
    return layers.get(bands[band]);
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    at(level).write(x, out, (score, window, answer) -> score.posteriorMean(level, window, answer));
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    at(level).write(x, out, (score, window, answer) -> score.score(level, window, answer));
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    at(level)
        .multiply(
            x,
            v,
            out,
            (curvature, window, vector, answer) ->
                curvature.jacobianTimes(level, window, vector, answer));
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    at(level).multiplyTransposed(level, x, v, out);
  }

  @Override
  public void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    at(level)
        .multiply(
            x,
            v,
            out,
            (curvature, window, vector, answer) ->
                curvature.hessianTimes(level, window, vector, answer));
  }

  /** The levels that all windows know. */
  @Override
  public NoiseRange range() {
    NoiseRange range = NoiseRange.ALL;
    for (Layer layer : layers) {
      range = range.intersect(layer.range());
    }
    return range;
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    boolean needsAll = ability == Curvature.class || ability == Stored.class;
    return needsAll && !layers.stream().allMatch(layer -> layer.allHave(ability))
        ? Optional.empty()
        : Score.super.ability(ability);
  }

  /** Own notes, then what the windows say, each sentence once and with how many say it. */
  @Override
  public List<String> notes() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int windows = 0;
    for (Layer layer : layers) {
      for (Score score : layer.scores()) {
        windows++;
        score.notes().forEach(note -> counts.merge(note, 1, Integer::sum));
      }
    }
    List<String> all = new ArrayList<>(notes);
    int total = windows;
    counts.entrySet().stream()
        .limit(SHOWN)
        .forEach(each -> all.add(each.getValue() + " of " + total + " windows: " + each.getKey()));
    if (counts.size() > SHOWN) {
      all.add(counts.size() - SHOWN + " other notes of windows are left out");
    }
    return List.copyOf(all);
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    out.number("columns", columns);
    out.tensor("edges", edges, edges.length);
    out.tensor("bands", Arrays.stream(bands).asDoubleStream().toArray(), bands.length);
    out.text("notes", String.join("\n", notes));
    for (int l = 0; l < layers.size(); l++) {
      layers.get(l).write(l, out);
    }
  }

  /** Restores what {@link #write} wrote. */
  static Score read(Reader in) {
    int columns = in.whole("columns");
    double[] edges = in.tensor("edges", Reader.ANY);
    double[] numbers = in.tensor("bands", edges.length + 1L);
    int[] bands = new int[numbers.length];
    int count = 0;
    for (int band = 0; band < bands.length; band++) {
      bands[band] = (int) numbers[band];
      boolean rising = band < 2 || edges[band - 2] < edges[band - 1];
      if (!(columns >= 1
          && bands[band] == numbers[band]
          && bands[band] >= 0
          && bands[band] < bands.length
          && rising)) {
        throw new InvalidDataException(
            "need columns, and bands of rising log SNR with a layer each, got "
                + columns
                + " columns, "
                + Arrays.toString(numbers)
                + " between "
                + Arrays.toString(edges));
      }
      count = Math.max(count, bands[band] + 1);
    }
    List<Layer> layers = new ArrayList<>();
    for (int l = 0; l < count; l++) {
      layers.add(Layer.read(l, columns, in));
    }
    return new LocalizedScore(columns, edges, bands, layers, in.text("notes").lines().toList());
  }
}
