package dev.espalier.tables;

import java.io.IOException;

/**
 * A table file in the making: tables of the same columns, one below the other.
 *
 * <p>Not safe for concurrent use. The stream it writes to belongs to the caller.
 */
public interface TableOutput {

  /**
   * Writes all rows of a table.
   *
   * @throws dev.espalier.api.InvalidDataException if the format cannot hold them
   * @throws IOException if the stream fails
   */
  void append(Table table) throws IOException;

  /**
   * Writes what comes last; without it the file is not whole.
   *
   * @throws IOException if the stream fails
   */
  void finish() throws IOException;
}
