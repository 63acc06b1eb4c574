package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import dev.espalier.runtime.OutputFile;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.zip.ZipException;

/**
 * Tables in and out of files of every format there is, packed or not.
 *
 * <p>What is read is told by its first bytes, what is written by the ending of its name: {@code
 * .csv}, {@code .npy}, {@code .parquet} with the module for it, each maybe followed by {@code .gz}
 * or {@code .zst}; any other ending is CSV. A packed file that needs more than one pass in any
 * order is unpacked into a temporary file first.
 */
public final class TableFiles {

  private static final int HEAD = 16;

  private TableFiles() {}

  /** All formats; CSV last, since any bytes could be it. */
  private static List<TableFormat> formats() {
    List<TableFormat> all = new ArrayList<>();
    ServiceLoader.load(TableFormat.class).forEach(all::add);
    all.add(new Npy());
    all.add(new CsvFiles());
    return all;
  }

  /** Reads a file, inferring all kinds. */
  public static Table read(Path path) {
    return read(path, Reading.STANDARD);
  }

  /**
   * Reads a file.
   *
   * @throws InvalidDataException if it cannot be read, is damaged, or breaks the schema; the
   *     message names the file and the place
   */
  public static Table read(Path path, Reading how) {
    if (Files.isDirectory(path)) {
      throw new InvalidDataException("cannot read '" + path + "': it is a folder");
    }
    try {
      if (Files.isRegularFile(path)) {
        return read(path.toString(), path, how);
      }
      try (InputStream in = Files.newInputStream(path)) {
        return read(path.toString(), in, how);
      }
    } catch (IOException e) {
      throw Csv.unreadable(path, e);
    }
  }

  /**
   * Reads a table from a stream that can be read once, through a temporary file.
   *
   * @param name stands for the file in errors
   * @throws InvalidDataException as for a file
   * @throws IOException if the stream fails
   */
  public static Table read(String name, InputStream in, Reading how) throws IOException {
    Path copy = Files.createTempFile("espalier-", ".in");
    try {
      try (OutputStream out = Files.newOutputStream(copy)) {
        in.transferTo(out);
      }
      return read(name, copy, how);
    } finally {
      Files.delete(copy);
    }
  }

  private static Table read(String name, Path path, Reading how) throws IOException {
    byte[] head = head(path, Compression.NONE);
    Compression packing = Compression.of(head);
    try {
      TableFormat format = format(name, packing == Compression.NONE ? head : head(path, packing));
      if (packing == Compression.NONE) {
        return read(format.open(name, path, how.csv()), how);
      }
      if (format instanceof CsvFiles) {
        CsvSource.Bytes bytes = () -> packing.unpacked(Files.newInputStream(path));
        return read(new CsvSource(name, bytes, how.csv()), how);
      }
      return unpacked(name, path, packing, format, how);
    } catch (EOFException | ZipException | com.github.luben.zstd.ZstdIOException e) {
      throw new InvalidDataException(
          name + " is damaged: need whole data packed as " + packing.word() + ", got " + e, e);
    }
  }

  private static Table unpacked(
      String name, Path path, Compression packing, TableFormat format, Reading how)
      throws IOException {
    Path copy = Files.createTempFile("espalier-", "." + format.name());
    try {
      try (InputStream in = packing.unpacked(Files.newInputStream(path));
          OutputStream out = Files.newOutputStream(copy)) {
        in.transferTo(out);
      }
      return read(format.open(name, copy, how.csv()), how);
    } finally {
      Files.delete(copy);
    }
  }

  /**
   * Reads the rows of a source, as if they were those of a file.
   *
   * @throws InvalidDataException if the rows make no table or break the schema
   * @throws IOException if the source fails
   */
  public static Table read(RowSource source, Reading how) throws IOException {
    return TableReader.read(source, how);
  }

  private static byte[] head(Path path, Compression packing) throws IOException {
    try (InputStream in =
        packing.unpacked(new BufferedInputStream(Files.newInputStream(path), 1 << 13))) {
      return in.readNBytes(HEAD);
    }
  }

  private static TableFormat format(String name, byte[] head) {
    List<TableFormat> formats = formats();
    for (TableFormat format : formats) {
      if (format.begins(head)) {
        return format;
      }
    }
    throw new InvalidDataException("need a table in '" + name + "', got unknown bytes");
  }

  /**
   * The layout of a file to be written, as the ending of its name says.
   *
   * @throws InvalidDataException if the ending names a format whose module is not there
   */
  public static Layout layout(Path target, CsvFormat csv) {
    String file = target.getFileName() == null ? "" : target.getFileName().toString();
    Compression packing = Compression.named(file);
    String plain = packing.without(file).toLowerCase(Locale.ROOT);
    String format =
        formats().stream()
            .map(TableFormat::name)
            .filter(name -> plain.endsWith("." + name))
            .findFirst()
            .orElse(CsvFiles.NAME);
    if (plain.endsWith(".parquet") && format.equals(CsvFiles.NAME)) {
      throw absent("parquet");
    }
    return new Layout(format, packing, csv);
  }

  /**
   * Whether a file that is there is a CSV file, packed or not, as its first bytes say.
   *
   * @throws InvalidDataException if it cannot be read
   */
  public static boolean isCsv(Path path) {
    try {
      Compression packing = Compression.of(head(path, Compression.NONE));
      return format(path.toString(), head(path, packing)) instanceof CsvFiles;
    } catch (IOException e) {
      throw Csv.unreadable(path, e);
    }
  }

  /** All bytes of a file, unpacked. */
  static byte[] unpacked(Path path) throws IOException {
    Compression packing = Compression.of(head(path, Compression.NONE));
    try (InputStream in = packing.unpacked(Files.newInputStream(path))) {
      return in.readAllBytes();
    }
  }

  private static InvalidDataException absent(String format) {
    return new InvalidDataException(
        "need the module for "
            + format
            + " files, espalier-format-"
            + format
            + ", on the path, got the formats "
            + formats().stream().map(TableFormat::name).sorted().toList()
            + "; add it, or choose another ending");
  }

  /**
   * Starts a table file of a layout, without its packing.
   *
   * @param rows how many rows will be written
   * @throws InvalidDataException if there is no such format
   * @throws IOException if the stream fails
   */
  public static TableOutput output(OutputStream out, Layout layout, long rows) throws IOException {
    for (TableFormat format : formats()) {
      if (format.name().equals(layout.format())) {
        return format.output(out, rows, layout.csv());
      }
    }
    throw absent(layout.format());
  }

  /**
   * Writes a file whole or not at all, of the format that its ending says.
   *
   * @throws InvalidDataException if it cannot be written, with one line that says why
   */
  public static void write(Table table, Path target) {
    Layout layout = layout(target, CsvFormat.STANDARD);
    OutputFile.write(
        target,
        out -> {
          try (OutputStream packed = layout.compression().packed(out)) {
            TableOutput output = output(packed, layout, table.count());
            output.append(table);
            output.finish();
          }
        });
  }
}
