package dev.espalier.evaluation;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import java.util.List;

/** Makes the learners of this module available by name, beside those of other plugins. */
public final class EvaluationPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Learner.class,
            "logistic",
            Logistic.class,
            "logistic regression with a ridge; tells rows apart by their means"),
        Provider.of(
            Learner.class, "mlp", Mlp.class, "a small neural network that tells rows apart"));
  }
}
