package dev.espalier.plots;

import java.util.ArrayList;
import java.util.List;

/**
 * Bars to the right, a few of different groups for each word: shares of categories, or the values
 * of models.
 *
 * @param title what it shows
 * @param label what the length of a bar measures
 * @param words one for each place, from the top
 * @param groups as many values each as there are words; negative ones and others that are no
 *     lengths are shown as 0
 */
public record Bars(String title, String label, List<String> words, List<Group> groups)
    implements Plot {

  private static final double THICK = 11;

  /** Copies and checks. */
  public Bars {
    words = List.copyOf(words);
    groups = List.copyOf(groups);
    int places = words.size();
    if (groups.isEmpty() || groups.stream().anyMatch(each -> each.values().size() != places)) {
      throw new IllegalArgumentException(
          "need groups of " + places + " values, got " + groups.stream().map(Group::name).toList());
    }
  }

  @Override
  public String svg() {
    int letters = words.stream().mapToInt(each -> Svg.shortened(each, 22).length()).max().orElse(0);
    double left = 14 + 6.8 * letters;
    double wide = Frame.WIDTH - left - 50;
    double top = groups.size() > 1 ? 44 : 26;
    double each = THICK * groups.size() + 8;
    double longest = 0;
    for (Group group : groups) {
      for (double value : group.values()) {
        longest = Math.max(longest, length(value));
      }
    }
    Svg svg = new Svg(Frame.WIDTH, top + each * words.size() + 22, title, description());
    svg.words(Svg.shortened(title, 60), "x", 2, "y", 14, "class", "title");
    double legend = 2;
    for (int k = 0; groups.size() > 1 && k < groups.size(); k++) {
      String name = groups.get(k).name();
      bar(svg, k, legend, 25, 18);
      svg.text(legend + 24, 33, "start", name);
      legend += 40 + 6.1 * name.length();
    }
    for (int i = 0; i < words.size(); i++) {
      double at = top + i * each;
      double middle = at + THICK * groups.size() / 2 + 4;
      svg.text(left - 6, middle, "end", Svg.shortened(words.get(i), 22));
      for (int k = 0; k < groups.size(); k++) {
        double value = groups.get(k).values().get(i);
        double length = longest == 0 ? 0 : wide * length(value) / longest;
        bar(svg, k, left, at + THICK * k, length);
        svg.words(
            Span.brief(value),
            "x",
            left + length + 4,
            "y",
            at + THICK * k + 8.5,
            "font-size",
            10.5);
      }
    }
    svg.text(left + wide / 2, top + each * words.size() + 14, "middle", label);
    return svg.end();
  }

  /** The first group is filled, the others are outlined, too. */
  private static void bar(Svg svg, int k, double x, double y, double length) {
    String classes = k == 0 ? "area f" + Svg.colour(k) : "f" + Svg.colour(k);
    svg.element("rect", "class", classes, "x", x, "y", y, "width", length, "height", THICK - 1);
  }

  private static double length(double value) {
    return value > 0 && Double.isFinite(value) ? value : 0;
  }

  private String description() {
    List<String> told = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      List<String> values = new ArrayList<>();
      for (Group group : groups) {
        values.add(group.name() + " " + Span.brief(group.values().get(i)));
      }
      told.add(words.get(i) + ": " + String.join(", ", values));
    }
    return label + ". " + String.join("; ", told) + ".";
  }
}
