package dev.espalier.api;

import java.io.Serializable;

/**
 * A path of noise levels from the data at time 0 to noise at time 1.
 *
 * <p>The ratio of signal to noise falls strictly with time. Schedules differ in speed and in scale
 * only, so compare them by {@link NoiseLevel#logSnr()}: a score trained on one serves all.
 */
@FunctionalInterface
public interface NoiseSchedule extends Serializable {

  /**
   * The level at time {@code t}.
   *
   * @param t in [0, 1]
   */
  NoiseLevel at(double t);

  /**
   * The time at which this schedule has the given log signal-to-noise ratio, by bisection unless a
   * schedule knows better; 0 or 1 where the schedule does not reach it.
   */
  default double timeOf(double logSnr) {
    double clean = 0;
    double noisy = 1;
    if (!(at(clean).logSnr() > logSnr)) {
      return clean;
    }
    if (!(at(noisy).logSnr() < logSnr)) {
      return noisy;
    }
    while (true) {
      double middle = 0.5 * (clean + noisy);
      if (middle <= clean || middle >= noisy) {
        return middle;
      }
      if (at(middle).logSnr() > logSnr) {
        clean = middle;
      } else {
        noisy = middle;
      }
    }
  }
}
