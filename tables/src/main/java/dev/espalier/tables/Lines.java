package dev.espalier.tables;

import java.util.Optional;

/** A line is a row. */
record Lines(Optional<Geometry> geometry) implements Arrangement {

  @Override
  public Arrangement with(Geometry geometry) {
    return new Lines(Optional.of(geometry));
  }

  @Override
  public String description() {
    return "";
  }

  @Override
  public long lines(long rows) {
    return rows;
  }

  @Override
  public Table lines(Table rows, long first) {
    return rows;
  }

  @Override
  public String toJson() {
    return Json.compact(GeometryJson.object(geometry));
  }
}
