package dev.espalier.tables;

import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** CSV as one format among others. */
final class CsvFiles implements TableFormat {

  static final String NAME = "csv";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean begins(byte[] head) {
    return true;
  }

  @Override
  public RowSource open(String name, Path path, CsvFormat csv) {
    return new CsvSource(name, () -> Files.newInputStream(path), csv);
  }

  @Override
  public TableOutput output(OutputStream out, long rows, CsvFormat csv) {
    return CsvOutput.to(out, csv);
  }
}
