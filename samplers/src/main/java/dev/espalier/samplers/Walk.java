package dev.espalier.samplers;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.PathObserver;
import dev.espalier.api.Progress;
import dev.espalier.api.Refinable;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Streams;
import dev.espalier.api.TimeGrid;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A sampler that walks rows down a grid of noise levels with a stepper.
 *
 * <p>Row {@code i} takes its start and its noise from its own streams, so it depends on the score,
 * the seed and {@code i} alone. Blocks of rows run in parallel through the request's tasks. Rows
 * are taken to be standardised: of about unit variance, or at least small beside the noise of the
 * first level.
 *
 * @param stepper how rows get from level to level
 * @param settings where they stop on the way, and how they start and end
 */
public record Walk(Stepper stepper, Settings settings) implements Refinable {

  /**
   * What every walk may be told.
   *
   * @param steps the number of steps of the grid; at least 1
   * @param grid the levels
   * @param start where rows start
   * @param last how rows leave the last noisy level
   */
  public record Settings(
      @Setting(value = "" + STEPS, help = STEPS_HELP) int steps,
      @Setting(value = GRID, help = GRID_HELP) TimeGrid grid,
      @Setting(value = START, help = START_HELP) Start start,
      @Setting(value = LAST, help = LAST_HELP) Last last)
      implements Serializable {

    static final String GRID = "focus()";
    static final String START = "mean";
    static final String LAST = "denoise";
    static final String STEPS_HELP = "number of noise levels visited; >= 1";
    static final String GRID_HELP = "the noise levels";
    static final String START_HELP = "where rows start: around the law's mean, or zero";
    static final String LAST_HELP =
        "how rows leave the last noisy level: denoise, keep (as they are) or step";

    /** The usual number of steps. */
    public static final int STEPS = 64;

    /** Checks the range. */
    public Settings {
      Checks.atLeast("steps", 1, steps);
    }

    /** The usual settings with the given number of steps. */
    public static Settings of(int steps) {
      return new Settings(steps, Focus.standard(), Start.MEAN, Last.DENOISE);
    }
  }

  /** A walk in the usual settings with the given number of steps. */
  public static Walk of(Stepper stepper, int steps) {
    return new Walk(stepper, Settings.of(steps));
  }

  @Override
  public int steps() {
    return settings.steps;
  }

  @Override
  public int order() {
    return stepper.order();
  }

  @Override
  public boolean isRandom() {
    return stepper.isRandom();
  }

  @Override
  public Walk withSteps(int steps) {
    return new Walk(stepper, new Settings(steps, settings.grid, settings.start, settings.last));
  }

  /** {@inheritDoc} A grid of n levels has n − 1 steps between them, which is what is divided. */
  @Override
  public Sampler onPathsOf(int steps) {
    int moves = settings.steps - 1;
    if (!(moves >= 1 && steps > moves && (steps - 1) % moves == 0)) {
      throw new IllegalArgumentException(
          "need steps - 1 to be a multiple of " + moves + ", got steps=" + steps);
    }
    return new Refined(this, (steps - 1) / moves);
  }

  /** This walk along another grid. */
  public Walk withGrid(TimeGrid grid) {
    return new Walk(stepper, new Settings(settings.steps, grid, settings.start, settings.last));
  }

  /** This walk from another start. */
  public Walk withStart(Start start) {
    return new Walk(stepper, new Settings(settings.steps, settings.grid, start, settings.last));
  }

  /** This walk with another end. */
  public Walk withLast(Last last) {
    return new Walk(stepper, new Settings(settings.steps, settings.grid, settings.start, last));
  }

  /**
   * Draws the rows of the request, in its order; an observer of it is shown every step.
   *
   * @throws IllegalStateException if a row stops being finite, naming the step and the row
   */
  @Override
  public Samples draw(DrawRequest request) {
    return Blocks.draw(request, path(request, 0));
  }

  /**
   * The rows of the request at every level: where they start, after each step, and last as {@link
   * #draw(DrawRequest)} has them. Memory is that of as many draws.
   */
  public List<State> states(DrawRequest request) {
    Path path = path(request, 0);
    int columns = request.score().columns();
    int states = path.levels.size() + (path.denoise ? 1 : 0);
    Samples all = Blocks.draw(request, states * columns, path::allRows);
    List<State> each = new ArrayList<>();
    for (int k = 0; k < states; k++) {
      int[] chosen = new int[columns];
      for (int j = 0; j < columns; j++) {
        chosen[j] = k * columns + j;
      }
      each.add(
          new State(
              k < path.levels.size() ? path.levels.get(k) : NoiseLevel.CLEAN, all.columns(chosen)));
    }
    return List.copyOf(each);
  }

  /** Draws with the noise of so many finer steps in each. */
  Samples draw(DrawRequest request, int times) {
    return Blocks.draw(request, path(request, times));
  }

  /** Draws in blocks of the given size, which changes no bit. */
  Samples drawInBlocks(DrawRequest request, int block) {
    return Blocks.drawInBlocks(request, block, path(request, 0));
  }

  /** The levels to walk along, and what comes after the last. */
  private Path path(DrawRequest request, int times) {
    Score score = request.score();
    List<NoiseLevel> levels = TimeGrid.check(settings.grid.levels(score, settings.steps));
    boolean clean = levels.get(levels.size() - 1).b() == 0;
    boolean stop = clean && settings.last != Last.STEP;
    return new Path(
        score,
        stepper,
        stop ? List.copyOf(levels.subList(0, levels.size() - 1)) : levels,
        settings.start,
        settings.last == Last.DENOISE,
        times == 0 ? List.of() : finer(score, levels, times),
        times,
        request.observer().orElse(null));
  }

  /** The levels of finer steps, those of the walk among them. */
  private List<NoiseLevel> finer(Score score, List<NoiseLevel> levels, int times) {
    List<NoiseLevel> fine = settings.grid.levels(score, (settings.steps - 1) * times + 1);
    for (int k = 0; k < settings.steps; k++) {
      double gap = levels.get(k).logSnr() - fine.get(k * times).logSnr();
      if (!(Math.abs(gap) < 1e-9)) {
        throw new IllegalArgumentException(
            "need a grid whose levels are among those of finer steps, got "
                + levels.get(k)
                + " and "
                + fine.get(k * times)
                + " from "
                + settings.grid);
      }
    }
    return List.copyOf(fine);
  }

  /** One way down: what a block of rows needs, wherever it runs. */
  private record Path(
      Score score,
      Stepper stepper,
      List<NoiseLevel> levels,
      Start start,
      boolean denoise,
      List<NoiseLevel> fine,
      int times,
      @Nullable PathObserver observer)
      implements Blocks.Work {

    @Override
    public double[] rows(DrawRequest.Rows rows, Streams streams, Progress progress) {
      PathObserver told = observer;
      int columns = score.columns();
      return walk(
          rows,
          streams,
          progress,
          told == null
              ? (step, level, which, x) -> {}
              : (step, level, which, x) ->
                  told.reached(step, level, which, Samples.of(columns, x)));
    }

    /** Takes note of rows on their way, as they are kept here. */
    @FunctionalInterface
    private interface Watcher {
      void reached(int step, NoiseLevel level, DrawRequest.Rows rows, double[] x);
    }

    /** The states of every row, one after the other. */
    double[] allRows(DrawRequest.Rows rows, Streams streams, Progress progress) {
      int columns = score.columns();
      int width = columns * (levels.size() + (denoise ? 1 : 0));
      double[] all = new double[rows.count() * width];
      walk(
          rows,
          streams,
          progress,
          (step, level, which, x) -> {
            for (int i = 0; i < which.count(); i++) {
              System.arraycopy(x, i * columns, all, i * width + step * columns, columns);
            }
          });
      return all;
    }

    private double[] walk(
        DrawRequest.Rows rows, Streams streams, Progress progress, Watcher watcher) {
      double[] x = start.rows(score, levels.get(0), rows, streams);
      watcher.reached(0, levels.get(0), rows, x);
      double[] next = new double[x.length];
      double[][] memory = new double[stepper.memory()][x.length];
      Noise noise = noise(rows, streams);
      int steps = levels.size() - 1;
      for (int k = 0; k < steps; k++) {
        progress.check();
        stepper.step(new Move(score, levels, k, noise, memory), x, next);
        requireFinite(next, rows, "step " + (k + 1) + " of " + steps);
        double[] swap = x;
        x = next;
        next = swap;
        watcher.reached(k + 1, levels.get(k + 1), rows, x);
        progress.report("sampling", (k + 1.0) / steps);
      }
      if (denoise) {
        score.posteriorMean(levels.get(steps), x, next);
        requireFinite(next, rows, "denoising after step " + steps);
        watcher.reached(steps + 1, NoiseLevel.CLEAN, rows, next);
        return next;
      }
      return x;
    }

    private Noise noise(DrawRequest.Rows rows, Streams streams) {
      if (times == 0) {
        return new Noise.Fresh(Blocks.streams(rows, streams, "samplers.path"));
      }
      RandomGenerator[][] each = new RandomGenerator[Noise.Summed.PATHS + 1][];
      for (int path = 0; path < each.length; path++) {
        each[path] = Blocks.streams(rows, streams, "samplers.path." + path);
      }
      return new Noise.Summed(each, fine, times);
    }

    private void requireFinite(double[] x, DrawRequest.Rows rows, String after) {
      int columns = score.columns();
      for (int i = 0; i < x.length; i++) {
        if (!(Math.abs(x[i]) < Double.POSITIVE_INFINITY)) {
          throw new NotConvergedException(
              "need finite rows, got "
                  + x[i]
                  + " in row "
                  + rows.index(i / columns)
                  + ", column "
                  + i % columns
                  + ", after "
                  + after
                  + ": the score is not finite there. Check the fit, or take a grid with shorter"
                  + " steps");
        }
      }
    }
  }
}
