package dev.espalier.plugins.gmm;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class GmmContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return Gmm.components(3);
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.allOf(Claim.class);
  }
}
