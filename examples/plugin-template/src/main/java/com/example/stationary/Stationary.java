package com.example.stationary;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Structure;
import java.util.ArrayList;
import java.util.List;

// region structure
/**
 * The assumption that columns stand around a ring and that a row turned by any number of columns is
 * as likely as before.
 *
 * <p>The Fourier transform takes a row to one pair of coordinates a frequency, and turns of the row
 * to turns of the pairs. Coordinates of different frequencies are uncorrelated; so a score of d
 * columns becomes about d/2 scores of two columns. For a normal law nothing is lost: around {@code
 * isotropic()} the fit is the normal law whose covariance is the circulant one of the rows.
 *
 * @param turns how many turns of each pair are fitted
 */
public record Stationary(
    @Setting(value = "4", help = "how many turns of a pair count as a row each: 1, 2 or 4")
        int turns)
    implements Structure {

  /** Checks the number of turns. */
  public Stationary {
    if (!(turns == 1 || turns == 2 || turns == 4)) {
      throw new IllegalArgumentException("need 1, 2 or 4 turns, got " + turns);
    }
  }

  @Override
  public Score fit(FitRequest request, ScoreEstimator inner) {
    if (request.rows().hasMissing()) {
      throw new InvalidDataException("need complete rows for stationary(), got missing cells");
    }
    int columns = request.rows().columns();
    Samples rows = transformed(request.rows());
    Samples validation = request.validation().map(Stationary::transformed).orElse(null);
    List<Score> scores = new ArrayList<>();
    int frequencies = columns / 2 + 1;
    for (int k = 0; k < frequencies; k++) {
      request.progress().check();
      int[] pair = Ring.pair(columns, k);
      double done = k / (double) frequencies;
      FitRequest part =
          request
              .select(each(rows.count()))
              .withProgress(request.progress().part(done, done + 1.0 / frequencies))
              .withRows(
                  turned(rows.columns(pair), k),
                  validation == null ? null : turned(validation.columns(pair), k));
      scores.add(inner.fit(part));
    }
    return new StationaryScore(new Ring(columns), scores);
  }

  // endregion

  private static Samples transformed(Samples rows) {
    double[] out = new double[rows.count() * rows.columns()];
    new Ring(rows.columns()).transform(rows.toArray(), out);
    return Samples.of(rows.columns(), out);
  }

  /** Every row as often as it is turned. */
  private int[] each(int count) {
    int[] rows = new int[turns * count];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i / turns;
    }
    return rows;
  }

  /** Pairs by quarter turns, or by half turns if there are two; the mean of a row never turns. */
  private Samples turned(Samples pairs, int frequency) {
    int width = pairs.columns();
    double[] out = new double[turns * pairs.count() * width];
    for (int i = 0; i < turns * pairs.count(); i++) {
      int turn = frequency == 0 ? 0 : i % turns;
      double x = pairs.get(i / turns, 0);
      if (width == 1) {
        out[i] = turn % 2 == 0 ? x : -x;
      } else {
        double y = pairs.get(i / turns, 1);
        int quarters = turns == 2 ? 2 * turn : turn;
        double sign = quarters < 2 ? 1 : -1;
        out[2 * i] = quarters % 2 == 0 ? sign * x : -sign * y;
        out[2 * i + 1] = quarters % 2 == 0 ? sign * y : sign * x;
      }
    }
    return Samples.of(width, out);
  }
}
