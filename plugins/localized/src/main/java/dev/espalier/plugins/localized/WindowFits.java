package dev.espalier.plugins.localized;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.Window;
import dev.espalier.api.WindowedEstimator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fits of a plan as independent pieces: piece p fits the windows of part p. */
final class WindowFits implements Tasks.Piece<Score> {
  private static final long serialVersionUID = 1;

  private final Samples rows;
  private final double[] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final @Nullable String checkpoint;
  private final ScoreEstimator inner;
  private final List<List<Place>> parts;

  private WindowFits(FitRequest request, ScoreEstimator inner, Plan plan) {
    this.rows = request.rows();
    this.weights = new double[rows.count()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = request.weight(i);
    }
    this.validation = request.validation().orElse(null);
    this.range = request.range();
    this.seed = request.seed();
    this.checkpoint = request.checkpoint().map(Path::toString).orElse(null);
    this.inner = inner;
    this.parts = plan.parts();
  }

  /** Fits all parts of the plan, in their order. */
  static Layer fit(FitRequest request, ScoreEstimator inner, Plan plan) {
    if (plan.whole()) {
      return new Layer(plan, List.of(inner.fit(request)));
    }
    List<Score> scores = null;
    boolean alone = plan.parts().stream().allMatch(places -> places.size() == 1);
    if (alone && inner instanceof WindowedEstimator windowed) {
      scores = together(request, windowed, plan);
    }
    if (scores == null) {
      WindowFits fits = new WindowFits(request, inner, plan);
      scores = request.tasks().map(plan.parts().size(), fits, request.progress());
    }
    return new Layer(plan, scores);
  }

  /** All windows at once, or null if the estimator refuses the rows for their missing cells. */
  private static @Nullable List<Score> together(
      FitRequest request, WindowedEstimator inner, Plan plan) {
    try {
      return inner.fitWindows(request, windows(plan));
    } catch (InvalidDataException refusal) {
      if (request.rows().hasMissing()) {
        return null;
      }
      throw refusal;
    }
  }

  static List<Window> windows(Plan plan) {
    List<Window> windows = new ArrayList<>();
    for (List<Place> places : plan.parts()) {
      for (Place place : places) {
        windows.add(new Window(boxed(place.columns()), boxed(place.components())));
      }
    }
    return windows;
  }

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  @Override
  public Score run(int index, Progress progress) {
    List<Place> places = parts.get(index);
    Samples all = stacked(rows, places);
    double[] repeated = new double[all.count()];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = weights[i % weights.length];
    }
    Samples held = validation == null ? null : stacked(validation, places);
    long own = new Streams(seed).seed("window", Arrays.hashCode(places.get(0).columns()));
    boolean gaps = all.hasMissing();
    int[] seen = rowsWith(all, gaps ? 1 : 0);
    int[] complete = gaps ? rowsWith(all, all.columns()) : seen;
    if (seen.length == 0) {
      throw new InvalidDataException(
          "need a row with a value in one of the columns "
              + boxed(places.get(0).columns())
              + ", got none. Leave them out");
    }
    int[] outputs = places.get(0).outputs();
    FitRequest request =
        FitRequest.of(all)
            .withWeights(repeated)
            .withRange(range)
            .withSeed(own)
            .withProgress(progress);
    if (checkpoint != null) {
      request = request.withCheckpoint(Path.of(checkpoint));
    }
    try {
      return fit(request.select(seen), held, outputs);
    } catch (InvalidDataException refusal) {
      if (complete.length == seen.length || complete.length == 0) {
        throw refusal;
      }
      Samples kept = held == null ? null : held.rows(rowsWith(held, held.columns()));
      return fit(request.select(complete), kept, outputs);
    }
  }

  private Score fit(FitRequest request, @Nullable Samples held, int[] outputs) {
    FitRequest whole = held == null || held.count() == 0 ? request : request.withValidation(held);
    if (inner instanceof WindowedEstimator windowed) {
      int[] columns = new int[request.rows().columns()];
      Arrays.setAll(columns, k -> k);
      return windowed.fitWindows(whole, List.of(new Window(boxed(columns), boxed(outputs)))).get(0);
    }
    return inner.fit(whole);
  }

  /** The rows in the columns of every place, one block below the other. */
  private static Samples stacked(Samples rows, List<Place> places) {
    if (places.size() == 1) {
      return rows.columns(places.get(0).columns());
    }
    return Samples.concatenate(places.stream().map(each -> rows.columns(each.columns())).toList());
  }

  /** The rows with at least so many values. */
  private static int[] rowsWith(Samples rows, int least) {
    int[] found = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      int values = 0;
      for (int j = 0; j < rows.columns() && values < least; j++) {
        values += Double.isNaN(rows.get(i, j)) ? 0 : 1;
      }
      if (values >= least) {
        found[count++] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }
}
