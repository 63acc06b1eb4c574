package dev.espalier.formats.parquet;

import dev.espalier.api.InvalidDataException;
import dev.espalier.tables.RowSource;
import dev.espalier.tables.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The rows of one Parquet file. */
final class ParquetSource implements RowSource {

  /** The key of what the cells do not tell, as a schema file. */
  static final String SCHEMA = "espalier.schema";

  private final String name;
  private final Path path;

  ParquetSource(String name, Path path) {
    this.name = name;
    this.path = path;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String place(long position) {
    return name + ", row " + position;
  }

  private ParquetFileReader open() throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withCodecFactory(new Codecs())
            .usePageChecksumVerification()
            .build();
    return damaged(
        () -> {
          Headers.checkFooter(path);
          return ParquetFileReader.open(new LocalInputFile(path), options);
        });
  }

  @Override
  public Schema said() throws IOException {
    try (ParquetFileReader reader = open()) {
      String json = reader.getFileMetaData().getKeyValueMetaData().get(SCHEMA);
      return json == null ? Schema.none() : Schema.parse(name + ", its schema", json);
    }
  }

  @Override
  public void scan(Visitor visitor) throws IOException {
    try (ParquetFileReader reader = open()) {
      MessageType schema = reader.getFileMetaData().getSchema();
      Cells cells = cells(schema);
      check(reader.getRowGroups());
      damaged(() -> headersChecked(reader.getRowGroups()));
      visitor.header(
          schema.getFields().stream().map(field -> field.getName().strip()).toList(),
          cells.columns.stream().map(CellReader::hint).toList(),
          0);
      long row = 0;
      for (int group = 0; group < reader.getRowGroups().size(); group++) {
        PageReadStore pages = new CheckedPages(damaged(reader::readNextRowGroup));
        RecordReader<List<String>> records =
            damaged(() -> new ColumnIOFactory().getColumnIO(schema).getRecordReader(pages, cells));
        for (long i = 0; i < pages.getRowCount(); i++) {
          List<String> record = damaged(records::read);
          visitor.row(record, ++row);
        }
      }
    }
  }

  private Cells cells(MessageType schema) {
    List<CellReader> columns = new ArrayList<>();
    for (Type field : schema.getFields()) {
      if (!field.isPrimitive() || field.isRepetition(Type.Repetition.REPEATED)) {
        throw new InvalidDataException(
            name + ": need one value a cell, got the nested column '" + field.getName() + "'");
      }
      columns.add(CellReader.of(name, field.asPrimitiveType()));
    }
    return new Cells(columns);
  }

  /**
   * Row groups must lie within the file and beside each other, or a damaged length would be taken
   * for memory.
   */
  private void check(List<BlockMetaData> groups) throws IOException {
    long length = Files.size(path);
    long left = length;
    for (BlockMetaData group : groups) {
      for (ColumnChunkMetaData chunk : group.getColumns()) {
        long start = chunk.getStartingPos();
        long size = chunk.getTotalSize();
        if (start < 0 || size < 0 || start > length - size || group.getRowCount() < 0) {
          throw broken("a column reaches beyond the end of the file", null);
        }
        left -= size;
        if (left < 0) {
          throw broken("columns that lie in the same place", null);
        }
      }
    }
  }

  /** How many columns of row groups have pages whose headers tell no more than there is: all. */
  private int headersChecked(List<BlockMetaData> groups) throws IOException {
    int count = 0;
    try (FileChannel file = FileChannel.open(path)) {
      for (BlockMetaData group : groups) {
        for (ColumnChunkMetaData chunk : group.getColumns()) {
          Headers.checkPages(file, chunk.getStartingPos(), chunk.getValueCount());
          count++;
        }
      }
    }
    return count;
  }

  /** Work of the library on bytes that may be anything. */
  private interface Work<T> {
    T run() throws IOException;
  }

  /** Parquet's own exceptions are of many unchecked types: here all mean a damaged file. */
  private <T> T damaged(Work<T> work) throws IOException {
    try {
      return work.run();
    } catch (InvalidDataException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      throw broken(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      if (e instanceof java.nio.file.FileSystemException) {
        throw e;
      }
      throw broken(String.valueOf(e.getMessage()), e);
    }
  }

  private InvalidDataException broken(String why, @org.jspecify.annotations.Nullable Throwable e) {
    return new InvalidDataException(
        name + " is damaged: need a whole Parquet file, got " + why.replaceAll("\\s+", " "), e);
  }

  /** Puts the cells of a record together. */
  private static final class Cells extends RecordMaterializer<List<String>> {
    private final List<CellReader> columns;
    private final GroupConverter root =
        new GroupConverter() {
          @Override
          public Converter getConverter(int field) {
            return columns.get(field);
          }

          @Override
          public void start() {
            columns.forEach(CellReader::clear);
          }

          @Override
          public void end() {
            // the record is read by getCurrentRecord
          }
        };

    Cells(List<CellReader> columns) {
      this.columns = columns;
    }

    @Override
    public List<String> getCurrentRecord() {
      String[] cells = new String[columns.size()];
      for (int j = 0; j < cells.length; j++) {
        cells[j] = columns.get(j).text();
      }
      return Arrays.asList(cells);
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
