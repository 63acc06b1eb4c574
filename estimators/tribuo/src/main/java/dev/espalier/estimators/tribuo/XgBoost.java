package dev.espalier.estimators.tribuo;

import dev.espalier.api.Setting;
import org.tribuo.Trainer;
import org.tribuo.common.xgboost.XGBoostTrainer;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.xgboost.XGBoostRegressionTrainer;

/**
 * Gradient boosted trees by XGBoost (Chen and Guestrin, 2016), whose native library the jar brings
 * for Linux, macOS and Windows on x86-64.
 *
 * <p>Every model is trained in one thread, so that its bits depend on nothing but its rows. The
 * standard settings are those of ForestDiffusion (Jolicoeur-Martineau et al., arXiv 2309.09968).
 *
 * @param trees the number of trees for one output
 * @param depth the greatest depth of a tree
 * @param rate how much of a tree's answer counts, in (0, 1]
 * @param lambda the L2 penalty on the answers of leaves
 * @param subsample the share of rows that a tree sees, in (0, 1]
 * @param method how splits are found
 */
public record XgBoost(
    @Setting(value = "100", help = "trees for one output, at least 1") int trees,
    @Setting(value = "7", help = "greatest depth of a tree, 1 to 30") int depth,
    @Setting(value = "0.3", help = "how much of a tree's answer counts, in (0, 1]") double rate,
    @Setting(value = "0", help = "L2 penalty on the answers of leaves; >= 0") double lambda,
    @Setting(value = "1", help = "share of rows that a tree sees, in (0, 1]") double subsample,
    @Setting(value = "hist", help = "how splits are found: hist (256 bins) or exact") Method method)
    implements RegressionTrainer {

  /** How splits are found. */
  public enum Method {
    /** Between the bins of a histogram. */
    HIST,
    /** Between any two values. */
    EXACT
  }

  /** 100 trees of depth 7. */
  public static XgBoost standard() {
    return new XgBoost(100, 7, 0.3, 0, 1, Method.HIST);
  }

  /** Checks the ranges. */
  public XgBoost {
    Checks.boosting(trees, depth, rate);
    if (!(subsample > 0 && subsample <= 1)) {
      throw new IllegalArgumentException("need subsample in (0, 1], got " + subsample);
    }
    if (!(lambda >= 0 && lambda < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite lambda >= 0, got " + lambda);
    }
  }

  /** These trees in another number. */
  public XgBoost withTrees(int trees) {
    return new XgBoost(trees, depth, rate, lambda, subsample, method);
  }

  /** These trees of another greatest depth. */
  public XgBoost withDepth(int depth) {
    return new XgBoost(trees, depth, rate, lambda, subsample, method);
  }

  /** These trees with another share of each tree's answer. */
  public XgBoost withRate(double rate) {
    return new XgBoost(trees, depth, rate, lambda, subsample, method);
  }

  /** These trees with another penalty. */
  public XgBoost withLambda(double lambda) {
    return new XgBoost(trees, depth, rate, lambda, subsample, method);
  }

  @Override
  public Trainer<Regressor> trainer(long seed) {
    return new XGBoostRegressionTrainer(
        XGBoostTrainer.BoosterType.GBTREE,
        method == Method.HIST ? XGBoostTrainer.TreeMethod.HIST : XGBoostTrainer.TreeMethod.EXACT,
        XGBoostRegressionTrainer.RegressionType.LINEAR,
        trees,
        rate,
        0,
        depth,
        1,
        subsample,
        1,
        lambda,
        0,
        1,
        XGBoostTrainer.LoggingVerbosity.SILENT,
        // XGBoost's seed is of 32 bits.
        seed & Integer.MAX_VALUE);
  }

  @Override
  public Gaps gaps() {
    return Gaps.ABSENT;
  }

  @Override
  public boolean separable() {
    return true;
  }

  @Override
  public double seconds(double rows, int features, int outputs) {
    double feature =
        method == Method.HIST
            // Every node looks at all bins, however few rows it has.
            ? 1.5e-9 * depth * rows + 2.3e-6 * Math.min(1L << depth, rows)
            : 2.2e-8 * depth * rows;
    return feature * features * outputs * trees;
  }
}
