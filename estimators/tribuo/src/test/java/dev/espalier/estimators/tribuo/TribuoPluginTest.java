package dev.espalier.estimators.tribuo;

import dev.espalier.api.Plugin;
import dev.espalier.testkit.PluginContract;
import java.util.List;

class TribuoPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new TribuoPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(
        Small.regression(),
        Small.regression().withJoint(true).withPrediction(Prediction.RESIDUAL),
        XgBoost.standard(),
        Cart.standard(),
        RandomForest.standard(),
        LinearSgd.standard(),
        new Olcut("trainers.xml", "cart"),
        BoostedLearner.standard(),
        TreeLearner.standard(),
        ForestLearner.standard());
  }
}
