package dev.espalier.api;

import java.util.List;

/**
 * A jar's contribution: the providers it adds.
 *
 * <p>Found through {@code META-INF/services/dev.espalier.api.Plugin} and a {@code provides} clause,
 * so it has a public constructor without arguments, no state and no work to do. Being found makes
 * its providers available by name and changes nothing until a pipeline names one.
 */
@FunctionalInterface
public interface Plugin {

  /** The providers, in any order. */
  List<Provider<?>> providers();
}
