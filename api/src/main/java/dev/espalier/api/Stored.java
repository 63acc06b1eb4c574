package dev.espalier.api;

/** A fitted score that can be kept in a model file. */
public interface Stored {

  /** The name of the {@link Provider} that reads it back. */
  String provider();

  /** Writes everything that {@link Provider#read} needs. */
  void write(Writer out);
}
