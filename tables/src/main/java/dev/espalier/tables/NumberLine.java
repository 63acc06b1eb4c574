package dev.espalier.tables;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** An invertible map of a column's numbers to a common scale. */
sealed interface NumberLine permits StandardLine, ScoresLine {

  /**
   * The number on the common scale.
   *
   * @param u uniform in (0, 1), for values that stand for an interval
   */
  double encode(double value, double u);

  /** The number of the column: on its grid and within its limits. */
  double decode(double z);

  /** The ends on the common scale between which decoding rises, from the least to the greatest. */
  double[] ends();

  /**
   * The part of the common scale that decodes to numbers from {@code low} to {@code high}; empty if
   * none does.
   */
  default Optional<double[]> interval(double low, double high) {
    double[] ends = ends();
    double bottom = decode(ends[0]);
    double top = decode(ends[1]);
    if (!(low <= top && high >= bottom)) {
      return Optional.empty();
    }
    double from = low <= bottom ? lowest() : boundary(ends, low);
    double to = high >= top ? highest() : boundary(ends, Math.nextUp(high));
    return from < to ? Optional.of(new double[] {from, to}) : Optional.empty();
  }

  /** What still decodes to the least number and not to any other. */
  double lowest();

  /** What still decodes to the greatest number and not to any other. */
  double highest();

  /** The least point that decodes to at least a number, by bisection. */
  private double boundary(double[] ends, double value) {
    double below = ends[0];
    double above = ends[1];
    for (int round = 0; round < 200; round++) {
      double middle = below + 0.5 * (above - below);
      if (!(middle > below && middle < above)) {
        break;
      }
      if (decode(middle) >= value) {
        above = middle;
      } else {
        below = middle;
      }
    }
    return above;
  }

  ObjectNode toJson();

  static NumberLine read(Json.Part part, Field field) {
    String map = part.get("map").text();
    return switch (map) {
      case StandardLine.NAME -> StandardLine.read(part, field);
      case ScoresLine.NAME -> ScoresLine.read(part, field);
      default -> throw part.get("map").need("a known map of numbers");
    };
  }
}
