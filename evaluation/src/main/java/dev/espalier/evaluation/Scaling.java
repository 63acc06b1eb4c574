package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A shift and a division of every column, taken from one set of rows and applied to all.
 *
 * <p>Take it from the training rows: {@code Scaling.range(train)} maps their least and greatest
 * values to 0 and 1, {@code Scaling.standard(train)} their means and deviations.
 *
 * @param shifts what is subtracted from each column
 * @param scales what each column is divided by afterwards, positive
 */
public record Scaling(List<Double> shifts, List<Double> scales) implements Serializable {

  /** Copies and checks. */
  public Scaling {
    shifts = List.copyOf(shifts);
    scales = List.copyOf(scales);
    if (shifts.size() != scales.size() || !scales.stream().allMatch(each -> each > 0)) {
      throw new IllegalArgumentException(
          "need as many scales > 0 as shifts, got " + scales + " and " + shifts);
    }
  }

  /** The scaling that maps the range of each column to 0 to 1; a constant column is shifted. */
  public static Scaling range(Samples rows) {
    List<Double> shifts = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    for (int j = 0; j < rows.columns(); j++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (double value : rows.column(j)) {
        if (!Double.isNaN(value)) {
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      shifts.add(low <= high ? low : 0);
      scales.add(high > low ? high - low : 1);
    }
    return new Scaling(shifts, scales);
  }

  /** The scaling to mean 0 and deviation 1 (divisor n); a constant column is shifted. */
  public static Scaling standard(Samples rows) {
    List<Double> shifts = new ArrayList<>();
    List<Double> scales = new ArrayList<>();
    for (int j = 0; j < rows.columns(); j++) {
      double sum = 0;
      int count = 0;
      for (double value : rows.column(j)) {
        sum += Double.isNaN(value) ? 0 : value;
        count += Double.isNaN(value) ? 0 : 1;
      }
      double mean = count == 0 ? 0 : sum / count;
      double squares = 0;
      double top = Math.abs(mean);
      for (double value : rows.column(j)) {
        squares += Double.isNaN(value) ? 0 : (value - mean) * (value - mean);
        top = Double.isNaN(value) ? top : Math.max(top, Math.abs(value));
      }
      double deviation = count == 0 ? 0 : Math.sqrt(squares / count);
      shifts.add(mean);
      scales.add(deviation > 1e-12 * top ? deviation : 1);
    }
    return new Scaling(shifts, scales);
  }

  /** The rows shifted and divided, with their labels; missing cells stay missing. */
  public Samples apply(Samples rows) {
    int d = shifts.size();
    if (rows.columns() != d) {
      throw new IllegalArgumentException("need " + d + " columns, got " + rows.columns());
    }
    double[] values = rows.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] = (values[i] - shifts.get(i % d)) / scales.get(i % d);
    }
    return Samples.of(d, values).withLabels(rows.labels());
  }
}
