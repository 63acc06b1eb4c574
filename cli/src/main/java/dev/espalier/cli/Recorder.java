package dev.espalier.cli;

import dev.espalier.api.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps what was measured on the way, and passes everything on. */
final class Recorder implements Progress {

  private final Progress progress;
  private final Map<String, TreeMap<Double, List<Double>>> curves = new LinkedHashMap<>();

  Recorder(Progress progress) {
    this.progress = progress;
  }

  /**
   * A curve.
   *
   * @param name what was measured
   * @param at where, rising
   * @param values what was found there; the mean where it was measured more than once
   */
  record Curve(String name, List<Double> at, List<Double> values) {}

  /** The curves, in the order in which they began. */
  synchronized List<Curve> curves() {
    List<Curve> all = new ArrayList<>();
    curves.forEach(
        (name, points) -> {
          List<Double> values = new ArrayList<>();
          for (List<Double> each : points.values()) {
            // in rising order, so that the threads that measured do not decide the sum
            values.add(each.stream().sorted().reduce(0.0, Double::sum) / each.size());
          }
          all.add(new Curve(name, List.copyOf(points.keySet()), values));
        });
    return all;
  }

  @Override
  public void report(String stage, double done) {
    progress.report(stage, done);
  }

  @Override
  public synchronized void measured(String curve, double at, double value) {
    curves
        .computeIfAbsent(curve, name -> new TreeMap<>())
        .computeIfAbsent(at, place -> new ArrayList<>())
        .add(value);
    progress.measured(curve, at, value);
  }

  @Override
  public boolean cancelled() {
    return progress.cancelled();
  }

  @Override
  public boolean enough() {
    return progress.enough();
  }
}
