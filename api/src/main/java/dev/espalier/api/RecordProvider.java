package dev.espalier.api;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A provider of records that are their own settings. */
record RecordProvider<T>(
    Class<T> role,
    String name,
    Class<? extends T> type,
    String summary,
    @Nullable Function<Reader, Score> reader)
    implements Provider<T> {

  RecordProvider {
    if (!type.isRecord()) {
      throw new IllegalArgumentException("need a record type for '" + name + "', got " + type);
    }
  }

  @Override
  public Class<? extends Record> settings() {
    return type.asSubclass(Record.class);
  }

  @Override
  public T create(Record settings) {
    return type.cast(settings);
  }

  @Override
  public Optional<Record> settingsOf(Object made) {
    return type.isInstance(made) ? Optional.of((Record) made) : Optional.empty();
  }

  @Override
  public Score read(Reader from) {
    return reader == null ? Provider.super.read(from) : reader.apply(from);
  }
}
