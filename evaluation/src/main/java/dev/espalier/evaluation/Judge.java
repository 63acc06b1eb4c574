package dev.espalier.evaluation;

import java.io.Serializable;
import java.util.List;

/**
 * A learner under the name that its metrics bear, such as {@code mlp} in {@code C2ST mlp}.
 *
 * @param name one word, the name of the learner's provider where it has one
 * @param learner what learns
 */
public record Judge(String name, Learner learner) implements Serializable {

  /** Those of this module, with their usual settings. */
  public static List<Judge> own() {
    return List.of(new Judge("logistic", Logistic.standard()), new Judge("mlp", Mlp.standard()));
  }
}
