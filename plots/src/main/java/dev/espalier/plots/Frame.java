package dev.espalier.plots;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Title, legend, axes and marks, and where values lie between them. */
final class Frame {

  static final double WIDTH = 440;
  private static final double LETTER = 6.1;
  private static final double HEIGHT = 214;
  private static final double RIGHT = 14;

  private final Svg svg;
  private final Span x;
  private final Span y;
  private final double left;
  private final double top;
  private final double wide;

  /** How an entry of the legend looks. */
  enum Mark {
    LINE,
    SOLID,
    DOT,
    AREA
  }

  /** What the k-th thing in the picture is called. */
  record Entry(String name, int k, Mark mark) {}

  private record Placed(Entry entry, double x, int row) {}

  Frame(String title, String description, Span x, Span y, List<Entry> legend) {
    this.x = x;
    this.y = y;
    List<Placed> placed = placed(legend);
    int rows = placed.isEmpty() ? 0 : placed.get(placed.size() - 1).row + 1;
    List<Axis.Tick> heights = y.ticks(5);
    int letters = 1;
    for (Axis.Tick tick : heights) {
      letters = Math.max(letters, tick.text().length());
    }
    this.left = (y.axis().label().isEmpty() ? 6 : 22) + LETTER * letters + 6;
    this.top = 28 + 17 * rows;
    this.wide = WIDTH - left - RIGHT;
    double below = x.axis().label().isEmpty() ? 24 : 40;
    this.svg = new Svg(WIDTH, top + HEIGHT + below, title, description);
    svg.words(Svg.shortened(title, 60), "x", 2, "y", 14, "class", "title");
    placed.forEach(this::legend);
    axes(heights);
  }

  private static List<Placed> placed(List<Entry> legend) {
    List<Placed> placed = new ArrayList<>();
    double at = 2;
    int row = 0;
    for (Entry entry : legend) {
      double size = 36 + LETTER * Svg.shortened(entry.name, 50).length();
      if (at > 2 && at + size > WIDTH) {
        at = 2;
        row++;
      }
      placed.add(new Placed(entry, at, row));
      at += size;
    }
    return placed;
  }

  private void legend(Placed placed) {
    int k = placed.entry.k;
    double height = 29 + 17 * placed.row;
    double at = placed.x;
    switch (placed.entry.mark) {
      case LINE, SOLID ->
          svg.element(
              "path",
              "class",
              "line s" + Svg.colour(k),
              "stroke-dasharray",
              placed.entry.mark == Mark.SOLID ? "none" : Svg.dashes(k),
              "d",
              path(at, height) + "h18");
      case DOT ->
          svg.element("circle", "class", "f" + Svg.colour(k), "cx", at + 9, "cy", height, "r", 3.5);
      case AREA ->
          svg.element(
              "rect",
              "class",
              "area f" + Svg.colour(k),
              "x",
              at,
              "y",
              height - 5,
              "width",
              18,
              "height",
              10);
    }
    svg.text(at + 24, height + 4, "start", Svg.shortened(placed.entry.name, 50));
  }

  private void axes(List<Axis.Tick> heights) {
    double bottom = top + HEIGHT;
    StringBuilder grid = new StringBuilder();
    for (Axis.Tick tick : heights) {
      grid.append(path(left, y(tick.at()))).append('h').append(Svg.number(wide));
      svg.text(left - 6, y(tick.at()) + 4, "end", tick.text());
    }
    double free = Double.NEGATIVE_INFINITY;
    for (Axis.Tick tick : x.ticks(6)) {
      double half = LETTER * tick.text().length() / 2;
      double at = x(tick.at());
      grid.append(path(at, bottom)).append("v4");
      if (at - half > free) {
        double middle = Math.min(at, WIDTH - half - 1);
        svg.text(middle, bottom + 17, "middle", tick.text());
        free = at + half + 6;
      }
    }
    grid.append(path(left, bottom)).append('h').append(Svg.number(wide));
    svg.element("path", "class", "frame", "d", grid.toString());
    if (!x.axis().label().isEmpty()) {
      svg.text(left + wide / 2, bottom + 34, "middle", Svg.shortened(x.axis().label(), 60));
    }
    if (!y.axis().label().isEmpty()) {
      double middle = top + HEIGHT / 2;
      svg.words(
          Svg.shortened(y.axis().label(), 34),
          "transform",
          String.format(Locale.ROOT, "translate(12 %s) rotate(-90)", Svg.number(middle)),
          "text-anchor",
          "middle");
    }
  }

  Svg svg() {
    return svg;
  }

  double x(double value) {
    return left + wide * x.place(value);
  }

  double y(double value) {
    return top + HEIGHT * (1 - y.place(value));
  }

  /** The height of the lower edge. */
  double bottom() {
    return top + HEIGHT;
  }

  /** Whether a point lies in the picture. */
  boolean shows(double atX, double atY) {
    return x.has(atX) && y.has(atY);
  }

  /** The start of a path at this place. */
  static String path(double x, double y) {
    return "M" + Svg.number(x) + " " + Svg.number(y);
  }
}
