package dev.espalier.filtering;

import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;

/** An ensemble before an observation, what was observed, a seed, and where the work runs. */
public final class AnalysisRequest {
  private final Samples forecast;
  private final Observation observation;
  private final long seed;
  private final Tasks tasks;
  private final Progress progress;

  private AnalysisRequest(
      Samples forecast, Observation observation, long seed, Tasks tasks, Progress progress) {
    this.forecast = forecast;
    this.observation = observation;
    this.seed = seed;
    this.tasks = tasks;
    this.progress = progress;
  }

  /**
   * A request with seed 0, in the calling thread, silently.
   *
   * @param forecast at least two members, complete
   */
  public static AnalysisRequest of(Samples forecast, Observation observation) {
    if (!(forecast.count() >= 2) || forecast.hasMissing()) {
      throw new IllegalArgumentException(
          "need an ensemble of at least two complete members, got " + forecast);
    }
    return new AnalysisRequest(forecast, observation, 0, Tasks.here(), Progress.silent());
  }

  /** The ensemble before the observation, a member a row. */
  public Samples forecast() {
    return forecast;
  }

  /** What was observed. */
  public Observation observation() {
    return observation;
  }

  /** What was observed, if it is linear in the state. */
  Observation.Linear linear(String who) {
    if (observation instanceof Observation.Linear linear) {
      if (linear.columns() != forecast.columns()) {
        throw new IllegalArgumentException(
            "need an observation of "
                + forecast.columns()
                + " columns, got one of "
                + linear.columns());
      }
      return linear;
    }
    throw new IllegalArgumentException(
        "need a noisy linear observation for " + who + ", got " + observation);
  }

  /** The seed of everything random in the analysis. */
  public long seed() {
    return seed;
  }

  /** The streams of that seed. */
  Streams streams() {
    return new Streams(seed);
  }

  /** Where independent pieces run. */
  public Tasks tasks() {
    return tasks;
  }

  /** Where to report and to ask whether to go on. */
  public Progress progress() {
    return progress;
  }

  /** This request with another seed. */
  public AnalysisRequest withSeed(long seed) {
    return new AnalysisRequest(forecast, observation, seed, tasks, progress);
  }

  /** This request run elsewhere. */
  public AnalysisRequest withTasks(Tasks tasks) {
    return new AnalysisRequest(forecast, observation, seed, tasks, progress);
  }

  /** This request reporting elsewhere. */
  public AnalysisRequest withProgress(Progress progress) {
    return new AnalysisRequest(forecast, observation, seed, tasks, progress);
  }
}
