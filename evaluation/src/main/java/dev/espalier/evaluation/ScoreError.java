package dev.espalier.evaluation;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How far a score is from the true one at each noise level. Where the truth is not known, compare
 * held-out losses instead ({@link dev.espalier.api.HeldOut}).
 *
 * @param level the level
 * @param relative {@code E|s − t|²/E|t|²} over noised rows, s being the score and t the true one
 */
public record ScoreError(NoiseLevel level, Estimate relative) implements Serializable {

  /**
   * The errors at some levels, each row noised once; the noise of row i at a level depends on the
   * seed, i and the level alone. The standard error is that of the ratio to first order.
   *
   * @param rows clean rows, usually fresh draws of the true law; at least 2
   * @throws IllegalArgumentException if the columns differ
   * @throws dev.espalier.api.InvalidDataException if there are fewer than 2 rows or a cell is
   *     missing
   */
  public static List<ScoreError> of(
      Score score, Score truth, List<NoiseLevel> levels, Samples rows, long seed) {
    Rows.requireComplete(rows, 2);
    int d = rows.columns();
    if (score.columns() != d || truth.columns() != d) {
      throw new IllegalArgumentException(
          "need scores of " + d + " columns, got " + score.columns() + " and " + truth.columns());
    }
    List<ScoreError> errors = new ArrayList<>();
    for (NoiseLevel level : levels) {
      double[] x = noised(rows, level, seed);
      double[] one = new double[x.length];
      double[] other = new double[x.length];
      score.score(level, x, one);
      truth.score(level, x, other);
      double[] squares = new double[rows.count()];
      double[] sizes = new double[rows.count()];
      for (int k = 0; k < x.length; k++) {
        squares[k / d] += (one[k] - other[k]) * (one[k] - other[k]);
        sizes[k / d] += other[k] * other[k];
      }
      double size = Energy.mean(sizes);
      double ratio = Energy.mean(squares) / size;
      double error =
          Math.sqrt(
              Energy.varianceOfMean(Energy.combined(1 / size, squares, -ratio / size, sizes)));
      errors.add(new ScoreError(level, new Estimate(ratio, error)));
    }
    return List.copyOf(errors);
  }

  private static double[] noised(Samples rows, NoiseLevel level, long seed) {
    int d = rows.columns();
    Streams streams =
        new Streams(new Streams(seed).seed("score error", Double.doubleToLongBits(level.logSnr())));
    double[] x = rows.toArray();
    double root = Math.sqrt(level.b());
    for (int i = 0; i < rows.count(); i++) {
      RandomGenerator random = streams.stream("row", i);
      for (int j = i * d; j < (i + 1) * d; j++) {
        x[j] = level.a() * x[j] + root * random.nextGaussian();
      }
    }
    return x;
  }
}
