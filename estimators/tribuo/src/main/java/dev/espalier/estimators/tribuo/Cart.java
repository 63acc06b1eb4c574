package dev.espalier.estimators.tribuo;

import dev.espalier.api.Setting;
import org.tribuo.Trainer;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.rtree.CARTJointRegressionTrainer;
import org.tribuo.regression.rtree.CARTRegressionTrainer;
import org.tribuo.regression.rtree.impurity.MeanSquaredError;

/**
 * One regression tree (Breiman, Friedman, Olshen and Stone, 1984).
 *
 * @param depth the greatest depth
 * @param leaf the least weight of a leaf, where the average row weighs 1
 * @param shared whether all outputs share one tree
 */
public record Cart(
    @Setting(value = "10", help = "greatest depth of the tree, at least 1") int depth,
    @Setting(value = "5", help = "least weight of a leaf, the average row weighing 1; > 0")
        double leaf,
    @Setting(value = "true", help = "whether all outputs share one tree") boolean shared)
    implements RegressionTrainer {

  /** One shared tree of depth 10. */
  public static Cart standard() {
    return new Cart(10, 5, true);
  }

  /** Checks the ranges. */
  public Cart {
    Checks.tree(depth, leaf);
  }

  /** This tree of another greatest depth. */
  public Cart withDepth(int depth) {
    return new Cart(depth, leaf, shared);
  }

  @Override
  public Trainer<Regressor> trainer(long seed) {
    MeanSquaredError impurity = new MeanSquaredError();
    return shared
        ? new CARTJointRegressionTrainer(depth, (float) leaf, 0, 1, false, impurity, false, seed)
        : new CARTRegressionTrainer(depth, (float) leaf, 0, 1, false, impurity, seed);
  }

  @Override
  public Gaps gaps() {
    return Gaps.FLAGGED;
  }

  @Override
  public double seconds(double rows, int features, int outputs) {
    return 1e-7 * depth * (shared ? 1 : outputs) * rows * features;
  }
}
