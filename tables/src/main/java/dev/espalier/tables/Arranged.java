package dev.espalier.tables;

/**
 * The lines of a file as the rows that a model learns, and the way back.
 *
 * @param rows what is learned
 * @param arrangement makes lines of drawn rows
 */
public record Arranged(Table rows, Arrangement arrangement) {

  /** Lines that are rows themselves. */
  public static Arranged plain(Table lines) {
    return new Arranged(lines, Arrangement.plain());
  }
}
