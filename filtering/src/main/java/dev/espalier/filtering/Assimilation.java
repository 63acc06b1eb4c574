package dev.espalier.filtering;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** An ensemble that follows a moving state; equal bits for any tasks. */
public final class Assimilation {
  private static final int BLOCK = 64;

  private final Dynamics dynamics;
  private final Analysis analysis;
  private final long seed;
  private final Tasks tasks;
  private final Progress progress;

  private Assimilation(
      Dynamics dynamics, Analysis analysis, long seed, Tasks tasks, Progress progress) {
    this.dynamics = dynamics;
    this.analysis = analysis;
    this.seed = seed;
    this.tasks = tasks;
    this.progress = progress;
  }

  /** An assimilation with seed 0, in the calling thread, silently. */
  public static Assimilation of(Dynamics dynamics, Analysis analysis) {
    return new Assimilation(dynamics, analysis, 0, Tasks.here(), Progress.silent());
  }

  /** This assimilation with another seed. */
  public Assimilation withSeed(long seed) {
    return new Assimilation(dynamics, analysis, seed, tasks, progress);
  }

  /** This assimilation run elsewhere. */
  public Assimilation withTasks(Tasks tasks) {
    return new Assimilation(dynamics, analysis, seed, tasks, progress);
  }

  /** This assimilation reporting elsewhere. */
  public Assimilation withProgress(Progress progress) {
    return new Assimilation(dynamics, analysis, seed, tasks, progress);
  }

  /**
   * Follows the state through all observations.
   *
   * @param ensemble at time 0, a member a row, at least two
   * @param cycles is given the ensembles of every observation in turn
   * @return the last ensemble
   * @throws IllegalArgumentException if the columns do not fit the dynamics
   * @throws dev.espalier.api.CancelledException if the progress was cancelled
   */
  public Samples run(Samples ensemble, Observations observations, Consumer<Cycle> cycles) {
    if (ensemble.columns() != dynamics.columns()) {
      throw new IllegalArgumentException(
          "need an ensemble of " + dynamics.columns() + " columns, got " + ensemble.columns());
    }
    Streams streams = new Streams(seed);
    Samples now = ensemble;
    double time = 0;
    List<Observations.Timed> all = observations.all();
    for (int k = 0; k < all.size(); k++) {
      progress.check();
      Observations.Timed next = all.get(k);
      Samples forecast = advanced(now, next.time() - time, streams.seed("filtering.dynamics", k));
      Progress part = progress.part((double) k / all.size(), (k + 1.0) / all.size());
      now =
          analysis.given(
              AnalysisRequest.of(forecast, next.what())
                  .withSeed(streams.seed("filtering.analysis", k))
                  .withTasks(tasks)
                  .withProgress(part));
      time = next.time();
      cycles.accept(new Cycle(time, forecast, now));
      part.report("assimilating", 1);
    }
    return now;
  }

  /** The ensemble moved on, every member with its own stream. */
  private Samples advanced(Samples ensemble, double duration, long key) {
    int n = ensemble.count();
    int d = ensemble.columns();
    Dynamics model = dynamics;
    Streams streams = new Streams(key);
    List<double[]> blocks =
        tasks.map(
            (n + BLOCK - 1) / BLOCK,
            (block, share) -> {
              int from = block * BLOCK;
              int to = Math.min(n, from + BLOCK);
              double[] rows = new double[(to - from) * d];
              ensemble.copyRows(from, to, rows, 0);
              for (int i = from; i < to; i++) {
                double[] state = Arrays.copyOfRange(rows, (i - from) * d, (i - from + 1) * d);
                if (duration > 0) {
                  model.advance(state, duration, streams.stream("filtering.member", i));
                }
                System.arraycopy(state, 0, rows, (i - from) * d, d);
              }
              return rows;
            },
            Progress.silent());
    double[] all = new double[n * d];
    int at = 0;
    for (double[] block : blocks) {
      System.arraycopy(block, 0, all, at, block.length);
      at += block.length;
    }
    return Samples.of(d, all);
  }
}
