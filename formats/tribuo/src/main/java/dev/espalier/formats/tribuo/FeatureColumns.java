package dev.espalier.formats.tribuo;

import dev.espalier.tables.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;

/** The features of examples as columns, in the order of their names. */
final class FeatureColumns {

  private FeatureColumns() {}

  static <T extends Output<T>> List<Column> of(
      List<Example<T>> examples, TribuoRows.Absent absent) {
    int count = examples.size();
    Map<String, double[]> cells = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      for (Feature feature : examples.get(i)) {
        cells.computeIfAbsent(feature.getName(), none -> missing(count))[i] = feature.getValue();
      }
    }
    Map<String, List<String>> words = new TreeMap<>();
    for (String name : cells.keySet()) {
      int at = name.indexOf('=');
      if (at > 0) {
        words.computeIfAbsent(name.substring(0, at), none -> new ArrayList<>()).add(name);
      }
    }
    words.values().removeIf(names -> !exclusive(names, cells));
    List<Column> columns = new ArrayList<>();
    for (String name : cells.keySet()) {
      int at = name.indexOf('=');
      List<String> group = at > 0 ? words.get(name.substring(0, at)) : null;
      if (group == null) {
        columns.add(TribuoRows.numbers(name, filled(cells.get(name), absent)));
      } else if (group.get(0).equals(name)) {
        columns.add(merged(name.substring(0, at), group, cells));
      }
    }
    return columns;
  }

  private static double[] missing(int count) {
    double[] cells = new double[count];
    Arrays.fill(cells, Double.NaN);
    return cells;
  }

  private static double[] filled(double[] cells, TribuoRows.Absent absent) {
    return absent == TribuoRows.Absent.MISSING
        ? cells
        : Arrays.stream(cells).map(cell -> Double.isNaN(cell) ? 0 : cell).toArray();
  }

  /** Whether these features are 1 where they are there, and at most one of them is there. */
  private static boolean exclusive(List<String> names, Map<String, double[]> cells) {
    int count = cells.get(names.get(0)).length;
    for (int i = 0; i < count; i++) {
      int there = 0;
      for (String name : names) {
        double cell = cells.get(name)[i];
        if (!Double.isNaN(cell)) {
          there++;
          if (cell != 1) {
            return false;
          }
        }
      }
      if (there > 1) {
        return false;
      }
    }
    return true;
  }

  private static Column merged(String name, List<String> group, Map<String, double[]> cells) {
    int[] codes = new int[cells.get(group.get(0)).length];
    Arrays.fill(codes, -1);
    List<String> words = new ArrayList<>();
    for (String each : group) {
      double[] there = cells.get(each);
      for (int i = 0; i < codes.length; i++) {
        codes[i] = Double.isNaN(there[i]) ? codes[i] : words.size();
      }
      words.add(each.substring(name.length() + 1));
    }
    return TribuoRows.words(name, words, codes);
  }
}
