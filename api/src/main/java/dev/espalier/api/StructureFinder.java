package dev.espalier.api;

import java.io.Serializable;

/**
 * Looks for one kind of structure in rows, of every size, and says what it saw.
 *
 * <p>What the project puts into a catalogue is a record whose components are its settings, as for a
 * {@link Structure}. Equal requests give equal evidence.
 */
@FunctionalInterface
public interface StructureFinder extends Serializable {

  /**
   * Fits candidates of growing size to a part of the rows and holds them against the rest.
   *
   * @throws InvalidDataException if this kind of structure cannot be looked for in these rows, such
   *     as missing cells where there is no answer to them
   * @throws CancelledException if the request's progress was cancelled
   */
  Evidence find(FitRequest request);

  /** What {@link #find} is expected to take, told before it starts. */
  default Cost cost(FitRequest request) {
    return Cost.NEGLIGIBLE;
  }
}
