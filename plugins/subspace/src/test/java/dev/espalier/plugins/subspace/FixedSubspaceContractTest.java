package dev.espalier.plugins.subspace;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class FixedSubspaceContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return Subspace.rank(1).around(new Gaussian());
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.WEIGHTS);
  }
}
