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
    this.weights = weights(request);
    this.validation = request.validation().orElse(null);
    this.range = request.range();
    this.seed = request.seed();
    this.checkpoint = request.checkpoint().map(Path::toString).orElse(null);
    this.inner = inner;
    this.parts = plan.parts();
  }

  /** The row weights; empty if all are 1. */
  private static double[] weights(FitRequest request) {
    double[] weights = new double[request.rows().count()];
    boolean equal = true;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = request.weight(i);
      equal &= weights[i] == 1;
    }
    return equal ? new double[0] : weights;
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
    return only(index).run(index, progress);
  }

  /** The part with its own columns of the rows. */
  @Override
  public WindowFit only(int index) {
    List<Place> places = parts.get(index);
    int[] columns =
        places.stream().flatMapToInt(each -> Arrays.stream(each.columns())).distinct().toArray();
    int[] positions = new int[rows.columns()];
    for (int k = 0; k < columns.length; k++) {
      positions[columns[k]] = k;
    }
    List<int[]> own =
        places.stream()
            .map(each -> Arrays.stream(each.columns()).map(j -> positions[j]).toArray())
            .toList();
    return new WindowFit(
        rows.columns(columns),
        weights,
        validation == null ? null : validation.columns(columns),
        range,
        new Streams(seed).seed("window", Arrays.hashCode(places.get(0).columns())),
        checkpoint,
        inner,
        own,
        places.get(0));
  }
}
