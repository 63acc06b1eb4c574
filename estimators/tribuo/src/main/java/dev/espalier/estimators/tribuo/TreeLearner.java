package dev.espalier.estimators.tribuo;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import dev.espalier.evaluation.Learner;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;

/**
 * One classification tree that tells the rows of two sets apart.
 *
 * @param depth the greatest depth
 * @param leaf the fewest rows of a leaf
 */
public record TreeLearner(
    @Setting(value = "8", help = "greatest depth of the tree, at least 1") int depth,
    @Setting(value = "5", help = "fewest rows of a leaf; > 0") double leaf)
    implements Learner {

  /** A tree of depth 8. */
  public static TreeLearner standard() {
    return new TreeLearner(8, 5);
  }

  /** Checks the ranges. */
  public TreeLearner {
    Checks.tree(depth, leaf);
  }

  @Override
  public Classifier fit(Samples zero, Samples one, long seed, Progress progress) {
    CARTClassificationTrainer trainer =
        new CARTClassificationTrainer(depth, (float) leaf, 0, 1, false, new GiniIndex(), seed);
    return Told.learn(trainer, zero, one, progress);
  }
}
