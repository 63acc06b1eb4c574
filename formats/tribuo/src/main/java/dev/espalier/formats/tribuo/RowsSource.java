package dev.espalier.formats.tribuo;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
import org.tribuo.DataSource;
import org.tribuo.Example;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.provenance.DataSourceProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** Examples with where they come from. */
record RowsSource<T extends Output<T>>(
    List<Example<T>> examples, OutputFactory<T> factory, String origin) implements DataSource<T> {

  /** Rows have no time of their own: equal rows have equal provenance. */
  private static final OffsetDateTime NEVER =
      OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  @Override
  public Iterator<Example<T>> iterator() {
    return examples.iterator();
  }

  @Override
  public OutputFactory<T> getOutputFactory() {
    return factory;
  }

  @Override
  public DataSourceProvenance getProvenance() {
    return new SimpleDataSourceProvenance(origin, NEVER, factory);
  }
}
