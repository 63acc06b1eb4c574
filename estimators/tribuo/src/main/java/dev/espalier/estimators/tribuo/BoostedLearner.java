package dev.espalier.estimators.tribuo;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import dev.espalier.evaluation.Learner;
import org.tribuo.classification.xgboost.XGBoostClassificationTrainer;
import org.tribuo.common.xgboost.XGBoostTrainer;

/**
 * Boosted trees by XGBoost that tell the rows of two sets apart.
 *
 * @param trees the number of trees
 * @param depth the greatest depth of a tree
 * @param rate how much of a tree's answer counts, in (0, 1]
 */
public record BoostedLearner(
    @Setting(value = "100", help = "number of trees, at least 1") int trees,
    @Setting(value = "6", help = "greatest depth of a tree, 1 to 30") int depth,
    @Setting(value = "0.3", help = "how much of a tree's answer counts, in (0, 1]") double rate)
    implements Learner {

  /** 100 trees of depth 6. */
  public static BoostedLearner standard() {
    return new BoostedLearner(100, 6, 0.3);
  }

  /** Checks the ranges. */
  public BoostedLearner {
    Checks.boosting(trees, depth, rate);
  }

  @Override
  public Classifier fit(Samples zero, Samples one, long seed, Progress progress) {
    // XGBoost's seed is of 32 bits.
    long own = seed & Integer.MAX_VALUE;
    XGBoostClassificationTrainer trainer =
        new XGBoostClassificationTrainer(
            XGBoostTrainer.BoosterType.GBTREE,
            XGBoostTrainer.TreeMethod.HIST,
            trees,
            rate,
            0,
            depth,
            1,
            1,
            1,
            1,
            0,
            1,
            XGBoostTrainer.LoggingVerbosity.SILENT,
            own);
    return Told.learn(trainer, zero, one, progress);
  }
}
