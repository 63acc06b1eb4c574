package dev.espalier.estimators.network;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

final class NetworkTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return Network.hidden(8, 8).steps(60).batch(32);
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.WEIGHTS, Claim.MISSING);
  }
}
