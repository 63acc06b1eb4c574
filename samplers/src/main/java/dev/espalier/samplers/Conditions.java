package dev.espalier.samplers;

import dev.espalier.api.Observation;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Observations of rows as weighted sums: some known up to normal noise, some in an interval.
 *
 * <p>The first {@link #known} forms are observed with values and the noise covariance; the others
 * have intervals.
 */
final class Conditions implements Serializable {
  private static final long serialVersionUID = 1;

  /** Row i: the weights of form i. */
  final double[][] forms;

  /** How many forms have values. */
  final int known;

  final double[] values;
  final double[][] noise;

  /** The ends of the intervals of the other forms. */
  final double[] lows;

  final double[] highs;

  /** Columns known exactly. */
  final TreeMap<Integer, Double> fixed;

  private Conditions(
      List<double[]> seen,
      List<Double> values,
      double[][] noise,
      List<Observation.Between> cuts,
      TreeMap<Integer, Double> fixed) {
    this.known = seen.size();
    this.forms = new double[known + cuts.size()][];
    this.lows = new double[cuts.size()];
    this.highs = new double[cuts.size()];
    for (int i = 0; i < known; i++) {
      forms[i] = seen.get(i);
    }
    for (int i = 0; i < cuts.size(); i++) {
      forms[known + i] = cuts.get(i).weights();
      lows[i] = cuts.get(i).low();
      highs[i] = cuts.get(i).high();
    }
    this.values = values.stream().mapToDouble(Double::doubleValue).toArray();
    this.noise = noise;
    this.fixed = fixed;
  }

  /**
   * The observations of rows of so many columns.
   *
   * @param name the guidance, for errors
   */
  static Conditions of(String name, List<Observation> observations, int columns) {
    if (observations.isEmpty()) {
      throw new IllegalArgumentException("need at least one observation, got none");
    }
    List<double[]> seen = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    List<double[][]> noises = new ArrayList<>();
    List<Observation.Between> cuts = new ArrayList<>();
    TreeMap<Integer, Double> fixed = new TreeMap<>();
    for (Observation each : observations) {
      if (each instanceof Observation.Columns exact) {
        for (Map.Entry<Integer, Double> entry : exact.values().entrySet()) {
          if (fix(fixed, entry.getKey(), entry.getValue(), columns)) {
            double[] form = new double[columns];
            form[entry.getKey()] = 1;
            seen.add(form);
            values.add(entry.getValue());
            noises.add(new double[1][1]);
          }
        }
      } else if (each instanceof Observation.Linear linear) {
        need(columns, linear.columns());
        for (int i = 0; i < linear.count(); i++) {
          seen.add(linear.h()[i]);
          values.add(linear.y()[i]);
        }
        noises.add(linear.r());
      } else if (each instanceof Observation.Range range) {
        cuts.add(range.over(columns));
      } else if (each instanceof Observation.Between between) {
        need(columns, between.columns());
        cuts.add(between);
      } else {
        throw new IllegalArgumentException(
            name
                + " has no answer for "
                + each
                + "; it conditions on columns, weighted sums and intervals. A label needs a score"
                + " with strata or one that was learned with labels");
      }
    }
    for (Observation.Between cut : cuts) {
      checkPossible(cut, fixed);
    }
    return new Conditions(seen, values, joined(noises, seen.size()), cuts, fixed);
  }

  /** Whether a column was not fixed before. */
  private static boolean fix(TreeMap<Integer, Double> fixed, int column, double value, int d) {
    if (column >= d) {
      throw new IllegalArgumentException("need columns below " + d + ", got column " + column);
    }
    Double before = fixed.putIfAbsent(column, value);
    if (before != null && before != value) {
      throw new IllegalArgumentException(
          "need one value for column " + column + ", got " + before + " and " + value);
    }
    return before == null;
  }

  private static void need(int columns, int got) {
    if (got != columns) {
      throw new IllegalArgumentException(
          "need weights of " + columns + " columns in an observation, got " + got);
    }
  }

  /** Fails if an interval is contradicted by columns that are known. */
  private static void checkPossible(Observation.Between cut, TreeMap<Integer, Double> fixed) {
    double sum = 0;
    double[] weights = cut.weights();
    for (int j = 0; j < weights.length; j++) {
      if (weights[j] != 0) {
        if (!fixed.containsKey(j)) {
          return;
        }
        sum += weights[j] * fixed.get(j);
      }
    }
    if (!(sum >= cut.low() && sum <= cut.high())) {
      throw new IllegalArgumentException(
          "this observation has probability zero: the columns known give "
              + sum
              + ", outside of the interval from "
              + cut.low()
              + " to "
              + cut.high());
    }
  }

  private static double[][] joined(List<double[][]> noises, int count) {
    double[][] all = new double[count][count];
    int at = 0;
    for (double[][] noise : noises) {
      for (int i = 0; i < noise.length; i++) {
        System.arraycopy(noise[i], 0, all[at + i], at, noise.length);
      }
      at += noise.length;
    }
    return all;
  }

  /** The form's value of row {@code at} of {@code x}. */
  double value(int form, double[] x, int at) {
    double sum = 0;
    for (int j = 0; j < forms[form].length; j++) {
      sum += forms[form][j] * x[at + j];
    }
    return sum;
  }
}
