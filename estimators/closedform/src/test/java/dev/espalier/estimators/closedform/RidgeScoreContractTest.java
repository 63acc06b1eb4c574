package dev.espalier.estimators.closedform;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Plugin;
import dev.espalier.api.Score;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.ScoreContract;
import java.util.Arrays;
import java.util.List;

class RidgeScoreContractTest extends ScoreContract {

  @Override
  protected List<Plugin> plugins() {
    return List.of(new ClosedFormPlugin());
  }

  @Override
  protected List<? extends Score> scores() {
    FitRequest request = FitRequest.of(Law.threeInThePlane().rows(100, 4));
    return Arrays.stream(RidgeRegression.Features.values())
        .map(kind -> RidgeRegression.on(kind).withCount(10).withLevels(5).fit(request))
        .toList();
  }
}
