package dev.espalier.estimators.network;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Window;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A fit of many windows: lots of them, each trained by itself, wherever the tasks run.
 *
 * <p>Networks are told the label of the rows of the request, if there is one.
 */
final class Trainer {

  /** Multiply-adds a second on one core of an ordinary machine, for the estimate. */
  private static final double SPEED = 2e10;

  /** How many networks are trained at once on an ordinary machine, for the estimate. */
  private static final int MOST_AT_ONCE = 8;

  private final Network settings;
  private final FitRequest request;
  private final List<Window> windows;
  private final Plan plan;
  private final Engine engine;

  private Trainer(
      Network settings, FitRequest request, List<Window> windows, Plan plan, Engine engine) {
    this.settings = settings;
    this.request = request;
    this.windows = windows;
    this.plan = plan;
    this.engine = engine;
  }

  static Trainer of(Network settings, FitRequest request, List<Window> windows) {
    return of(settings, request, windows, settings.engine());
  }

  static Trainer of(Network settings, FitRequest request, List<Window> windows, Engine engine) {
    int widest = 1;
    for (Window window : windows) {
      widest = Math.max(widest, window.columns().size());
      for (int column : window.columns()) {
        if (column >= request.rows().columns()) {
          throw new IllegalArgumentException(
              "need window columns below "
                  + request.rows().columns()
                  + ", got "
                  + column
                  + " in "
                  + window);
        }
      }
    }
    if (!Double.isFinite(request.range().noisiest())
        || !Double.isFinite(request.range().cleanest())) {
      throw new IllegalArgumentException(
          "need a finite range of log SNR to learn, got " + request.range());
    }
    Plan plan = Plan.of(settings, request.rows().count(), widest);
    return new Trainer(settings, request, List.copyOf(windows), plan, engine);
  }

  private boolean missing() {
    return request.rows().hasMissing()
        || request.validation().map(Samples::hasMissing).orElse(false);
  }

  /** The shape of a window's network, or a larger one where cells are missing. */
  private Shape shape(Window window) {
    int columns = window.columns().size();
    int masks = missing() ? columns : 0;
    int told = request.rows().labels().stream().mapToInt(each -> each.categories().size()).sum();
    return new Shape(
        columns + masks + told, LevelFeatures.COUNT, plan.hidden(), window.outputs().size());
  }

  /** What the fit is expected to take. */
  Cost cost() {
    double work = 0;
    double bytes = 0;
    for (Window window : windows) {
      Shape shape = shape(window);
      double columns = window.columns().size();
      boolean turned = settings.turned() && !missing() && columns <= Frame.MOST_TURNED;
      double turns = turned ? 10 * columns * columns : 0;
      double rows = (double) plan.steps() * plan.batch();
      work += rows * (3.4 * shape.parameters() + 300.0 * columns + turns);
      bytes += 8.0 * shape.parameters();
    }
    if (!windows.isEmpty()) {
      bytes += Math.min(MOST_AT_ONCE, windows.size()) * peak();
    }
    return new Cost(work / SPEED, (long) Math.min(bytes, 9e18));
  }

  /** The bytes of the greatest lot. */
  private double peak() {
    double most = 0;
    for (Window window : windows) {
      Shape shape = shape(window);
      int lot = engine.lot(shape, windows.size());
      double cells = (double) request.rows().count() * shape.inputs();
      double batch = (double) plan.batch() * (shape.inputs() + 2.0 * shape.outputs()) * 4 * lot;
      most = Math.max(most, engine.bytes(shape, lot) + batch + 16 * cells * lot);
    }
    return most;
  }

  private void requireMemory() {
    double there = Runtime.getRuntime().maxMemory();
    double needed = windows.isEmpty() ? 0 : peak();
    double parameters = 0;
    for (Window window : windows) {
      parameters = Math.max(parameters, shape(window).parameters());
    }
    if (needed > there || parameters > Integer.MAX_VALUE / 2) {
      throw new IllegalArgumentException(
          "need about "
              + megabytes(needed)
              + " MB to train layers "
              + plan.hidden()
              + " on "
              + request.rows()
              + ", got "
              + megabytes(there)
              + " MB; choose narrower layers, or give Java more memory with -Xmx");
    }
  }

  private static long megabytes(double bytes) {
    return (long) Math.ceil(bytes / (1 << 20));
  }

  /** Trains and returns a score a window. */
  List<Score> run() {
    requireMemory();
    List<List<Window>> lots = lots();
    Samples validation = request.validation().orElse(null);
    double[] weights = new double[request.rows().count()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = request.weight(i);
    }
    String folder = request.checkpoint().map(each -> each.toAbsolutePath().toString()).orElse("");
    String digest = folder.isEmpty() ? "" : digest(weights, validation);
    Lots pieces =
        new Lots(
            settings,
            plan,
            engine,
            request.rows(),
            weights,
            validation,
            request.range(),
            request.seed(),
            lots,
            folder,
            digest);
    List<List<NetworkScore>> found =
        lots.size() == 1
            ? List.of(pieces.only(0).train(request.tasks().near(), request.progress(), true))
            : request.tasks().map(lots.size(), pieces, request.progress());
    List<Score> scores = new ArrayList<>();
    found.forEach(scores::addAll);
    return scores;
  }

  /** Of the rows and all that comes with them. */
  private String digest(double[] weights, @Nullable Samples validation) {
    Digest digest = new Digest();
    digest.add(request.rows(), request.progress());
    digest.add(weights);
    request.rows().labels().forEach(digest::add);
    if (validation != null) {
      digest.add(validation, request.progress());
    }
    return digest.text();
  }

  /** Neighbours of one shape, as many as the engine likes to step together. */
  private List<List<Window>> lots() {
    List<List<Window>> lots = new ArrayList<>();
    int from = 0;
    while (from < windows.size()) {
      Shape shape = shape(windows.get(from));
      int to = from + 1;
      int most = engine.lot(shape, windows.size() - from);
      while (to < windows.size()
          && to - from < most
          && shape(windows.get(to)).equals(shape)
          && !missing()) {
        to++;
      }
      lots.add(List.copyOf(windows.subList(from, to)));
      from = to;
    }
    return lots;
  }
}
