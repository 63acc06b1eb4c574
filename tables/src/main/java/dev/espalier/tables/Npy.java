package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * NumPy's array files ({@code .npy}, versions 1 to 3): a matrix of numbers, a row a line, or a
 * vector as one column. Columns are named {@code x0}, {@code x1}, …; NaN is a missing cell.
 */
final class Npy implements TableFormat {

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int ALIGNMENT = 64;

  @Override
  public String name() {
    return "npy";
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
  public RowSource open(String name, Path path, CsvFormat csv) throws IOException {
    return NpySource.open(name, path);
  }

  @Override
  public TableOutput output(OutputStream out, long rows, CsvFormat csv) {
    return new Output(out, rows);
  }

  /** Writes little-endian doubles in row order. */
  private static final class Output implements TableOutput {
    private final OutputStream out;
    private final long rows;
    private boolean started;

    Output(OutputStream out, long rows) {
      this.out = out;
      this.rows = rows;
    }

    @Override
    public void append(Table table) throws IOException {
      double[] values = numbers(table);
      int columns = table.count() == 0 ? width(table) : values.length / table.count();
      if (!started) {
        started = true;
        out.write(header(columns));
      }
      ByteBuffer bytes = ByteBuffer.allocate(8 * columns).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < table.count(); i++) {
        bytes.clear();
        for (int j = 0; j < columns; j++) {
          bytes.putDouble(values[i * columns + j]);
        }
        out.write(bytes.array());
      }
    }

    private static int width(Table table) {
      return (int)
          table.columns().stream().filter(column -> column.kind() != Kind.IDENTIFIER).count();
    }

    private static double[] numbers(Table table) {
      try {
        return table.samples().toArray();
      } catch (IllegalArgumentException e) {
        throw new InvalidDataException(
            "cannot write the table as an array of numbers: "
                + e.getMessage().replace(" Encode the table instead", " Choose another format"),
            e);
      }
    }

    private byte[] header(int columns) {
      String head =
          "{'descr': '<f8', 'fortran_order': False, 'shape': (" + rows + ", " + columns + "), }";
      int bare = MAGIC.length + 4 + head.length() + 1;
      int whole = (bare + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
      ByteBuffer bytes = ByteBuffer.allocate(whole).order(ByteOrder.LITTLE_ENDIAN);
      bytes.put(MAGIC).put((byte) 1).put((byte) 0);
      bytes.putShort((short) (whole - MAGIC.length - 4));
      bytes.put((head + " ".repeat(whole - bare) + "\n").getBytes(StandardCharsets.US_ASCII));
      return bytes.array();
    }

    @Override
    public void finish() throws IOException {
      out.flush();
    }
  }
}
