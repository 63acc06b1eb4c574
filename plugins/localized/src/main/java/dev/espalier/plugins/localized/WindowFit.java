package dev.espalier.plugins.localized;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import dev.espalier.api.Window;
import dev.espalier.api.WindowedEstimator;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The fit of one part of a plan with all that it takes and nothing more; any index means it. */
final class WindowFit implements Tasks.Piece<Score> {
  private static final long serialVersionUID = 1;

  private final Samples rows;
  private final double[] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final @Nullable String checkpoint;
  private final ScoreEstimator inner;
  private final List<int[]> windows;
  private final Place first;

  /**
   * The fit of one part.
   *
   * @param rows in the columns of the part
   * @param weights of the rows; empty if all are 1
   * @param seed of the part
   * @param windows for every place of the part its columns, as positions among those of the rows
   * @param first place of the part, in the columns of the whole
   */
  WindowFit(
      Samples rows,
      double[] weights,
      @Nullable Samples validation,
      NoiseRange range,
      long seed,
      @Nullable String checkpoint,
      ScoreEstimator inner,
      List<int[]> windows,
      Place first) {
    this.rows = rows;
    this.weights = weights;
    this.validation = validation;
    this.range = range;
    this.seed = seed;
    this.checkpoint = checkpoint;
    this.inner = inner;
    this.windows = windows;
    this.first = first;
  }

  @Override
  public Score run(int index, Progress progress) {
    Samples all = stacked(rows);
    Samples held = validation == null ? null : stacked(validation);
    boolean gaps = all.hasMissing();
    int[] seen = rowsWith(all, gaps ? 1 : 0);
    int[] complete = gaps ? rowsWith(all, all.columns()) : seen;
    if (seen.length == 0) {
      throw new InvalidDataException(
          "need a row with a value in one of the columns "
              + boxed(first.columns())
              + ", got none. Leave them out");
    }
    FitRequest request =
        weighted(FitRequest.of(all)).withRange(range).withSeed(seed).withProgress(progress);
    if (checkpoint != null) {
      request = request.withCheckpoint(Path.of(checkpoint));
    }
    try {
      return fit(request.select(seen), held);
    } catch (InvalidDataException refusal) {
      if (complete.length == seen.length || complete.length == 0) {
        throw refusal;
      }
      Samples kept = held == null ? null : held.rows(rowsWith(held, held.columns()));
      return fit(request.select(complete), kept);
    }
  }

  /** The request with the weight of every row, over again for every place. */
  private FitRequest weighted(FitRequest request) {
    if (weights.length == 0) {
      return request;
    }
    double[] repeated = new double[request.rows().count()];
    for (int i = 0; i < repeated.length; i++) {
      repeated[i] = weights[i % weights.length];
    }
    return request.withWeights(repeated);
  }

  private Score fit(FitRequest request, @Nullable Samples held) {
    FitRequest whole = held == null || held.count() == 0 ? request : request.withValidation(held);
    if (inner instanceof WindowedEstimator windowed) {
      List<Integer> columns = IntStream.range(0, request.rows().columns()).boxed().toList();
      Window window = new Window(columns, boxed(first.outputs()));
      return windowed.fitWindows(whole, List.of(window)).get(0);
    }
    return inner.fit(whole);
  }

  /** The rows in the columns of every place, one block below the other. */
  private Samples stacked(Samples rows) {
    return windows.size() == 1
        ? rows
        : Samples.concatenate(windows.stream().map(rows::columns).toList());
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

  private static List<Integer> boxed(int[] values) {
    return Arrays.stream(values).boxed().toList();
  }
}
