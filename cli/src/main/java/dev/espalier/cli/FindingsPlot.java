package dev.espalier.cli;

import dev.espalier.api.Evidence;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseLevel;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Bars;
import dev.espalier.plots.Group;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plots.Plot;
import dev.espalier.runtime.Findings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Findings as curves.
 *
 * @param findings what is drawn
 * @param title one line
 * @param text the tables, for a page that has them beside the curves
 */
record FindingsPlot(Findings findings, String title, String text) {

  private static final Pattern HEIGHT = Pattern.compile(" height=\"([0-9.]+)\"");
  private static final int WIDTH = 450;
  private static final int MOST_LINES = 6;
  private static final int MOST_TICKS = 14;

  /** Fails unless the name says what to draw. */
  static void checkName(Path file) {
    if (!endsWith(file, ".svg") && !endsWith(file, ".html")) {
      throw new IllegalArgumentException(
          "need a file that ends in .svg or .html to draw into, got '" + file + "'");
    }
  }

  private static boolean endsWith(Path file, String end) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(end);
  }

  /** The text of a file of that name. */
  String drawn(Path file) {
    return endsWith(file, ".svg") ? drawing() : page();
  }

  /** All plots in two columns of one drawing. */
  private String drawing() {
    StringBuilder inside = new StringBuilder();
    double[] at = {0, 0};
    for (Plot plot : plots()) {
      int column = at[0] <= at[1] ? 0 : 1;
      String svg = plot.svg();
      Matcher height = HEIGHT.matcher(svg);
      inside.append("<g transform=\"translate(" + column * WIDTH + " " + at[column] + ")\">");
      inside.append(svg).append("</g>\n");
      at[column] += (height.find() ? Double.parseDouble(height.group(1)) : WIDTH) + 20;
    }
    double tall = Math.max(at[0], at[1]);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\""
        + 2 * WIDTH
        + "\" height=\""
        + tall
        + "\" viewBox=\"0 0 "
        + 2 * WIDTH
        + " "
        + tall
        + "\">\n<style>"
        + Plot.style()
        + "</style>\n<rect width=\"100%\" height=\"100%\" style=\"fill:var(--plot-ground)\"/>\n"
        + inside
        + "</svg>\n";
  }

  private String page() {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>");
    page.append("<meta charset=\"utf-8\"><title>").append(escaped(title)).append("</title>\n");
    page.append("<style>").append(Plot.style());
    page.append("body{font-family:sans-serif;margin:2em;color:var(--plot-ink);");
    page.append("background:var(--plot-ground)}pre{overflow-x:auto}");
    page.append(".plots{display:flex;flex-wrap:wrap;gap:1.5em}</style></head>\n<body>\n<h1>");
    page.append(escaped("Structure: " + findings.choice().structure() + ", " + size()));
    page.append("</h1>\n<p>").append(escaped(title)).append("</p>\n<div class=\"plots\">\n");
    plots().forEach(plot -> page.append(plot.svg()).append('\n'));
    return page.append("</div>\n<pre>")
        .append(escaped(text))
        .append("</pre>\n</body>\n</html>\n")
        .toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private String size() {
    return findings.choice().candidate().size();
  }

  /** The curves of the findings, one a picture. */
  List<Plot> plots() {
    List<Plot> plots = new ArrayList<>();
    List<String> names = new ArrayList<>();
    List<LossCurve> losses = new ArrayList<>();
    for (Findings.Finalist each : findings.finalists()) {
      names.add(each.structure() + ", " + each.candidate().size());
      losses.add(each.candidate().loss());
    }
    List<Double> means = losses.stream().map(LossCurve::mean).toList();
    plots.add(
        new Bars(
            "Score loss on held-out rows",
            "1 is that of a spherical law",
            names,
            List.of(new Group("loss", means))));
    plots.add(byLevel("Score loss by noise", "loss", names, losses));
    for (Evidence evidence : findings.evidence()) {
      plots.addAll(plots(evidence));
    }
    return plots;
  }

  private static List<Plot> plots(Evidence evidence) {
    List<Plot> plots = new ArrayList<>();
    List<String> names = evidence.candidates().stream().map(Evidence.Candidate::size).toList();
    if (names.size() > 1) {
      List<Double> values = new ArrayList<>();
      List<Double> errors = new ArrayList<>();
      List<LossCurve> excess = new ArrayList<>();
      for (Evidence.Candidate each : evidence.candidates()) {
        LossCurve above = each.loss().minus(evidence.choice().loss());
        excess.add(above);
        values.add(above.mean());
        errors.add(above.error());
      }
      String title = evidence.structure() + ": loss above that of " + evidence.choice().size();
      plots.add(over(title, "", "excess", names, values, errors));
      plots.add(byLevel(title + ", by noise", "excess", names, excess));
    }
    Map<String, List<Evidence.Figure>> groups = new LinkedHashMap<>();
    for (Evidence.Figure figure : evidence.figures()) {
      groups.computeIfAbsent(figure.name(), key -> new ArrayList<>()).add(figure);
    }
    groups.forEach(
        (name, figures) -> {
          if (figures.size() > 1) {
            plots.add(
                over(
                    evidence.structure() + ": " + name,
                    "",
                    name,
                    figures.stream().map(Evidence.Figure::at).toList(),
                    figures.stream().map(Evidence.Figure::value).toList(),
                    figures.stream().map(Evidence.Figure::error).toList()));
          }
        });
    return plots;
  }

  /** Values over places with names; what all names begin with is said once, below. */
  private static Plot over(
      String title,
      String label,
      String up,
      List<String> places,
      List<Double> values,
      List<Double> errors) {
    String common = common(places);
    List<Axis.Tick> ticks = new ArrayList<>();
    List<Double> across = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    int every = (places.size() + MOST_TICKS - 1) / MOST_TICKS;
    for (int k = 0; k < places.size(); k++) {
      across.add((double) k);
      low.add(values.get(k) - errors.get(k));
      high.add(values.get(k) + errors.get(k));
      if (k % every == 0) {
        ticks.add(new Axis.Tick(k, places.get(k).substring(common.length())));
      }
    }
    boolean known = errors.stream().anyMatch(error -> error > 0);
    Line line =
        new Line(
            "± one standard error",
            across,
            values,
            known ? low : List.of(),
            known ? high : List.of());
    String below = label.isEmpty() ? common.replaceAll("[ =]+$", "") : label;
    return new LinePlot(title, Axis.linear(below).withTicks(ticks), Axis.linear(up), List.of(line));
  }

  /** The words that all names begin with, up to a blank. */
  private static String common(List<String> names) {
    String first = names.get(0);
    int end = first.lastIndexOf(' ') + 1;
    for (String name : names) {
      while (end > 0 && !name.startsWith(first.substring(0, end))) {
        end = first.lastIndexOf(' ', end - 2) + 1;
      }
    }
    return first.substring(0, end);
  }

  /** As many curves as there are colours, evenly from the first to the last. */
  private static Plot byLevel(String title, String up, List<String> names, List<LossCurve> losses) {
    List<Double> noise = losses.get(0).levels().stream().map(NoiseLevel::sigma).toList();
    int shown = Math.min(losses.size(), MOST_LINES);
    List<Line> lines = new ArrayList<>();
    for (int l = 0; l < shown; l++) {
      int k = shown == 1 ? 0 : Math.round((float) l * (losses.size() - 1) / (shown - 1));
      List<Double> values = new ArrayList<>();
      for (int level = 0; level < noise.size(); level++) {
        values.add(losses.get(k).mean(level));
      }
      lines.add(new Line(names.get(k), noise, values, List.of(), List.of()));
    }
    return new LinePlot(title, Axis.log("deviation of the noise"), Axis.linear(up), lines);
  }
}
