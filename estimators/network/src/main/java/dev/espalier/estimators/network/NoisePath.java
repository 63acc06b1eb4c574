package dev.espalier.estimators.network;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The noise of rows along their ways through the levels, for trainings that look at two levels of
 * one path or keep one path a row.
 *
 * <p>In units of the signal noise is a Brownian motion in {@code b/a²}. Fixed paths are known at
 * levels evenly spaced in log SNR.
 */
final class NoisePath {
  /** How many levels a fixed path is known at. */
  static final int LEVELS = 64;

  /** How far away on its path a row is looked at: least, and how much more at most, in log SNR. */
  private static final double NEAR = 0.25;

  private static final double FARTHER = 0.5;

  private final NoiseRange range;
  private final Paths paths;
  private final Streams streams;

  NoisePath(NoiseRange range, Paths paths, Streams streams) {
    this.range = range;
    this.paths = paths;
    this.streams = streams;
  }

  private double gap() {
    return (range.cleanest() - range.noisiest()) / (LEVELS - 1);
  }

  /** The place of a level on fixed paths, counted from the cleanest. */
  private int place(double logSnr) {
    int place = (int) Math.round((range.cleanest() - logSnr) / gap());
    return Math.max(0, Math.min(LEVELS - 1, place));
  }

  private double at(int place) {
    return place == LEVELS - 1 ? range.noisiest() : range.cleanest() - place * gap();
  }

  /** The level nearest to one that is asked for. */
  double known(double logSnr) {
    return paths == Paths.FIXED && gap() > 0 ? at(place(logSnr)) : logSnr;
  }

  /**
   * A level a little earlier on the path, at a random distance.
   *
   * @return the level itself where none is earlier
   */
  double before(double logSnr, RandomGenerator random) {
    double away = NEAR + FARTHER * random.nextDouble();
    if (paths == Paths.FRESH) {
      return Math.min(range.cleanest(), logSnr + away);
    }
    int places = gap() > 0 ? (int) Math.max(1, Math.round(away / gap())) : 0;
    return at(Math.max(0, place(logSnr) - places));
  }

  /** The levels through which a score is learned up to one: the middle distance apart. */
  List<NoiseLevel> through(double logSnr) {
    double step = Math.max(NEAR + 0.5 * FARTHER, paths == Paths.FIXED ? gap() : 0);
    List<NoiseLevel> levels = new ArrayList<>();
    int steps = (int) Math.floor((range.cleanest() - logSnr) / step + 1e-9);
    for (int k = steps; k >= 0; k--) {
      levels.add(LevelSampling.level(logSnr + k * step));
    }
    return levels;
  }

  /**
   * Draws standard normal noise at a level and at one before it on the same path.
   *
   * @param path which, on fixed paths
   * @param random of fresh paths
   * @param noise at the level
   * @param early at the level before; left alone where it is the level itself
   */
  void draw(
      long path,
      double logSnr,
      double before,
      RandomGenerator random,
      double[] noise,
      double[] early) {
    if (paths == Paths.FIXED) {
      walk(path, place(logSnr), place(before), noise, early);
    } else if (before > logSnr) {
      double share = StrictMath.exp(0.5 * (logSnr - before));
      double rest = Math.sqrt(-StrictMath.expm1(logSnr - before));
      for (int k = 0; k < noise.length; k++) {
        early[k] = random.nextGaussian();
        noise[k] = share * early[k] + rest * random.nextGaussian();
      }
    } else {
      for (int k = 0; k < noise.length; k++) {
        noise[k] = random.nextGaussian();
      }
    }
  }

  private void walk(long path, int place, int before, double[] noise, double[] early) {
    RandomGenerator random = streams.stream("path", path);
    double share = StrictMath.exp(-0.5 * gap());
    double rest = Math.sqrt(-StrictMath.expm1(-gap()));
    for (int k = 0; k < noise.length; k++) {
      noise[k] = random.nextGaussian();
    }
    for (int at = 1; at <= place; at++) {
      if (at - 1 == before) {
        System.arraycopy(noise, 0, early, 0, noise.length);
      }
      for (int k = 0; k < noise.length; k++) {
        noise[k] = share * noise[k] + rest * random.nextGaussian();
      }
    }
  }
}
