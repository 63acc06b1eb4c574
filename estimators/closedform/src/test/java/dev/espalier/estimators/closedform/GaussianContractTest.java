package dev.espalier.estimators.closedform;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class GaussianContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return new Gaussian();
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.WEIGHTS, Claim.MISSING);
  }
}
