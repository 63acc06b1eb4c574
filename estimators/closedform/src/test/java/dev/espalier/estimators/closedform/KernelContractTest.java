package dev.espalier.estimators.closedform;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class KernelContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return new Kernel();
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.WEIGHTS);
  }
}
