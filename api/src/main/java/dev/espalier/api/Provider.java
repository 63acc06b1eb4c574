package dev.espalier.api;

import java.util.Optional;
import java.util.function.Function;

/**
 * One named thing that a pipeline can be made of: an estimator, structure, target, schedule, grid
 * or sampler.
 *
 * @param <T> the role: the interface of what is made
 */
public interface Provider<T> {

  /** The word that expressions use, {@code [a-z][a-z0-9]*}; unique among all plugins. */
  String name();

  /** One line: what it is. */
  String summary();

  /** The interface of what is made, such as {@code ScoreEstimator.class}. */
  Class<T> role();

  /**
   * The record whose components are the only legal keys, each with a {@link Setting}.
   *
   * <p>Components may be {@code int}, {@code long}, {@code double}, {@code boolean}, {@code
   * String}, an enum, {@link Size} or another type with {@code public static parse(String)} that
   * reads what its {@code toString} prints, a role of another provider, or a {@code List} of one of
   * these.
   */
  Class<? extends Record> settings();

  /** Makes the thing from an instance of {@link #settings()}. Cheap: no data has been seen. */
  T create(Record settings);

  /**
   * The settings that {@code made} was made from, so that it prints; empty if this provider did not
   * make it.
   */
  Optional<Record> settingsOf(Object made);

  /**
   * Restores a fitted score that {@link Stored#write} wrote under this name.
   *
   * @throws InvalidDataException if the parts are not there or do not fit together
   */
  default Score read(Reader reader) {
    throw new InvalidDataException("'" + name() + "' stores no fitted score");
  }

  /**
   * A provider whose settings record is the thing itself, the usual case.
   *
   * @throws IllegalArgumentException if {@code type} is not a record
   */
  static <T> Provider<T> of(Class<T> role, String name, Class<? extends T> type, String summary) {
    return new RecordProvider<>(role, name, type, summary, null);
  }

  /** A provider like {@link #of} whose fitted scores are restored by {@code reader}. */
  static <T> Provider<T> of(
      Class<T> role,
      String name,
      Class<? extends T> type,
      String summary,
      Function<Reader, Score> reader) {
    return new RecordProvider<>(role, name, type, summary, reader);
  }
}
