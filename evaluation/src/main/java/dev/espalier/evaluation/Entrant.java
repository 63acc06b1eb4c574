package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.io.Serializable;

/**
 * Rows of one model, to be compared with others.
 *
 * @param name of the model
 * @param drawn its rows
 * @param cells the same rows as cells
 */
public record Entrant(String name, Samples drawn, Cells cells) implements Serializable {

  /** Rows whose cells are their numbers. */
  public static Entrant of(String name, Samples drawn) {
    return new Entrant(name, drawn, Cells.of(drawn));
  }
}
