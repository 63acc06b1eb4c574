package dev.espalier.filtering;

import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A state that is known and what is observed of it, to test filters on.
 *
 * @param truth the state at the time of every observation, a row each
 * @param observations of it
 */
public record Twin(Samples truth, Observations observations) {

  /**
   * Every how many units of time, and of which columns, a state is observed.
   *
   * @param interval from one observation to the next; finite and positive
   * @param count how many observations; at least 1
   * @param columns those observed
   * @param deviation of the noise of each; finite and positive
   */
  public record Watch(double interval, int count, List<Integer> columns, double deviation) {

    /** Checks and copies. */
    public Watch {
      columns = List.copyOf(columns);
      if (!(interval > 0
          && interval < Double.POSITIVE_INFINITY
          && count >= 1
          && !columns.isEmpty()
          && deviation > 0
          && deviation < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "need a finite interval > 0, a count >= 1, columns and a finite deviation > 0, got "
                + interval
                + ", "
                + count
                + ", "
                + columns
                + " and "
                + deviation);
      }
    }
  }

  /** Moves a state on from {@code start}, and observes it. */
  public static Twin of(Dynamics dynamics, double[] start, Watch watch, long seed) {
    Streams streams = new Streams(seed);
    int d = dynamics.columns();
    int m = watch.columns.size();
    double[][] h = new double[m][d];
    double[][] r = new double[m][m];
    for (int k = 0; k < m; k++) {
      h[k][watch.columns.get(k)] = 1;
      r[k][k] = watch.deviation * watch.deviation;
    }
    double[] state = start.clone();
    double[][] truth = new double[watch.count][];
    List<Observations.Timed> seen = new ArrayList<>();
    for (int i = 0; i < watch.count; i++) {
      dynamics.advance(state, watch.interval, streams.stream("filtering.truth", i));
      truth[i] = state.clone();
      RandomGenerator random = streams.stream("filtering.observation", i);
      double[] y = new double[m];
      for (int k = 0; k < m; k++) {
        y[k] = state[watch.columns.get(k)] + watch.deviation * random.nextGaussian();
      }
      seen.add(new Observations.Timed((i + 1) * watch.interval, Observation.linear(h, y, r)));
    }
    return new Twin(Samples.of(truth), new Observations(seen));
  }

  /**
   * Independent states of the climate of the dynamics: standard normal ones moved on for long.
   *
   * @param duration how long
   */
  public static Samples climate(Dynamics dynamics, int count, double duration, long seed) {
    Streams streams = new Streams(seed);
    double[][] states = new double[count][dynamics.columns()];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = streams.stream("filtering.climate", i);
      for (int j = 0; j < states[i].length; j++) {
        states[i][j] = random.nextGaussian();
      }
      dynamics.advance(states[i], duration, random);
    }
    return Samples.of(states);
  }
}
