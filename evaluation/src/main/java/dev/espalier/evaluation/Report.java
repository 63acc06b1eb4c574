package dev.espalier.evaluation;

import java.util.ArrayList;
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
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"metric", "drawn", "± 95 %", "p", "oracle", "better", "rows used"});
    for (Result each : results) {
      Value value = each.drawn();
      lines.add(
          new String[] {
            each.metric(),
            number(value.value()),
            value.error() == null ? "" : number(value.margin()),
            value.p() == null ? "" : String.format(Locale.ROOT, "%.3f", value.p()),
            number(each.oracle().value()),
            each.goal().words(),
            value.rows() < drawnRows ? value.rows() + " of " + drawnRows : ""
          });
    }
    StringBuilder text = new StringBuilder();
    for (String[] line : lines) {
      StringBuilder row = new StringBuilder();
      for (int k = 0; k < line.length; k++) {
        int width = 0;
        for (String[] other : lines) {
          width = Math.max(width, other[k].length());
        }
        String padding = " ".repeat(width - line[k].length());
        boolean left = k == 0 || k >= 5;
        row.append(k == 0 ? "" : "  ").append(left ? "" : padding).append(line[k]);
        row.append(left ? padding : "");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.append("oracle: the ")
        .append(trainRows)
        .append(" training rows in place of the drawn ones, against ")
        .append(testRows)
        .append(" test rows\n")
        .toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  @Override
  public String toString() {
    return text();
  }
}
