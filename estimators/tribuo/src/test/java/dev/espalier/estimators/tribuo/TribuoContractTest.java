package dev.espalier.estimators.tribuo;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class TribuoContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return Small.regression();
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.WEIGHTS, Claim.MISSING);
  }
}
