package dev.espalier.tables;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * A format of table files, an extension point: implementations with a public constructor without
 * parameters are found by {@link java.util.ServiceLoader}. CSV and NumPy's are built in.
 */
public interface TableFormat {

  /** A short lower-case name that is also the ending of its files, such as {@code parquet}. */
  String name();

  /** Whether a file that begins with these bytes, 16 or all there are, is of this format. */
  boolean begins(byte[] head);

  /**
   * Opens a file.
   *
   * @param name the file's name, for errors
   * @param path where its bytes are, uncompressed
   * @param csv how a CSV file is laid out; other formats ignore it
   * @throws dev.espalier.api.InvalidDataException if it is not of this format
   * @throws IOException if it cannot be read
   */
  RowSource open(String name, Path path, CsvFormat csv) throws IOException;

  /**
   * Starts a file.
   *
   * @param out takes the bytes; closed by the caller
   * @param rows how many rows will be written
   * @param csv how a CSV file is to be laid out; other formats ignore it
   * @throws IOException if the stream fails
   */
  TableOutput output(OutputStream out, long rows, CsvFormat csv) throws IOException;
}
