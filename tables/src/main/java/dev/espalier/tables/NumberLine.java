package dev.espalier.tables;

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
