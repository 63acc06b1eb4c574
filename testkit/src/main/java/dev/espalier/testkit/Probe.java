package dev.espalier.testkit;

import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Asks a score everything it can be asked about a batch of rows. */
final class Probe {

  /** Levels from almost clean to pure noise, of every kind of schedule. */
  static final List<NoiseLevel> LEVELS =
      List.of(
          new NoiseLevel(1, 1e-4),
          NoiseLevel.preserving(0.01),
          new NoiseLevel(1, 0.25),
          NoiseLevel.preserving(0.5),
          new NoiseLevel(0.3, 0.2),
          NoiseLevel.preserving(0.99),
          NoiseLevel.exploding(5),
          new NoiseLevel(0, 1));

  private Probe() {}

  static List<NoiseLevel> known(Score score, List<NoiseLevel> levels) {
    return levels.stream().filter(level -> score.range().contains(level)).toList();
  }

  /** Standard normal numbers. */
  static double[] noise(String name, int count) {
    RandomGenerator random = new Streams(20).stream(name, 0);
    double[] noise = new double[count];
    for (int i = 0; i < count; i++) {
      noise[i] = random.nextGaussian();
    }
    return noise;
  }

  /** One answer to a batch: its name, and one value a row or a row a row. */
  static final class Answer {
    final String name;
    final double[] values;

    Answer(String name, double[] values) {
      this.name = name;
      this.values = values;
    }
  }

  /** Everything the score says of the batch, each output array filled with {@code fill} before. */
  static List<Answer> ask(Score score, NoiseLevel level, double[] x, double fill) {
    List<Answer> answers = new ArrayList<>();
    double[] out = filled(x.length, fill);
    score.posteriorMean(level, x, out);
    answers.add(new Answer("posterior mean", out));
    if (level.b() == 0) {
      return answers;
    }
    out = filled(x.length, fill);
    score.score(level, x, out);
    answers.add(new Answer("score", out));
    if (score.ability(Density.class).isPresent()) {
      out = filled(x.length / score.columns(), fill);
      score.ability(Density.class).get().logDensity(level, x, out);
      answers.add(new Answer("log density", out));
    }
    if (score.ability(Curvature.class).isPresent()) {
      Curvature curvature = score.ability(Curvature.class).get();
      double[] v = directions(score, x.length);
      out = filled(x.length, fill);
      curvature.jacobianTimes(level, x, v, out);
      answers.add(new Answer("Jacobian times a vector", out));
      out = filled(x.length, fill);
      curvature.transposedJacobianTimes(level, x, v, out);
      answers.add(new Answer("transposed Jacobian times a vector", out));
      out = filled(x.length, fill);
      curvature.hessianTimes(level, x, v, out);
      answers.add(new Answer("Hessian times a vector", out));
    }
    return answers;
  }

  /** The same direction for every row, so that a row's answers do not depend on its place. */
  static double[] directions(Score score, int length) {
    double[] one = noise("direction", score.columns());
    double[] all = new double[length];
    for (int i = 0; i < length; i++) {
      all[i] = one[i % one.length];
    }
    return all;
  }

  static double[] filled(int length, double value) {
    double[] array = new double[length];
    Arrays.fill(array, value);
    return array;
  }

  /** Posterior means at all known levels, to compare fits bit by bit. */
  static double[] fingerprint(Score score) {
    double[] rows = noise("fingerprint", 16 * score.columns());
    List<NoiseLevel> levels = known(score, LEVELS);
    double[] all = new double[rows.length * levels.size()];
    double[] out = new double[rows.length];
    for (int k = 0; k < levels.size(); k++) {
      score.posteriorMean(levels.get(k), rows, out);
      System.arraycopy(out, 0, all, k * rows.length, rows.length);
    }
    return all;
  }
}
