package dev.espalier.plugins.subspace;

import dev.espalier.api.ScoreEstimator;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.testkit.EstimatorContract;
import java.util.EnumSet;
import java.util.Set;

class ChosenSubspaceContractTest extends EstimatorContract {

  @Override
  protected ScoreEstimator estimator() {
    return Subspace.chosen().around(new Gaussian());
  }

  @Override
  protected Set<Claim> claims() {
    return EnumSet.of(Claim.WEIGHTS);
  }
}
