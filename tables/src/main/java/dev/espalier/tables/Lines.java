package dev.espalier.tables;

import java.util.List;
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
  public List<String> places() {
    return List.of();
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
  public Schema schema(Table rows) {
    return Schema.of(rows);
  }

  @Override
  public Table rows(Table lines) {
    return lines;
  }

  @Override
  public Table filled(Table lines, Table filled, int draws) {
    return filled;
  }

  @Override
  public String toJson() {
    return Json.compact(GeometryJson.object(geometry));
  }
}
