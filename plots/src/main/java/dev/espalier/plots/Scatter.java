package dev.espalier.plots;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Points over common axes, later clouds over earlier ones.
 *
 * @param title what it shows
 * @param x the axis to the right
 * @param y the axis upward
 * @param clouds at least one
 */
public record Scatter(String title, Axis x, Axis y, List<Cloud> clouds) implements Plot {

  /** Copies and checks. */
  public Scatter {
    clouds = List.copyOf(clouds);
    if (clouds.isEmpty()) {
      throw new IllegalArgumentException("need at least one cloud, got none");
    }
  }

  @Override
  public String svg() {
    List<Double> across = new ArrayList<>();
    List<Double> up = new ArrayList<>();
    List<Frame.Entry> legend = new ArrayList<>();
    for (int k = 0; k < clouds.size(); k++) {
      across.addAll(clouds.get(k).x());
      up.addAll(clouds.get(k).y());
      legend.add(new Frame.Entry(clouds.get(k).name(), k, Frame.Mark.DOT));
    }
    Frame frame =
        new Frame(
            title,
            description(),
            Span.of(x, across).padded(),
            Span.of(y, up).padded(),
            clouds.size() > 1 ? legend : List.of());
    for (int k = 0; k < clouds.size(); k++) {
      Cloud cloud = clouds.get(k);
      StringBuilder dots = new StringBuilder();
      for (int i = 0; i < cloud.x().size(); i++) {
        if (frame.shows(cloud.x().get(i), cloud.y().get(i))) {
          dots.append(Frame.path(frame.x(cloud.x().get(i)), frame.y(cloud.y().get(i))));
          dots.append("h0");
        }
      }
      if (!dots.isEmpty()) {
        String classes = "cloud s" + Svg.colour(k);
        frame.svg().element("path", "class", classes, "d", dots.toString());
      }
    }
    return frame.svg().end();
  }

  private String description() {
    return (y.label().isEmpty() ? "Points" : y.label())
        + " against "
        + (x.label().isEmpty() ? "positions" : x.label())
        + ". "
        + clouds.stream()
            .map(cloud -> cloud.x().size() + " points of " + cloud.name())
            .collect(Collectors.joining("; "))
        + ".";
  }
}
