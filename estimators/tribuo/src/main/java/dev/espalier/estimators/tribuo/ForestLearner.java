package dev.espalier.estimators.tribuo;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import dev.espalier.evaluation.Learner;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.dtree.impurity.GiniIndex;
import org.tribuo.classification.ensemble.VotingCombiner;
import org.tribuo.common.tree.RandomForestTrainer;
import org.tribuo.ensemble.BaggingTrainer;

/**
 * A random forest of classification trees that tells the rows of two sets apart by vote.
 *
 * @param trees the number of trees
 * @param depth the greatest depth of a tree
 * @param leaf the fewest rows of a leaf
 * @param share the share of the columns that a split may choose from, in (0, 1)
 */
public record ForestLearner(
    @Setting(value = "50", help = "number of trees, at least 2") int trees,
    @Setting(value = "12", help = "greatest depth of a tree, at least 1") int depth,
    @Setting(value = "2", help = "fewest rows of a leaf; > 0") double leaf,
    @Setting(value = "0.5", help = "share of the columns that a split sees, in (0, 1)")
        double share)
    implements Learner {

  private static final Talkative TALKATIVE = Talkative.of(BaggingTrainer.class);

  /** 50 trees of depth 12. */
  public static ForestLearner standard() {
    return new ForestLearner(50, 12, 2, 0.5);
  }

  /** Checks the ranges. */
  public ForestLearner {
    Checks.forest(trees, share);
    Checks.tree(depth, leaf);
  }

  @Override
  public Classifier fit(Samples zero, Samples one, long seed, Progress progress) {
    TALKATIVE.hush();
    CARTClassificationTrainer tree =
        new CARTClassificationTrainer(
            depth, (float) leaf, 0, (float) share, false, new GiniIndex(), seed);
    RandomForestTrainer<Label> trainer =
        new RandomForestTrainer<>(tree, new VotingCombiner(), trees, seed);
    return Told.learn(trainer, zero, one, progress);
  }
}
