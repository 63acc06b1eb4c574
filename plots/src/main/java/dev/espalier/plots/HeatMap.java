package dev.espalier.plots;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A matrix, or a field on a grid, as cells whose colour grows stronger with the value: one colour
 * for positive and another for negative values.
 *
 * @param title what it shows
 * @param rows the names of the rows, from the top; empty if they have none
 * @param columns the names of the columns; empty if they have none
 * @param values at least one row, all of one length; NaN is an empty cell
 * @param limit the size of a value with the full colour, positive; 0 for the greatest size found
 */
public record HeatMap(
    String title, List<String> rows, List<String> columns, List<List<Double>> values, double limit)
    implements Plot {

  private static final int NAMED = 30;

  /** More cells than these do not say their values when they are pointed at. */
  private static final int MOST_TOLD = NAMED * NAMED;

  private static final int SHADES = 20;

  /** Copies and checks. */
  public HeatMap {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    values = values.stream().map(List::copyOf).toList();
    int width = values.isEmpty() ? 0 : values.get(0).size();
    boolean even = width > 0 && values.stream().allMatch(row -> row.size() == width);
    boolean named =
        (rows.isEmpty() || rows.size() == values.size())
            && (columns.isEmpty() || columns.size() == width);
    if (!(even && named && limit >= 0 && limit < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "need rows of one length > 0, as many names or none, and a finite limit >= 0, got "
              + values.size()
              + " rows, "
              + rows.size()
              + " and "
              + columns.size()
              + " names, and "
              + limit);
    }
  }

  /** A square matrix whose rows and columns have the same names. */
  public static HeatMap square(String title, List<String> names, double[][] matrix, double limit) {
    List<List<Double>> values = new ArrayList<>();
    for (double[] row : matrix) {
      values.add(Line.boxed(row));
    }
    return new HeatMap(title, names, names, values, limit);
  }

  /** A field, row by row, without names. */
  public static HeatMap field(String title, int columns, double[] cells) {
    if (columns < 1 || cells.length == 0 || cells.length % columns != 0) {
      throw new IllegalArgumentException(
          "need whole rows of " + columns + " cells, got " + cells.length + " cells");
    }
    List<Double> all = Line.boxed(cells);
    List<List<Double>> values = new ArrayList<>();
    for (int at = 0; at < cells.length; at += columns) {
      values.add(all.subList(at, at + columns));
    }
    return new HeatMap(title, List.of(), List.of(), values, 0);
  }

  @Override
  public String svg() {
    int height = values.size();
    int width = values.get(0).size();
    boolean named = height <= NAMED && !rows.isEmpty();
    boolean headed = width <= NAMED && !columns.isEmpty();
    double left = named ? 8 + 5.6 * letters(rows) : 2;
    double above = headed ? 30 + 4.2 * letters(columns) : 26;
    double slack = headed ? 3.4 * letters(columns) : 2;
    double cell = Math.min(32, (Frame.WIDTH - left - slack) / width);
    cell = Math.min(cell, 360.0 / height);
    double below = above + cell * height;
    Svg svg = new Svg(Frame.WIDTH, below + 34, title, description());
    svg.words(Svg.shortened(title, 60), "x", 2, "y", 14, "class", "title");
    double size = Math.min(10.5, Math.max(6, cell));
    for (int i = 0; named && i < height; i++) {
      double at = above + (i + 0.5) * cell + 3;
      svg.words(
          Svg.shortened(rows.get(i), 14),
          "x",
          left - 4,
          "y",
          at,
          "text-anchor",
          "end",
          "font-size",
          size);
    }
    for (int j = 0; headed && j < width; j++) {
      double at = left + (j + 0.5) * cell + 2;
      svg.words(
          Svg.shortened(columns.get(j), 14),
          "transform",
          "translate(" + Svg.number(at) + " " + Svg.number(above - 4) + ") rotate(-50)",
          "font-size",
          size);
    }
    double top = top();
    svg.element(
        "rect",
        "class",
        "frame",
        "x",
        left,
        "y",
        above,
        "width",
        cell * width,
        "height",
        cell * height);
    if (height * width > MOST_TOLD) {
      cells(svg, left, above, cell, top);
    } else {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          cell(svg, i, j, left + j * cell, above + i * cell, cell, top);
        }
      }
    }
    key(svg, left, below + 12, top);
    return svg.end();
  }

  private static int letters(List<String> names) {
    return names.stream().mapToInt(each -> Svg.shortened(each, 14).length()).max().orElse(0);
  }

  /** All cells of about one value as one shape, which keeps large pictures small. */
  private void cells(Svg svg, double left, double above, double size, double top) {
    Map<Integer, StringBuilder> shades = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      for (int j = 0; j < values.get(i).size(); j++) {
        double share = values.get(i).get(j) / top;
        int shade = (int) Math.rint(SHADES * Math.max(-1, Math.min(1, share)));
        if (Double.isFinite(share) && shade != 0) {
          shades
              .computeIfAbsent(shade, key -> new StringBuilder())
              .append(Frame.path(left + j * size, above + i * size))
              .append('h')
              .append(Svg.number(size))
              .append('v')
              .append(Svg.number(size))
              .append('h')
              .append(Svg.number(-size))
              .append('z');
        }
      }
    }
    shades.forEach(
        (shade, path) ->
            svg.element(
                "path",
                "class",
                shade < 0 ? "f2" : "f1",
                "fill-opacity",
                Math.abs(shade) / (double) SHADES,
                "d",
                path.toString()));
  }

  private void cell(Svg svg, int i, int j, double x, double y, double size, double top) {
    double value = values.get(i).get(j);
    if (!Double.isFinite(value) || value == 0) {
      return;
    }
    Object[] attributes = {
      "class", value < 0 ? "f2" : "f1",
      "x", x,
      "y", y,
      "width", size,
      "height", size,
      "fill-opacity", Math.min(1, Math.abs(value) / top)
    };
    if (rows.isEmpty() || columns.isEmpty()) {
      svg.element("rect", attributes);
    } else {
      String told = rows.get(i) + ", " + columns.get(j) + ": " + Span.brief(value);
      svg.told("rect", told, attributes);
    }
  }

  /** The strip of colours under the cells, with what its ends mean. */
  private void key(Svg svg, double left, double y, double top) {
    boolean negative =
        values.stream().flatMap(List::stream).anyMatch(each -> each < 0 && Double.isFinite(each));
    String low = negative ? Span.brief(-top) : "0";
    double at = left + 6.1 * low.length() + 6;
    svg.text(left, y + 9, "start", low);
    int from = negative ? -5 : 0;
    for (int k = from; k <= 5; k++) {
      svg.element(
          "rect",
          "class",
          k < 0 ? "f2" : "f1",
          "x",
          at,
          "y",
          y,
          "width",
          12,
          "height",
          10,
          "fill-opacity",
          Math.abs(k) / 5.0);
      at += 12;
    }
    svg.text(at + 6, y + 9, "start", Span.brief(top));
  }

  private double top() {
    double top = limit;
    if (top == 0) {
      for (List<Double> row : values) {
        for (double each : row) {
          top = Double.isFinite(each) ? Math.max(top, Math.abs(each)) : top;
        }
      }
    }
    return top == 0 ? 1 : top;
  }

  private String description() {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (List<Double> row : values) {
      for (double each : row) {
        least = Double.isFinite(each) ? Math.min(least, each) : least;
        greatest = Double.isFinite(each) ? Math.max(greatest, each) : greatest;
      }
    }
    return values.size()
        + " rows of "
        + values.get(0).size()
        + " cells"
        + (least <= greatest
            ? ", from " + Span.brief(least) + " to " + Span.brief(greatest)
            : ", all empty")
        + ".";
  }
}
