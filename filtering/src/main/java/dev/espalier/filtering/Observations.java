package dev.espalier.filtering;

import dev.espalier.api.Observation;
import java.io.Serializable;
import java.util.List;

/**
 * What was observed of a state over time.
 *
 * @param all in rising order of time
 */
public record Observations(List<Timed> all) implements Serializable {

  /**
   * What was observed at one time.
   *
   * @param time finite and at least 0, the time at which the ensemble starts
   * @param what was observed
   */
  public record Timed(double time, Observation what) implements Serializable {

    /** Checks the range. */
    public Timed {
      if (!(time >= 0 && time < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("need a finite time >= 0, got " + time);
      }
    }
  }

  /** Copies and checks the order. */
  public Observations {
    all = List.copyOf(all);
    for (int k = 1; k < all.size(); k++) {
      if (!(all.get(k).time() > all.get(k - 1).time())) {
        throw new IllegalArgumentException(
            "need observations at rising times, got one at "
                + all.get(k - 1).time()
                + " and then one at "
                + all.get(k).time());
      }
    }
  }
}
