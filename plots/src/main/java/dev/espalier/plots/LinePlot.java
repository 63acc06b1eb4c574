package dev.espalier.plots;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines over common axes; points are marked where a line has at most 40 of them.
 *
 * @param title what it shows
 * @param x the axis to the right
 * @param y the axis upward
 * @param lines at least one
 */
public record LinePlot(String title, Axis x, Axis y, List<Line> lines) implements Plot {

  private static final int MARKED = 40;

  /** Copies and checks. */
  public LinePlot {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("need at least one line, got none");
    }
  }

  @Override
  public String svg() {
    List<Double> across = new ArrayList<>();
    List<Double> up = new ArrayList<>();
    List<Frame.Entry> legend = new ArrayList<>();
    for (int k = 0; k < lines.size(); k++) {
      Line line = lines.get(k);
      across.addAll(line.x());
      up.addAll(line.y());
      up.addAll(line.low());
      up.addAll(line.high());
      if (lines.size() > 1 || !line.low().isEmpty()) {
        legend.add(new Frame.Entry(line.name(), k, Frame.Mark.LINE));
      }
    }
    Frame frame =
        new Frame(title, description(), Span.of(x, across), Span.of(y, up).padded(), legend);
    for (int k = 0; k < lines.size(); k++) {
      band(frame, lines.get(k), k);
    }
    for (int k = 0; k < lines.size(); k++) {
      draw(frame, lines.get(k), k);
    }
    return frame.svg().end();
  }

  private static void band(Frame frame, Line line, int k) {
    StringBuilder there = new StringBuilder();
    String back = "";
    for (int i = 0; i < line.low().size(); i++) {
      double at = line.x().get(i);
      if (frame.shows(at, line.low().get(i)) && frame.shows(at, line.high().get(i))) {
        String place = Svg.number(frame.x(at)) + " ";
        there.append(there.isEmpty() ? "M" : "L").append(place);
        there.append(Svg.number(frame.y(line.low().get(i))));
        back = "L" + place + Svg.number(frame.y(line.high().get(i))) + back;
      }
    }
    if (!there.isEmpty()) {
      String shape = there + back + "Z";
      frame.svg().element("path", "class", "band f" + Svg.colour(k), "d", shape);
    }
  }

  private static void draw(Frame frame, Line line, int k) {
    StringBuilder path = new StringBuilder();
    StringBuilder dots = new StringBuilder();
    boolean on = false;
    for (int i = 0; i < line.x().size(); i++) {
      double at = line.x().get(i);
      double height = line.y().get(i);
      boolean shown = frame.shows(at, height);
      if (shown) {
        String place = Svg.number(frame.x(at)) + " " + Svg.number(frame.y(height));
        path.append(on ? "L" : "M").append(place);
        dots.append("M").append(place).append("h0");
      }
      on = shown;
    }
    if (path.isEmpty()) {
      return;
    }
    String colour = " s" + Svg.colour(k);
    String dashes = Svg.dashes(k);
    frame
        .svg()
        .element(
            "path", "class", "line" + colour, "stroke-dasharray", dashes, "d", path.toString());
    if (line.x().size() <= MARKED) {
      frame.svg().element("path", "class", "dots" + colour, "d", dots.toString());
    }
  }

  private String description() {
    return (y.label().isEmpty() ? "Values" : y.label())
        + " over "
        + (x.label().isEmpty() ? "positions" : x.label())
        + ". "
        + lines.stream().map(LinePlot::words).collect(Collectors.joining("; "))
        + ".";
  }

  private static String words(Line line) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double last = Double.NaN;
    double first = Double.NaN;
    for (double each : line.y()) {
      if (Double.isFinite(each)) {
        first = Double.isNaN(first) ? each : first;
        last = each;
        least = Math.min(least, each);
        greatest = Math.max(greatest, each);
      }
    }
    return Double.isNaN(first)
        ? line.name() + " has no values"
        : line.name()
            + " goes from "
            + Span.brief(first)
            + " to "
            + Span.brief(last)
            + ", between "
            + Span.brief(least)
            + " and "
            + Span.brief(greatest);
  }
}
