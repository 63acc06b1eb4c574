package dev.espalier.formats.parquet;

import dev.espalier.tables.CsvFormat;
import dev.espalier.tables.RowSource;
import dev.espalier.tables.TableFormat;
import dev.espalier.tables.TableOutput;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Parquet files: flat, typed columns, read and written a row group at a time.
 *
 * <p>Read: numbers of every width, decimals, booleans, dates, times, time stamps, text and UUIDs;
 * uncompressed, or packed as GZIP, SNAPPY, LZ4_RAW or ZSTD. Written: integers as 64-bit integers,
 * numbers of a fixed scale as decimals of 18 digits, others as doubles, dates, times and time
 * stamps in microseconds, {@code false} and {@code true} as booleans, all else as text; packed as
 * ZSTD, with checksums. What these types do not tell, the order of categories and the zones of
 * moments, stands as a schema in the file's metadata. Memory is that of one row group.
 */
public final class ParquetFormat implements TableFormat {

  private static final byte[] MAGIC = {'P', 'A', 'R', '1'};

  /** For the service loader. */
  public ParquetFormat() {}

  @Override
  public String name() {
    return "parquet";
  }

  @Override
  public boolean begins(byte[] head) {
    for (int k = 0; k < MAGIC.length; k++) {
      if (k >= head.length || head[k] != MAGIC[k]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public RowSource open(String name, Path path, CsvFormat csv) {
    return new ParquetSource(name, path);
  }

  @Override
  public TableOutput output(OutputStream out, long rows, CsvFormat csv) {
    return new ParquetOutput(out);
  }
}
