package dev.espalier.estimators.tribuo;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.evaluation.Learner;
import java.util.List;

/**
 * Adds the estimator {@code tribuo}, its trainers {@code xgboost}, {@code cart}, {@code forest},
 * {@code sgd} and {@code olcut}, and {@code boosted}, {@code tree} and {@code randomforest}, which
 * tell rows apart.
 */
public final class TribuoPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            ScoreEstimator.class,
            TribuoScore.PROVIDER,
            TribuoRegression.class,
            "one regression by a Tribuo trainer a noise level, boosted trees above all",
            TribuoScore::read),
        trainer("xgboost", XgBoost.class, "gradient boosted trees by XGBoost"),
        trainer("cart", Cart.class, "one regression tree"),
        trainer("forest", RandomForest.class, "a random forest of regression trees"),
        trainer("sgd", LinearSgd.class, "a linear model by stochastic gradient descent"),
        trainer("olcut", Olcut.class, "a trainer of an OLCUT configuration file"),
        learner("boosted", BoostedLearner.class, "boosted trees that tell rows apart"),
        learner("tree", TreeLearner.class, "one tree that tells rows apart"),
        learner("randomforest", ForestLearner.class, "a random forest that tells rows apart"));
  }

  private static Provider<Learner> learner(
      String name, Class<? extends Learner> type, String summary) {
    return Provider.of(Learner.class, name, type, summary);
  }

  private static Provider<RegressionTrainer> trainer(
      String name, Class<? extends RegressionTrainer> type, String summary) {
    return Provider.of(RegressionTrainer.class, name, type, summary);
  }
}
