package dev.espalier.tables;

import dev.espalier.api.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** What is known of an encoded row, collected column by column. */
final class Known {

  private final List<Observation> labels = new ArrayList<>();
  private final TreeMap<Integer, Double> columns = new TreeMap<>();
  private final List<Observation> sums = new ArrayList<>();
  private final TreeMap<Integer, double[]> ranges = new TreeMap<>();

  void label(String label, String category) {
    labels.add(Observation.label(label, category));
  }

  /** A number that is known; the same again changes nothing. */
  void column(int column, double value) {
    Double before = columns.put(column, value);
    if (before != null && before != value) {
      throw new IllegalArgumentException(
          "need one value for a column, got two that contradict each other");
    }
  }

  void sum(Observation sum) {
    sums.add(sum);
  }

  /** A number between two ends, and between those told before. */
  void between(int column, double low, double high) {
    double[] both = ranges.getOrDefault(column, new double[] {low, high});
    both = new double[] {Math.max(both[0], low), Math.min(both[1], high)};
    if (!(both[0] < both[1])) {
      throw new IllegalArgumentException("need ranges of a column that overlap");
    }
    ranges.put(column, both);
  }

  /** Everything as observations: labels, columns, sums and then ranges. */
  List<Observation> observations() {
    List<Observation> all = new ArrayList<>(labels);
    if (!columns.isEmpty()) {
      all.add(Observation.columns(columns));
    }
    all.addAll(sums);
    ranges.forEach(
        (column, ends) -> {
          boolean says = ends[0] > Double.NEGATIVE_INFINITY || ends[1] < Double.POSITIVE_INFINITY;
          if (says && !columns.containsKey(column)) {
            all.add(Observation.range(column, ends[0], ends[1]));
          }
        });
    return all;
  }
}
