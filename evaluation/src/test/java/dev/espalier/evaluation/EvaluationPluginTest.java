package dev.espalier.evaluation;

import dev.espalier.api.Plugin;
import dev.espalier.testkit.PluginContract;
import java.util.List;

class EvaluationPluginTest extends PluginContract {
  @Override
  protected Plugin plugin() {
    return new EvaluationPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(Logistic.standard(), Mlp.standard());
  }
}
