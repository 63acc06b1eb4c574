package dev.espalier.formats.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/**
 * Pages of which no dictionary tells more words than it has bytes: the library takes memory for as
 * many as are told.
 */
record CheckedPages(PageReadStore pages) implements PageReadStore {

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return new Checked(pages.getPageReader(column));
  }

  @Override
  public long getRowCount() {
    return pages.getRowCount();
  }

  private record Checked(PageReader pages) implements PageReader {

    @Override
    public @Nullable DictionaryPage readDictionaryPage() {
      DictionaryPage dictionary = pages.readDictionaryPage();
      if (dictionary != null && dictionary.getDictionarySize() > dictionary.getBytes().size()) {
        throw new IllegalArgumentException(
            "a dictionary of "
                + dictionary.getDictionarySize()
                + " words in "
                + dictionary.getBytes().size()
                + " bytes");
      }
      return dictionary;
    }

    @Override
    public long getTotalValueCount() {
      return pages.getTotalValueCount();
    }

    @Override
    public @Nullable DataPage readPage() {
      return pages.readPage();
    }
  }
}
