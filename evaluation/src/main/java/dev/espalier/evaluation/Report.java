package dev.espalier.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What an evaluation found: every metric of the drawn rows beside the same metric of the training
 * rows.
 *
 * @param trainRows the number of training rows
 * @param testRows the number of test rows
 * @param drawnRows the number of drawn rows
 * @param columns the number of columns
 * @param seed of whatever was random
 * @param results one for every metric, in order
 */
public record Report(
    int trainRows, int testRows, int drawnRows, int columns, long seed, List<Result> results) {

  /** Copies. */
  public Report {
    results = List.copyOf(results);
  }

  /** The result of the metric of this name. */
  public Optional<Result> result(String metric) {
    return results.stream().filter(each -> each.metric().equals(metric)).findFirst();
  }

  /**
   * A table for people: metric, value, half its 95 % interval, p-value, oracle, which values are
   * good, and how many drawn rows were looked at where that is not all.
   */
  public String text() {
    TextTable table =
        new TextTable(List.of("metric", "drawn", "± 95 %", "p", "oracle", "better", "rows used"));
    for (Result each : results) {
      Value value = each.drawn();
      table.row(
          List.of(
              each.metric(),
              number(value.value()),
              value.error() == null ? "" : number(value.margin()),
              value.p() == null ? "" : String.format(Locale.ROOT, "%.3f", value.p()),
              number(each.oracle().value()),
              each.goal().words(),
              value.rows() < drawnRows ? value.rows() + " of " + drawnRows : ""));
    }
    return table
        + ("oracle: the " + trainRows + " training rows in place of the drawn ones, against ")
        + (testRows + " test rows\n");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  @Override
  public String toString() {
    return text();
  }
}
