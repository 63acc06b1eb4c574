package dev.espalier.estimators.network;

import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.api.Window;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The pieces of a fit, each training some windows of one shape. */
final class Lots implements Tasks.Piece<List<NetworkScore>> {
  private static final long serialVersionUID = 1;

  private final Network settings;
  private final Plan plan;
  private final Engine engine;
  private final Samples rows;
  private final double[] weights;
  private final @Nullable Samples validation;
  private final NoiseRange range;
  private final long seed;
  private final List<List<Window>> lots;
  private final String folder;
  private final String digest;

  /**
   * The lots of a fit.
   *
   * @param folder where states are kept, or empty for nowhere
   * @param digest of rows, weights and validation rows, where states are kept
   */
  Lots(
      Network settings,
      Plan plan,
      Engine engine,
      Samples rows,
      double[] weights,
      @Nullable Samples validation,
      NoiseRange range,
      long seed,
      List<List<Window>> lots,
      String folder,
      String digest) {
    this.settings = settings;
    this.plan = plan;
    this.engine = engine;
    this.rows = rows;
    this.weights = weights;
    this.validation = validation;
    this.range = range;
    this.seed = seed;
    this.lots = lots;
    this.folder = folder;
    this.digest = digest;
  }

  @Override
  public List<NetworkScore> run(int index, Progress progress) {
    return only(index).run(index, progress);
  }

  /** The lot with its own columns of the rows. */
  @Override
  public Lot only(int index) {
    List<Window> windows = lots.get(index);
    int[] columns =
        windows.stream()
            .flatMap(window -> window.columns().stream())
            .mapToInt(Integer::intValue)
            .distinct()
            .sorted()
            .toArray();
    return new Lot(
        settings,
        plan,
        engine,
        chosen(rows, columns),
        columns,
        weights,
        validation == null ? null : chosen(validation, columns),
        range,
        seed,
        windows,
        folder,
        digest);
  }

  /** The columns, which rise; no copy if they are all. */
  private static Samples chosen(Samples rows, int[] columns) {
    return columns.length == rows.columns() ? rows : rows.columns(columns);
  }
}
