package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A table that is one series, a line a step, cut into windows, each of which is a row.
 *
 * <p>Windows begin every {@code stride} steps and do not reach across a gap, which is a step of
 * time longer than one and a half times the usual (median) one. A drawn window stands by itself: as
 * lines with the columns {@code window} and {@code step}, counted from 0, and the values; windows
 * are not stitched together.
 *
 * @param length steps a window, at least 2
 * @param stride steps from the start of a window to that of the next, at least 1
 * @param time the column that the lines are in order of, strictly rising; empty if every line is
 *     one step after the line before. It is not learned
 */
public record Windows(int length, int stride, Optional<String> time) {

  private static final double GAP = 1.5;

  /** Checks the ranges. */
  public Windows {
    if (!(length >= 2 && stride >= 1)) {
      throw new IllegalArgumentException(
          "need windows of at least 2 steps and a stride of at least 1, got "
              + length
              + " and "
              + stride);
    }
  }

  /** Windows that do not overlap, of lines in order. */
  public static Windows of(int length) {
    return new Windows(length, length, Optional.empty());
  }

  /**
   * Cuts a series into windows.
   *
   * @throws InvalidDataException if the series is shorter than a window, or its time does not rise
   */
  public Arranged of(Table lines) {
    List<String> values = new ArrayList<>();
    for (Column column : lines.columns()) {
      boolean value = column.kind() != Kind.IDENTIFIER && column.kind() != Kind.ALL_MISSING;
      if (value && !time.equals(Optional.of(column.name()))) {
        values.add(column.name());
      }
    }
    if (values.isEmpty()) {
      throw new InvalidDataException(
          "need a column of values in a series, got " + Csv.shown(lines.names()));
    }
    List<Integer> ends = ends(lines);
    List<int[]> places = new ArrayList<>();
    int longest = 0;
    int from = 0;
    for (int end : ends) {
      longest = Math.max(longest, end - from);
      for (int start = from; start + length <= end; start += stride) {
        int[] window = new int[length];
        for (int k = 0; k < length; k++) {
          window[k] = start + k;
        }
        places.add(window);
      }
      from = end;
    }
    if (places.isEmpty()) {
      throw new InvalidDataException(
          "need "
              + length
              + " steps in a row for a window, got "
              + longest
              + (ends.size() > 1 ? " at most without a gap" : "")
              + "; take a shorter --window");
    }
    List<String> notes = new ArrayList<>(lines.notes());
    notes.add(places.size() + " windows of " + length + " steps, from " + lines.count() + " lines");
    if (ends.size() > 1) {
      notes.add(
          "gaps in '" + time.orElse("") + "': " + (ends.size() - 1) + ", which no window crosses");
    }
    if (stride < length) {
      notes.add("windows overlap, so rows that are held out share lines with others");
    }
    String id = free("window", values);
    Field step = Field.number(free("step", values), Kind.INTEGER, "0");
    List<Double> steps = new ArrayList<>();
    for (int k = 0; k < length; k++) {
      steps.add((double) k);
    }
    List<String> order = new ArrayList<>(List.of(id, step.name()));
    order.addAll(values);
    Stacked stacked = new Stacked(id, step, steps, values, order, Optional.empty());
    return stacked.arranged(Table.of(lines.columns(), lines.missing(), notes), List.of(), places);
  }

  private static String free(String name, List<String> taken) {
    String free = name;
    while (taken.contains(free)) {
      free += "_";
    }
    return free;
  }

  /** Where runs of lines without a gap end. */
  private List<Integer> ends(Table lines) {
    List<Integer> ends = new ArrayList<>();
    if (time.isPresent()) {
      double[] differences = differences(lines.column(time.get()));
      double[] sorted = differences.clone();
      Arrays.sort(sorted);
      for (int i = 0; i < differences.length; i++) {
        if (differences[i] > GAP * sorted[sorted.length / 2]) {
          ends.add(i + 1);
        }
      }
    }
    ends.add(lines.count());
    return ends;
  }

  private static double[] differences(Column column) {
    double[] times = times(column);
    double[] differences = new double[Math.max(0, column.count() - 1)];
    for (int i = 0; i < column.count(); i++) {
      boolean rises = i == 0 || times[i] > times[i - 1];
      if (column.missing(i) || !rises) {
        throw new InvalidDataException(
            "need the time '"
                + column.name()
                + "' to rise from line to line, got "
                + (column.missing(i) ? "none" : column.text(i) + " after " + column.text(i - 1))
                + " in row "
                + (i + 1)
                + "; sort the file and keep one line for each time");
      }
      if (i > 0) {
        differences[i - 1] = times[i] - times[i - 1];
      }
    }
    return differences;
  }

  /** The numbers of a column; one that merely counts the lines was taken for an identifier. */
  private static double[] times(Column column) {
    double[] times = new double[column.count()];
    for (int i = 0; i < times.length; i++) {
      String text = column.text(i);
      if (column.kind().isNumber()) {
        times[i] = column.number(i);
      } else if (text == null) {
        times[i] = Double.NaN;
      } else if (column.kind() == Kind.IDENTIFIER && Numeral.form(text) == Numeral.Form.WHOLE) {
        times[i] = Double.parseDouble(text);
      } else {
        throw new InvalidDataException(
            "need numbers, dates or moments in the column of time '"
                + column.name()
                + "', got "
                + column.kind().word());
      }
    }
    return times;
  }
}
