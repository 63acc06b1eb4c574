package dev.espalier.estimators.tribuo;

import dev.espalier.api.Setting;
import org.tribuo.Trainer;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.ensemble.AveragingCombiner;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * A random forest (Breiman, 2001): the average of trees on resampled rows, each of which has all
 * outputs.
 *
 * @param trees the number of trees
 * @param depth the greatest depth of a tree
 * @param leaf the least weight of a leaf, where the average row weighs 1
 * @param share the share of the features that a split may choose from, in (0, 1)
 */
public record RandomForest(
    @Setting(value = "50", help = "number of trees, at least 2") int trees,
    @Setting(value = "12", help = "greatest depth of a tree, at least 1") int depth,
    @Setting(value = "5", help = "least weight of a leaf, the average row weighing 1; > 0")
        double leaf,
    @Setting(value = "0.5", help = "share of the features that a split sees, in (0, 1)")
        double share)
    implements RegressionTrainer {

  private static final Talkative TALKATIVE = Talkative.of(BaggingTrainer.class);

  /** 50 trees of depth 12. */
  public static RandomForest standard() {
    return new RandomForest(50, 12, 5, 0.5);
  }

  /** Checks the ranges. */
  public RandomForest {
    Checks.tree(depth, leaf);
    Checks.forest(trees, share);
  }

  /** This forest with another number of trees. */
  public RandomForest withTrees(int trees) {
    return new RandomForest(trees, depth, leaf, share);
  }

  @Override
  public Trainer<Regressor> trainer(long seed) {
    TALKATIVE.hush();
    return new RandomForestTrainer<>(
        new CARTJointRegressionTrainer(
            depth, (float) leaf, 0, (float) share, false, new MeanSquaredError(), false, seed),
        new AveragingCombiner(),
        trees,
        seed);
  }

  @Override
  public Gaps gaps() {
    return Gaps.FLAGGED;
  }

  @Override
  public double seconds(double rows, int features, int outputs) {
    return 1e-7 * trees * depth * share * rows * features;
  }
}
