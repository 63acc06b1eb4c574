package dev.espalier.estimators.closedform;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class RidgeContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return RidgeRegression.on(RidgeRegression.Features.RBF).withCount(8).withLevels(6);
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.WEIGHTS);
  }
}
