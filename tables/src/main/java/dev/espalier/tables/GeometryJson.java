package dev.espalier.tables;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Places of columns as JSON. */
final class GeometryJson {

  static final String KEY = "geometry";

  private GeometryJson() {}

  /** An object that says where columns lie, if they have a place. */
  static ObjectNode object(Optional<Geometry> geometry) {
    ObjectNode node = Json.object();
    geometry.ifPresent(each -> node.set(KEY, json(each)));
    return node;
  }

  /** What {@link #object} says. */
  static Optional<Geometry> of(Json.Part object) {
    return object.has(KEY) ? Optional.of(read(object.get(KEY))) : Optional.empty();
  }

  private static ObjectNode json(Geometry geometry) {
    ObjectNode node = Json.object();
    node.set("columns", Json.words(geometry.columns()));
    if (geometry instanceof Geometry.Grid grid) {
      node.set("grid", Json.numbers(new double[] {grid.rows(), grid.width()}));
    } else if (geometry instanceof Geometry.Series series) {
      node.put("series", series.series());
    } else if (geometry instanceof Geometry.Places places) {
      ArrayNode all = node.putArray("places");
      places
          .at()
          .forEach(
              each ->
                  all.add(Json.numbers(each.stream().mapToDouble(Double::doubleValue).toArray())));
    }
    return node;
  }

  private static Geometry read(Json.Part part) {
    part.only("columns", "grid", "series", "places");
    List<String> columns = part.get("columns").list(Json.Part::text);
    try {
      if (part.has("grid")) {
        double[] sides = part.get("grid").numbers();
        if (sides.length == 2) {
          return new Geometry.Grid(columns, (int) sides[0], (int) sides[1]);
        }
      } else if (part.has("series")) {
        return new Geometry.Series(columns, (int) part.get("series").number());
      } else if (part.has("places")) {
        List<List<Double>> at = new ArrayList<>();
        for (double[] each : part.get("places").list(Json.Part::numbers)) {
          at.add(Arrays.stream(each).boxed().toList());
        }
        return new Geometry.Places(columns, at);
      }
    } catch (IllegalArgumentException e) {
      throw part.need("a geometry of its columns");
    }
    throw part.need("a grid, a series or places");
  }
}
