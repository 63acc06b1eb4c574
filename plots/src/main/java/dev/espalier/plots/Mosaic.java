package dev.espalier.plots;

import java.util.List;

/**
 * Small fields side by side, one line of them for every group, all in one scale from their least to
 * their greatest cell.
 *
 * @param title what it shows
 * @param columns of every field
 * @param cells of every field, a multiple of the columns
 * @param groups of fields: the cells of one field after those of another, row by row
 */
public record Mosaic(String title, int columns, int cells, List<Group> groups) implements Plot {

  private static final double GAP = 8;
  private static final double WIDEST = 96;

  /** Copies and checks. */
  public Mosaic {
    groups = List.copyOf(groups);
    int size = cells;
    boolean whole =
        columns >= 1
            && size >= 1
            && size % columns == 0
            && groups.stream().allMatch(each -> each.values().size() % size == 0);
    if (!(whole && groups.stream().anyMatch(each -> !each.values().isEmpty()))) {
      throw new IllegalArgumentException(
          "need groups of whole fields of "
              + cells
              + " cells in "
              + columns
              + " columns, got "
              + groups.stream().map(each -> each.values().size()).toList()
              + " cells");
    }
  }

  @Override
  public String svg() {
    Span span =
        Span.of(Axis.linear(""), groups.stream().flatMap(each -> each.values().stream()).toList());
    int most = groups.stream().mapToInt(each -> each.values().size() / cells).max().orElse(1);
    double wide = Math.min(WIDEST, (Frame.WIDTH - 4 - GAP * (most - 1)) / most);
    double cell = wide / columns;
    double tall = cell * (cells / columns);
    double line = tall + 26;
    double below = 24 + line * groups.size();
    Svg svg = new Svg(Frame.WIDTH, below + 16, title, description(span));
    svg.words(Svg.shortened(title, 60), "x", 2, "y", 14, "class", "title");
    for (int g = 0; g < groups.size(); g++) {
      double top = 40 + g * line;
      svg.text(2, top - 5, "start", groups.get(g).name());
      List<Double> values = groups.get(g).values();
      for (int field = 0; field < values.size() / cells; field++) {
        double left = 2 + field * (wide + GAP);
        for (int k = 0; k < cells; k++) {
          double value = values.get(field * cells + k);
          if (Double.isFinite(value)) {
            double x = left + k % columns * cell;
            shade(svg, span.place(value), x, top + k / columns * cell, cell);
          }
        }
        svg.element("rect", "class", "frame", "x", left, "y", top, "width", wide, "height", tall);
      }
    }
    String low = Span.brief(span.low());
    svg.text(2, below + 11, "start", low);
    double at = 8 + 6.1 * low.length();
    for (int k = 0; k <= 5; k++) {
      shade(svg, k / 5.0, at, below + 2, 11);
      at += 11;
    }
    svg.text(at + 6, below + 11, "start", Span.brief(span.high()));
    return svg.end();
  }

  private static void shade(Svg svg, double share, double x, double y, double size) {
    svg.element(
        "rect",
        "class",
        "f1",
        "x",
        x,
        "y",
        y,
        "width",
        size,
        "height",
        size,
        "fill-opacity",
        share);
  }

  private String description(Span span) {
    StringBuilder words = new StringBuilder();
    for (Group group : groups) {
      words.append(group.values().size() / cells).append(" fields of ").append(group.name());
      words.append(", ");
    }
    return words
        + ("each of " + cells / columns + " by " + columns + " cells, from ")
        + Span.brief(span.low())
        + " to "
        + Span.brief(span.high())
        + ".";
  }
}
