package dev.espalier.cli;

import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What fits into a budget of time, by estimates of the work alone: the same table and budget give
 * the same plan on every machine, however fast.
 *
 * @param candidates from the simplest on, at least one
 * @param looked at most so many test and so many drawn rows are compared
 * @param seconds that all of it is expected to take on two cores
 * @param notes what was left out
 */
record Plan(List<ScoreEstimator> candidates, int looked, double seconds, List<String> notes) {

  private static final int MOST_LOOKED = 2_000;
  private static final int LEAST_LOOKED = 200;
  private static final double CORES = 2;

  /** Fits of a candidate in the choice, in whole tables. */
  private static final double FOLDS = 3;

  /** Fits after the choice: of four fifths, of all, and of a reference. */
  private static final double AFTER = 3;

  /** Starting and reading. */
  private static final double START = 2;

  static Plan of(
      Table table,
      List<ScoreEstimator> candidates,
      EncoderOptions encoding,
      Expressions expressions,
      double budget) {
    Samples rows = Encoder.fit(table, encoding).encode(table, new Streams(0).seed("plan", 0));
    int looked = MOST_LOOKED;
    int shown = Math.min(table.count(), MOST_LOOKED);
    while (looked > LEAST_LOOKED && compared(shown, rows.columns()) > 0.5 * budget) {
      looked /= 2;
      shown = Math.min(table.count(), looked);
    }
    double spent = START + compared(shown, rows.columns());
    List<ScoreEstimator> chosen = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    double dearest = 0;
    for (ScoreEstimator each : candidates) {
      double fit = 0.02 + seconds(each, table, encoding) + drawn(table);
      double after = Math.max(dearest, fit);
      double more = (FOLDS * fit + AFTER * (after - dearest)) / CORES;
      if (chosen.isEmpty() || spent + more <= budget) {
        chosen.add(each);
        dearest = after;
        spent += more;
      } else {
        notes.add(
            "left out "
                + expressions.brief(each)
                + ", which would take the work beyond the budget of "
                + TextTable.number(budget)
                + " s; give more with --budget");
      }
    }
    return new Plan(List.copyOf(chosen), looked, spent, List.copyOf(notes));
  }

  /** The fit of the rows as the estimator needs them; nothing if it will refuse them anyway. */
  private static double seconds(ScoreEstimator estimator, Table table, EncoderOptions encoding) {
    Set<String> labels = new LinkedHashSet<>(encoding.labels());
    labels.addAll(estimator.labels());
    if (!table.names().containsAll(labels)) {
      return 0;
    }
    try {
      EncoderOptions options = encoding.withLabels(List.copyOf(labels));
      long seed = new Streams(0).seed("plan", 0);
      Samples rows = Encoder.fit(table, options).encode(table, seed);
      return estimator.cost(FitRequest.of(rows)).seconds();
    } catch (InvalidDataException | IllegalArgumentException e) {
      return 0; // the fit tells what is wrong, in its own words
    }
  }

  /** Decoding and comparing the rows that a candidate draws. */
  private static double drawn(Table table) {
    double rows = Math.min(table.count(), 5_000);
    return rows * rows * 1.5e-8 * table.columns().size() / 3;
  }

  /** Seconds for all metrics of a model, two references and the oracle. */
  private static double compared(int rows, int columns) {
    double quadratic = Math.min(rows, 1_000) / 1_000.0;
    return 4 * (0.5 + quadratic * quadratic * (3 + 0.06 * columns) + 0.03 * columns) / CORES;
  }

  /** What to say before the work begins. */
  String estimate() {
    return candidates.size()
        + (candidates.size() == 1 ? " candidate" : " candidates")
        + "; about "
        + Math.round(seconds)
        + " s on two cores";
  }
}
