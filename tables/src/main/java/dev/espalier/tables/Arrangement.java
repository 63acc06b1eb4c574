package dev.espalier.tables;

import java.util.List;
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

  /** The columns of drawn lines that tell the row and the step, and nothing else. */
  List<String> places();

  /** How many lines so many rows make. */
  long lines(long rows);

  /**
   * The lines of drawn rows.
   *
   * @param rows with the columns that were learned
   * @param first the index of the first of them
   */
  Table lines(Table rows, long first);

  /**
   * The schema to read lines by so that their rows have the columns of a model.
   *
   * @param rows with the columns that were learned, such as none that are drawn
   */
  Schema schema(Table rows);

  /**
   * The rows that other lines make, with the columns that were learned.
   *
   * <p>Where several lines are a row, they have the columns that tell the row and the step, as
   * drawn lines do, and a line that is not there has missing cells. Windows may also be cut from
   * lines without those columns, one after the other; lines at the end that make no whole one are
   * left out, and a note says so.
   *
   * @throws dev.espalier.api.InvalidDataException if lines lack a column or have a step that was
   *     not learned
   */
  Table rows(Table lines);

  /**
   * Puts the cells of filled rows into the lines that the rows were made of.
   *
   * @param lines as given to {@link #rows}
   * @param filled draws of the rows of those lines: all of the first, then all of the second
   * @param draws of every row
   * @return the learned columns of the lines, {@code draws} times each, one line after the other;
   *     lines that make no row are as they were
   */
  Table filled(Table lines, Table filled, int draws);

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
