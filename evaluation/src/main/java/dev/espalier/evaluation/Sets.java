package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.io.Serializable;

/**
 * The three sets of rows that an evaluation is about, in the same columns and units.
 *
 * @param train what the model was fitted to
 * @param test real rows that it has not seen
 * @param drawn rows drawn from the model
 */
public record Sets(Samples train, Samples test, Samples drawn) implements Serializable {

  /** Fails unless all have at least 5 rows, the same columns and no missing cell. */
  public Sets {
    Rows.requirePair(train, test, 5);
    Rows.requirePair(train, drawn, 5);
  }

  /** The training rows in place of the drawn ones. */
  public Sets oracle() {
    return new Sets(train, test, train);
  }
}
