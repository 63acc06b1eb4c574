package dev.espalier.formats.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.jspecify.annotations.Nullable;

/**
 * Pages of which no dictionary tells more words than it has bytes, and whose values tell no more of
 * themselves than the page has: the library takes memory for as many as are told.
 */
record CheckedPages(PageReadStore pages) implements PageReadStore {

  @Override
  public PageReader getPageReader(ColumnDescriptor column) {
    return new Checked(pages.getPageReader(column), column.getMaxDefinitionLevel());
  }

  @Override
  public long getRowCount() {
    return pages.getRowCount();
  }

  private record Checked(PageReader pages, int definitionLevel) implements PageReader {

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
      DataPage page = pages.readPage();
      if (page != null) {
        page.accept(new Counts(definitionLevel));
      }
      return page;
    }
  }
}
