package dev.espalier.estimators.tribuo;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class ForestContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return Small.regression(RandomForest.standard().withTrees(2)).withLevels(2).withCopies(1);
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.MISSING);
  }
}
