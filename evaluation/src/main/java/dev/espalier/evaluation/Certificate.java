package dev.espalier.evaluation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured of a sampler.
 *
 * @param sampler its text
 * @param random whether it gives rows noise on the way
 * @param promised the order that it promises; 0 if none
 * @param weak the measured order of the moments; NaN if there is no noise or no steps to count
 * @param strong the measured order of the rows: mean distance along one path for random samplers,
 *     greatest distance for others; NaN if paths cannot be refined or there are no steps to count
 * @param curve the errors behind the orders
 * @param bias at its own settings
 * @param invariances departures from what a change of the law should do; 0 is exact
 * @param deterministic whether threads, prefixes and subsets changed no bit
 */
public record Certificate(
    String sampler,
    boolean random,
    int promised,
    double weak,
    double strong,
    List<Point> curve,
    Bias bias,
    Map<String, Double> invariances,
    boolean deterministic) {

  /** How far a measured order of rows may be from the promise. */
  public static final double STRONG_TOLERANCE = 0.15;

  /** How far a measured order of moments may be from the promise. */
  public static final double WEAK_TOLERANCE = 0.3;

  /** Beyond so many standard errors a limit is wrong; the false-alarm rate is 1e-6. */
  static final double LIMIT = 4.9;

  /** Copies the lists. */
  public Certificate {
    curve = List.copyOf(curve);
    invariances = new LinkedHashMap<>(invariances);
  }

  /**
   * Errors with one number of steps, against many more of them.
   *
   * @param steps the number of steps
   * @param evaluations of the score for a row
   * @param weak the error of the first two moments, as a length
   * @param weakError the standard error of that
   * @param strong the distance of the rows, see {@link Certificate#strong()}; NaN if unknown
   */
  public record Point(
      int steps, double evaluations, double weak, double weakError, double strong) {}

  /**
   * The drawn law against the exact one.
   *
   * @param evaluations of the score for a row
   * @param mean the error of the mean in deviations of the law
   * @param deviation the ratio of the deviations less 1
   * @param wasserstein the 1-Wasserstein distance of the first column in its deviations
   * @param floor the same for as many rows of an exact sample
   * @param limit the greatest error of mean and variance with many steps, in standard errors; NaN
   *     if there are no steps to count
   */
  public record Bias(
      double evaluations,
      double mean,
      double deviation,
      double wasserstein,
      double floor,
      double limit) {}

  /** The order that the promise is about. */
  public double measured() {
    return random ? weak : strong;
  }

  /**
   * Whether the order, if one is promised, the limit and the determinism are as they should be. An
   * order of moments that the noise of the rows hides is not held against a sampler.
   */
  public boolean passed() {
    boolean hidden = random && Double.isNaN(weak);
    double tolerance = random ? WEAK_TOLERANCE : STRONG_TOLERANCE;
    boolean order = hidden || Math.abs(measured() - promised) <= tolerance;
    return deterministic && (promised == 0 || order && bias.limit <= LIMIT);
  }

  /** The certificate as lines of text, with the curve as bars. */
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(sampler).append(passed() ? "\n" : "  FAILED\n");
    text.append("  order: promised ")
        .append(promised == 0 ? "none" : promised + (random ? " (moments)" : " (rows)"))
        .append(", measured ")
        .append(Double.isNaN(measured()) && random ? "too small an error" : number(measured()));
    if (random) {
      text.append(", rows along one path ").append(number(strong));
    }
    text.append("\n  at its settings: ")
        .append(number(bias.evaluations))
        .append(" evaluations, mean off by ")
        .append(number(bias.mean))
        .append(", deviation by ")
        .append(number(bias.deviation))
        .append(", W1 ")
        .append(number(bias.wasserstein))
        .append(" (exact sample ")
        .append(number(bias.floor))
        .append(")\n  limit off by ")
        .append(number(bias.limit))
        .append(" standard errors; threads and subsets ")
        .append(deterministic ? "change no bit" : "CHANGE ROWS")
        .append('\n');
    invariances.forEach(
        (name, value) ->
            text.append("  ").append(name).append(": ").append(number(value)).append('\n'));
    for (Point point : curve) {
      double error = random ? point.weak : point.strong;
      int length = (int) Math.round(Math.max(0, 4 * (10 + StrictMath.log10(error))));
      text.append(
              String.format(
                  Locale.ROOT, "  %8.1f evaluations  %-9s ", point.evaluations, number(error)))
          .append("#".repeat(Math.min(40, length)))
          .append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return Math.abs(value) >= 0.01 && Math.abs(value) < 1e5
        ? String.format(Locale.ROOT, "%.3f", value)
        : value == 0 ? "0" : String.format(Locale.ROOT, "%.1e", value);
  }

  /** The same numbers by name, without those that are no numbers; for JSON. */
  public Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("sampler", sampler);
    map.put("passed", passed());
    map.put("random", random);
    map.put("promised", promised);
    put(map, "weakOrder", weak);
    put(map, "strongOrder", strong);
    Map<String, Object> at = new LinkedHashMap<>();
    put(at, "evaluations", bias.evaluations);
    put(at, "mean", bias.mean);
    put(at, "deviation", bias.deviation);
    put(at, "wasserstein", bias.wasserstein);
    put(at, "floor", bias.floor);
    put(at, "limit", bias.limit);
    map.put("bias", at);
    map.put("deterministic", deterministic);
    map.put("invariances", invariances());
    List<Map<String, Object>> points = new ArrayList<>();
    for (Point point : curve) {
      Map<String, Object> each = new LinkedHashMap<>();
      each.put("steps", point.steps);
      put(each, "evaluations", point.evaluations);
      put(each, "weakError", point.weak);
      put(each, "strongError", point.strong);
      points.add(each);
    }
    map.put("curve", points);
    return map;
  }

  private static void put(Map<String, Object> map, String key, double value) {
    if (!Double.isNaN(value) && !Double.isInfinite(value)) {
      map.put(key, value);
    }
  }

  /** A copy; what was measured under which name. */
  @Override
  public Map<String, Double> invariances() {
    return new LinkedHashMap<>(invariances);
  }
}
