package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.Plugin;
import dev.espalier.api.Progress;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Strata;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What every score must satisfy, of whatever kind; a subclass says which scores.
 *
 * <p>Laws of an ability are checked where the score offers it: finite differences of the density
 * and of the posterior mean, symmetry, conditioning, storing.
 */
public abstract class ScoreContract {

  private static final double[] STENCIL = {1.0 / 12, -2.0 / 3, 2.0 / 3, -1.0 / 12};
  private static final int[] OFFSETS = {-2, -1, 1, 2};

  /** The scores to check. */
  protected abstract List<? extends Score> scores();

  /** The plugins that read a stored score back; needed if a score is {@link Stored}. */
  protected List<Plugin> plugins() {
    return List.of();
  }

  /** The levels to ask at; those outside the range of a score are left out. */
  protected List<NoiseLevel> levels() {
    return Probe.LEVELS;
  }

  /** Clean rows in the region of the law, row-major; the default is normal with deviation 2. */
  protected double[] rows(Score score) {
    double[] rows = Probe.noise("clean", 12 * score.columns());
    for (int i = 0; i < rows.length; i++) {
      rows[i] *= 2;
    }
    return rows;
  }

  /** How far finite differences may be off, relative to the size of what they estimate. */
  protected double tolerance() {
    return 1e-6;
  }

  /** How far products with the Jacobian may be off by rounding, relative to their terms. */
  protected double rounding() {
    return 1e-9;
  }

  /** About how many damaged copies of each stored score are read; fewer where that takes long. */
  protected int damagedCopies() {
    return 100;
  }

  private double[] noisy(Score score, NoiseLevel level) {
    double[] rows = rows(score);
    double[] noise = Probe.noise("noise " + level.logSnr(), rows.length);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = level.a() * rows[i] + Math.sqrt(level.b()) * noise[i];
    }
    return rows;
  }

  private void everywhere(Check check) {
    for (Score score : scores()) {
      List<NoiseLevel> known = Probe.known(score, levels());
      assertFalse(known.isEmpty(), () -> score + " knows none of " + levels());
      for (NoiseLevel level : known) {
        check.at(score, level, noisy(score, level));
      }
    }
  }

  /** What is asserted of a score at a level. */
  @FunctionalInterface
  private interface Check {
    void at(Score score, NoiseLevel level, double[] x);
  }

  private static String where(String what, Score score, NoiseLevel level) {
    return what + " of " + score + " at " + level;
  }

  /** A row answered alone, in any place and in a batch of hundreds has the same bits. */
  @Test
  public final void rowsDoNotDependOnTheirBatch() {
    everywhere(
        (score, level, x) -> {
          int d = score.columns();
          int rows = x.length / d;
          double[] many = new double[300 * d];
          for (int i = 0; i < 300; i++) {
            System.arraycopy(x, (i * 7 % rows) * d, many, i * d, d);
          }
          List<Probe.Answer> together = Probe.ask(score, level, many, 0);
          for (int i = 0; i < rows; i++) {
            double[] one = new double[d];
            System.arraycopy(x, i * d, one, 0, d);
            List<Probe.Answer> alone = Probe.ask(score, level, one, 0);
            for (int k = 0; k < alone.size(); k++) {
              double[] all = together.get(k).values;
              int width = all.length / 300;
              for (int place = 0; place < 300; place++) {
                if (place * 7 % rows == i) {
                  double[] found = new double[width];
                  System.arraycopy(all, place * width, found, 0, width);
                  assertArrayEquals(
                      alone.get(k).values, found, where(alone.get(k).name, score, level));
                }
              }
            }
          }
          for (Probe.Answer none : Probe.ask(score, level, new double[0], 0)) {
            assertEquals(0, none.values.length);
          }
        });
  }

  /** The output array is written and never read, and the input stays as it is. */
  @Test
  public final void outputIsOnlyWrittenAndInputOnlyRead() {
    everywhere(
        (score, level, x) -> {
          double[] before = x.clone();
          List<Probe.Answer> zeros = Probe.ask(score, level, x, 0);
          List<Probe.Answer> nans = Probe.ask(score, level, x, Double.NaN);
          for (int k = 0; k < zeros.size(); k++) {
            assertArrayEquals(
                zeros.get(k).values,
                nans.get(k).values,
                where(zeros.get(k).name + " into used memory", score, level));
          }
          assertArrayEquals(before, x, where("the input", score, level));
        });
  }

  /** Answers are finite, near the law and a million times farther away. */
  @Test
  public final void answersAreFinite() {
    everywhere(
        (score, level, x) -> {
          double[] far = x.clone();
          for (int i = 0; i < far.length; i++) {
            far[i] *= i / score.columns() % 2 == 0 ? 1e3 : 1e6;
          }
          for (double[] rows : List.of(x, far, new double[score.columns()])) {
            for (Probe.Answer answer : Probe.ask(score, level, rows, Double.NaN)) {
              for (double value : answer.values) {
                assertTrue(
                    Double.isFinite(value),
                    () -> where(answer.name, score, level) + " is " + value + " somewhere");
              }
            }
          }
        });
  }

  /** Without noise the posterior mean is {@code x/a}; without signal it is one constant row. */
  @Test
  public final void posteriorMeanHasItsLimits() {
    for (Score score : scores()) {
      for (NoiseLevel level :
          Probe.known(score, List.of(NoiseLevel.CLEAN, new NoiseLevel(0.5, 0)))) {
        double[] x = rows(score);
        double[] out = new double[x.length];
        score.posteriorMean(level, x, out);
        for (int i = 0; i < x.length; i++) {
          double expected = x[i] / level.a();
          assertEquals(
              expected,
              out[i],
              1e-12 * Math.max(1, Math.abs(expected)),
              where("posterior mean", score, level));
        }
      }
      for (NoiseLevel level :
          Probe.known(score, List.of(new NoiseLevel(0, 1), new NoiseLevel(0, 0.25)))) {
        double[] x = rows(score);
        double[] out = new double[x.length];
        score.posteriorMean(level, x, out);
        for (int i = 0; i < x.length; i++) {
          double expected = out[i % score.columns()];
          assertEquals(
              expected,
              out[i],
              1e-9 * Math.max(1, Math.abs(expected)),
              where("posterior mean", score, level));
        }
      }
    }
  }

  /** Tweedie's formula: {@code b·score + x = a·posterior mean}. */
  @Test
  public final void scoreAndPosteriorMeanAgree() {
    everywhere(
        (score, level, x) -> {
          if (level.b() > 0) {
            double[] mean = new double[x.length];
            double[] gradient = new double[x.length];
            score.posteriorMean(level, x, mean);
            score.score(level, x, gradient);
            for (int i = 0; i < x.length; i++) {
              double scale = Math.abs(x[i]) + Math.abs(level.a() * mean[i]);
              assertEquals(
                  level.a() * mean[i],
                  level.b() * gradient[i] + x[i],
                  1e-9 * Math.max(Math.sqrt(level.b()), scale),
                  where("score", score, level));
            }
          }
        });
  }

  /** The score is the gradient of the log density, by five-point differences. */
  @Test
  public final void scoreIsTheGradientOfTheDensity() {
    everywhere(
        (score, level, x) -> {
          Optional<Density> density = score.ability(Density.class);
          if (density.isPresent() && level.b() > 0) {
            double step = 1e-3 * Math.sqrt(level.b());
            double[] gradient = new double[x.length];
            score.score(level, x, gradient);
            double[] logs = new double[x.length / score.columns()];
            density.get().logDensity(level, x, logs);
            for (int i = 0; i < x.length; i++) {
              int row = i / score.columns();
              double[] moved = new double[score.columns()];
              double[] log = new double[1];
              double slope = 0;
              for (int k = 0; k < 4; k++) {
                System.arraycopy(x, row * moved.length, moved, 0, moved.length);
                moved[i % moved.length] += OFFSETS[k] * step;
                density.get().logDensity(level, moved, log);
                slope += STENCIL[k] * log[0] / step;
              }
              double scale = 1 / Math.sqrt(level.b()) + Math.abs(gradient[i]);
              double rounding = 1e-14 * (1 + Math.abs(logs[row])) / step;
              assertEquals(
                  slope,
                  gradient[i],
                  tolerance() * scale + rounding,
                  where("score against its density", score, level));
            }
          }
        });
  }

  /** The Jacobian is the derivative of the posterior mean, by five-point differences. */
  @Test
  public final void jacobianIsTheDerivativeOfThePosteriorMean() {
    everywhere(
        (score, level, x) -> {
          Optional<Curvature> curvature = score.ability(Curvature.class);
          if (curvature.isPresent() && level.b() > 0) {
            double[] v = Probe.directions(score, x.length);
            double[] product = new double[x.length];
            curvature.get().jacobianTimes(level, x, v, product);
            double step = 1e-3 * Math.sqrt(level.b());
            double[] slope = new double[x.length];
            double size = 0;
            for (int k = 0; k < 4; k++) {
              double[] moved = x.clone();
              for (int i = 0; i < x.length; i++) {
                moved[i] += OFFSETS[k] * step * v[i];
              }
              double[] mean = new double[x.length];
              score.posteriorMean(level, moved, mean);
              for (int i = 0; i < x.length; i++) {
                slope[i] += STENCIL[k] * mean[i] / step;
                size = Math.max(size, Math.abs(mean[i]));
              }
            }
            double scale = 1;
            for (double each : product) {
              scale = Math.max(scale, Math.abs(each));
            }
            assertArrayEquals(
                slope,
                product,
                tolerance() * scale + 1e-14 * size / step,
                where("Jacobian", score, level));
          }
        });
  }

  /**
   * {@code ⟨u, J·v⟩ = ⟨Jᵀ·u, v⟩}, {@code b·H·v = a·J·v − v}, and {@code J} is symmetric where there
   * is a density.
   */
  @Test
  public final void productsWithJacobianAndHessianAgree() {
    everywhere(
        (score, level, x) -> {
          Optional<Curvature> curvature = score.ability(Curvature.class);
          if (curvature.isPresent() && level.b() > 0) {
            int d = score.columns();
            double[] v = Probe.noise("v", x.length);
            double[] u = Probe.noise("u", x.length);
            double[] jv = new double[x.length];
            double[] ju = new double[x.length];
            double[] tu = new double[x.length];
            double[] hv = new double[x.length];
            curvature.get().jacobianTimes(level, x, v, jv);
            curvature.get().jacobianTimes(level, x, u, ju);
            curvature.get().transposedJacobianTimes(level, x, u, tu);
            curvature.get().hessianTimes(level, x, v, hv);
            for (int row = 0; row < x.length / d; row++) {
              double scale = 1e-3;
              double ujv = 0;
              double tuv = 0;
              double juv = 0;
              for (int i = row * d; i < (row + 1) * d; i++) {
                ujv += u[i] * jv[i];
                tuv += tu[i] * v[i];
                juv += ju[i] * v[i];
                scale += Math.abs(u[i] * jv[i]) + Math.abs(tu[i] * v[i]) + Math.abs(ju[i] * v[i]);
              }
              assertEquals(
                  ujv, tuv, rounding() * scale, where("transposed Jacobian", score, level));
              if (score.ability(Density.class).isPresent()) {
                assertEquals(ujv, juv, 1e-9 * scale, where("symmetry of J", score, level));
              }
              double size = 0;
              for (int i = row * d; i < (row + 1) * d; i++) {
                size = Math.max(size, Math.abs(v[i]) + Math.abs(level.a() * jv[i]));
              }
              for (int i = row * d; i < (row + 1) * d; i++) {
                assertEquals(
                    level.a() * jv[i] - v[i],
                    level.b() * hv[i],
                    1e-9 * size,
                    where("Hessian", score, level));
              }
            }
          }
        });
  }

  /** The Jacobian is 0 without signal and {@code I/a} without noise. */
  @Test
  public final void jacobianHasItsLimits() {
    for (Score score : scores()) {
      Optional<Curvature> curvature = score.ability(Curvature.class);
      if (curvature.isPresent()) {
        double[] x = rows(score);
        double[] v = Probe.noise("v", x.length);
        double[] product = new double[x.length];
        for (NoiseLevel level :
            Probe.known(score, List.of(new NoiseLevel(0, 1), new NoiseLevel(0.5, 0)))) {
          curvature.get().jacobianTimes(level, x, v, product);
          for (int i = 0; i < x.length; i++) {
            double expected = level.a() == 0 ? 0 : v[i] / level.a();
            assertEquals(expected, product[i], 1e-9, where("Jacobian", score, level));
          }
        }
      }
    }
  }

  /** A level outside the range is refused. */
  @Test
  public final void levelsOutsideTheRangeAreRefused() {
    for (Score score : scores()) {
      for (double logSnr : List.of(score.range().noisiest() - 1, score.range().cleanest() + 1)) {
        if (Double.isFinite(logSnr)) {
          NoiseLevel level = new NoiseLevel(1, StrictMath.exp(-logSnr));
          double[] x = rows(score);
          assertThrows(
              IllegalArgumentException.class,
              () -> score.posteriorMean(level, x, new double[x.length]),
              where("posterior mean outside the range", score, level));
        }
      }
    }
  }

  /** A copy by Java serialization answers with the same bits. */
  @Test
  public final void copiesAnswerAlike() {
    for (Score score : scores()) {
      compare(score, Copies.of(score));
    }
  }

  /** A score that was stored and read back answers with the same bits. */
  @Test
  public final void storedScoresAnswerAlike() {
    for (Score score : scores()) {
      if (score.ability(Stored.class).isPresent()) {
        if (plugins().isEmpty()) {
          fail("need plugins() to read the stored " + score + " back, got none");
        }
        Score again = MemoryWriter.of(score).reader(plugins()).score();
        compare(score, again);
        assertEquals(score.notes(), again.notes(), "notes after storing");
      }
    }
  }

  /**
   * A stored entry that is missing, cut short or another is refused with {@link
   * InvalidDataException}, at the latest when the score is asked, or it answers with finite
   * numbers.
   */
  @Test
  public final void damagedEntriesAreRefusedOrHarmless() {
    List<String> wrong = new ArrayList<>();
    for (Score score : scores()) {
      if (score.ability(Stored.class).isPresent()) {
        List<MemoryWriter.Damaged> all = MemoryWriter.of(score).damaged();
        for (int k = 0; k < all.size(); k += 1 + all.size() / damagedCopies()) {
          String what = score + " with " + all.get(k).what + ": ";
          harm(all.get(k).written).ifPresent(harm -> wrong.add(what + harm));
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What is wrong with a damaged score that is read; nothing where reading it is refused. */
  private Optional<String> harm(MemoryWriter damaged) {
    try {
      Score read = damaged.reader(plugins()).score();
      for (NoiseLevel level :
          Probe.known(read, List.of(levels().get(0), levels().get(levels().size() / 2)))) {
        double[] x = Probe.noise("damaged", 2 * read.columns());
        for (Probe.Answer answer : Probe.ask(read, level, x, 0)) {
          for (double value : answer.values) {
            if (!Double.isFinite(value)) {
              return Optional.of(answer.name + " is " + value + " at " + level);
            }
          }
        }
      }
      return Optional.empty();
    } catch (InvalidDataException refused) {
      return Optional.empty();
    } catch (RuntimeException | OutOfMemoryError other) {
      return Optional.of(other.toString());
    }
  }

  private void compare(Score score, Score copy) {
    assertEquals(score.columns(), copy.columns());
    assertEquals(score.range(), copy.range());
    for (NoiseLevel level : Probe.known(score, levels())) {
      double[] x = noisy(score, level);
      List<Probe.Answer> first = Probe.ask(score, level, x, 0);
      List<Probe.Answer> second = Probe.ask(copy, level, x, 0);
      assertEquals(first.size(), second.size(), () -> "abilities of a copy of " + score);
      for (int k = 0; k < first.size(); k++) {
        assertArrayEquals(
            first.get(k).values,
            second.get(k).values,
            where(first.get(k).name + " of a copy", score, level));
      }
    }
  }

  /** Four threads that ask at once get the bits that one gets. */
  @Test
  public final void concurrentCallsAnswerAlike() {
    for (Score score : scores()) {
      double[] alone = Probe.fingerprint(score);
      List<double[]> together =
          Tasks.threads(4)
              .map(16, (index, progress) -> Probe.fingerprint(score), Progress.silent());
      for (double[] each : together) {
        assertArrayEquals(alone, each, () -> score + " asked from several threads");
      }
    }
  }

  /** An unknown ability is absent, and asking twice gives the same answer. */
  @Test
  public final void abilitiesAreConsistent() {
    for (Score score : scores()) {
      assertTrue(score.columns() >= 1, "need a column");
      assertTrue(score.ability(Unheard.class).isEmpty(), "need no answer to an unknown ability");
      for (Class<?> ability :
          List.of(
              Density.class,
              Curvature.class,
              Conditionable.class,
              DirectSampler.class,
              Strata.class,
              Stored.class)) {
        assertEquals(
            score.ability(ability).isPresent(),
            score.ability(ability).isPresent(),
            () -> ability + " of " + score);
      }
      for (String note : score.notes()) {
        assertFalse(note.isBlank(), "need words in a note");
      }
    }
  }

  /** An ability that nobody has. */
  private interface Unheard {}

  /** A direct draw fills the row and depends on its stream alone. */
  @Test
  public final void directDrawsDependOnTheirStream() {
    for (Score score : scores()) {
      Optional<DirectSampler> direct = score.ability(DirectSampler.class);
      if (direct.isPresent()) {
        double[] first = Probe.filled(score.columns(), Double.NaN);
        double[] other = new double[score.columns()];
        double[] again = new double[score.columns()];
        direct.get().draw(new Streams(1).stream("contract", 0), first);
        direct.get().draw(new Streams(1).stream("contract", 1), other);
        direct.get().draw(new Streams(1).stream("contract", 0), again);
        assertArrayEquals(first, again, "a second draw from one stream");
        for (double value : first) {
          assertTrue(Double.isFinite(value), () -> "need finite draws, got " + value);
        }
      }
    }
  }

  /** Strata have distinct categories, weights with sum 1, and scores of the same columns. */
  @Test
  public final void strataAddUp() {
    for (Score score : scores()) {
      Optional<Strata> strata = score.ability(Strata.class);
      if (strata.isPresent()) {
        List<String> categories = strata.get().categories();
        List<Double> weights = strata.get().weights();
        assertEquals(categories.size(), categories.stream().distinct().count());
        assertEquals(categories.size(), weights.size());
        assertFalse(strata.get().label().isBlank());
        double sum = 0;
        for (int k = 0; k < weights.size(); k++) {
          assertTrue(weights.get(k) > 0, "need positive weights");
          sum += weights.get(k);
          assertEquals(score.columns(), strata.get().stratum(k).columns());
        }
        assertEquals(1, sum, 1e-9, "sum of the weights");
      }
    }
  }

  /**
   * A score given one column keeps its columns, has that column's value as its mean, and agrees
   * with the average over the values observed: the mean of a law is the mean of its conditional
   * means.
   */
  @Test
  public final void conditioningKeepsWhatWasObserved() {
    for (Score score : scores()) {
      Optional<Conditionable> conditionable = score.ability(Conditionable.class);
      if (conditionable.isPresent()) {
        double value = rows(score)[score.columns() - 1];
        int column = score.columns() - 1;
        Optional<Score> given =
            conditionable.get().given(Observation.columns(Map.of(column, value)));
        if (given.isPresent()) {
          assertEquals(score.columns(), given.get().columns());
          for (NoiseLevel level : Probe.known(given.get(), levels())) {
            double[] x = noisy(score, level);
            double[] mean = new double[x.length];
            given.get().posteriorMean(level, x, mean);
            for (int i = column; i < x.length; i += score.columns()) {
              assertEquals(
                  value,
                  mean[i],
                  1e-9 * Math.max(1, Math.abs(value)),
                  where("observed column", score, level));
            }
          }
        }
        assertThrows(
            IllegalArgumentException.class,
            () -> conditionable.get().given(Observation.columns(Map.of(score.columns(), value))),
            "an observation of a column that is not there");
      }
    }
  }
}
