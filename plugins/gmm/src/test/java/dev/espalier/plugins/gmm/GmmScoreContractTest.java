package dev.espalier.plugins.gmm;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Plugin;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.ClosedFormPlugin;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.ScoreContract;
import java.util.Arrays;
import java.util.List;

class GmmScoreContractTest extends ScoreContract {

  @Override
  protected List<Plugin> plugins() {
    return List.of(new ClosedFormPlugin());
  }

  @Override
  protected List<? extends Score> scores() {
    FitRequest request = FitRequest.of(Law.threeInThePlane().rows(200, 4));
    return Arrays.stream(CovarianceKind.values())
        .map(kind -> Gmm.components(2).withCovariance(kind).fit(request))
        .toList();
  }
}
