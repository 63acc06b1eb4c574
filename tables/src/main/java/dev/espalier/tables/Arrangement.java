package dev.espalier.tables;

import java.util.Optional;

/**
 * How the lines of a file are the rows that a model learns, and how drawn rows become lines again.
 *
 * <p>{@link Windows} and {@link LongForm} put several lines into one row.
 */
public sealed interface Arrangement permits Lines, Stacked {

  /** A line is a row, and columns have no place. */
  static Arrangement plain() {
    return new Lines(Optional.empty());
  }

  /** A line is a row, and columns have places. */
  static Arrangement of(Geometry geometry) {
    return new Lines(Optional.of(geometry));
  }

  /** Where the columns of the rows lie. */
  Optional<Geometry> geometry();

  /** This arrangement with another geometry of its rows. */
  Arrangement with(Geometry geometry);

  /** What drawn lines are, in words; empty where a line is a row. */
  String description();

  /** How many lines so many rows make. */
  long lines(long rows);

  /**
   * The lines of drawn rows.
   *
   * @param rows with the columns that were learned
   * @param first the index of the first of them
   */
  Table lines(Table rows, long first);

  /** What {@link #fromJson} reads. */
  String toJson();

  /**
   * Restores an arrangement.
   *
   * @throws dev.espalier.api.InvalidDataException naming what does not fit
   */
  static Arrangement fromJson(String where, String json) {
    Json.Part part = Json.parse(where, json);
    Optional<Geometry> geometry = GeometryJson.of(part);
    if (part.has(Stacked.KEY)) {
      part.only(GeometryJson.KEY, Stacked.KEY);
      return Stacked.read(part.get(Stacked.KEY), geometry);
    }
    part.only(GeometryJson.KEY);
    return new Lines(geometry);
  }
}
