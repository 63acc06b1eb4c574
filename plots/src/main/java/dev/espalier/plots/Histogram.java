package dev.espalier.plots;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * How the numbers of some groups spread: shares of each group in common bins. The first group is a
 * filled area, the others are lines over it.
 *
 * @param title what it shows
 * @param x the axis of the numbers; bins are equal on its scale
 * @param groups at least one
 * @param bins how many; 0 if they are to be found from the numbers
 */
public record Histogram(String title, Axis x, List<Group> groups, int bins) implements Plot {

  /** Copies and checks. */
  public Histogram {
    groups = List.copyOf(groups);
    if (groups.isEmpty() || bins < 0 || bins > 1000) {
      throw new IllegalArgumentException(
          "need at least one group and 0 to 1000 bins, got "
              + groups.size()
              + " groups and "
              + bins
              + " bins");
    }
  }

  /** With bins that follow from the numbers. */
  public static Histogram of(String title, Axis x, List<Group> groups) {
    return new Histogram(title, x, groups, 0);
  }

  /**
   * The share of each group's numbers in each bin; every number counts that has a place on the
   * axis. Bin k reaches from k to k + 1 n-ths of the span of all groups; its lower edge belongs to
   * it, and so does the upper edge of the last.
   */
  List<double[]> shares() {
    Span span = span();
    int count = count();
    List<double[]> all = new ArrayList<>();
    for (Group group : groups) {
      double[] shares = new double[count];
      int counted = 0;
      for (double each : group.values()) {
        if (span.has(each)) {
          shares[Math.min(count - 1, (int) (span.place(each) * count))]++;
          counted++;
        }
      }
      for (int k = 0; k < count; k++) {
        shares[k] = counted == 0 ? 0 : shares[k] / counted;
      }
      all.add(shares);
    }
    return all;
  }

  private Span span() {
    List<Double> values = new ArrayList<>();
    groups.forEach(group -> values.addAll(group.values()));
    return Span.of(x, values);
  }

  /**
   * The bins as given; else by the rule of Freedman and Diaconis for the first group, from 8 to 48,
   * or one for each whole number where there are few.
   */
  private int count() {
    if (bins > 0) {
      return bins;
    }
    Span span = span();
    double[] places =
        groups.get(0).values().stream()
            .filter(span::has)
            .mapToDouble(span::place)
            .sorted()
            .toArray();
    if (places.length == 0) {
      return 8;
    }
    double width = span.high() - span.low();
    boolean whole =
        x.scale() == Axis.Scale.LINEAR
            && width <= 47
            && groups.stream()
                .flatMap(group -> group.values().stream())
                .allMatch(each -> !span.has(each) || each == Math.rint(each));
    if (whole) {
      return (int) width + 1;
    }
    double spread = places[places.length * 3 / 4] - places[places.length / 4];
    double best = Math.cbrt(places.length) / (2 * Math.max(spread, 1e-3));
    return (int) Math.max(8, Math.min(48, Math.rint(best)));
  }

  @Override
  public String svg() {
    Span span = span();
    List<double[]> shares = shares();
    double top = 0;
    List<Frame.Entry> legend = new ArrayList<>();
    for (int k = 0; k < groups.size(); k++) {
      top = Math.max(top, Arrays.stream(shares.get(k)).max().orElse(0));
      Frame.Mark mark = k == 1 ? Frame.Mark.SOLID : Frame.Mark.LINE;
      mark = k == 0 ? Frame.Mark.AREA : mark;
      legend.add(new Frame.Entry(groups.get(k).name(), k, mark));
    }
    Span heights = new Span(Axis.linear("share of rows"), 0, top == 0 ? 1 : 1.05 * top);
    Frame frame =
        new Frame(title, description(), span, heights, groups.size() == 1 ? List.of() : legend);
    for (int k = 0; k < groups.size(); k++) {
      outline(frame, span, shares.get(k), k);
    }
    return frame.svg().end();
  }

  private static void outline(Frame frame, Span span, double[] shares, int k) {
    double left = frame.x(span.low());
    double wide = (frame.x(span.high()) - left) / shares.length;
    StringBuilder path = new StringBuilder(Frame.path(left, frame.bottom()));
    for (int b = 0; b < shares.length; b++) {
      path.append('V').append(Svg.number(frame.y(shares[b])));
      path.append('H').append(Svg.number(left + (b + 1) * wide));
    }
    path.append('V').append(Svg.number(frame.bottom()));
    int colour = Svg.colour(k);
    if (k == 0) {
      frame.svg().element("path", "class", "area f" + colour, "d", path + "Z");
    } else {
      frame
          .svg()
          .element(
              "path",
              "class",
              "line s" + colour,
              "stroke-dasharray",
              k == 1 ? "none" : Svg.dashes(k),
              "d",
              path.toString());
    }
  }

  private String description() {
    return "Spread of "
        + (x.label().isEmpty() ? "the values" : x.label())
        + ". "
        + groups.stream().map(Histogram::words).collect(Collectors.joining("; "))
        + ".";
  }

  private static String words(Group group) {
    double[] sorted = group.values().stream().mapToDouble(Double::doubleValue).toArray();
    sorted = Arrays.stream(sorted).filter(Double::isFinite).sorted().toArray();
    if (sorted.length == 0) {
      return group.name() + " has no values";
    }
    return group.name()
        + ": from "
        + Span.brief(sorted[0])
        + " to "
        + Span.brief(sorted[sorted.length - 1])
        + ", half of them between "
        + Span.brief(sorted[sorted.length / 4])
        + " and "
        + Span.brief(sorted[sorted.length * 3 / 4]);
  }
}
