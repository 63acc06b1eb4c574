package dev.espalier.estimators.closedform;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.testkit.ScoreContract;
import java.util.List;
import java.util.random.RandomGenerator;

class KernelScoreContractTest extends ScoreContract {

  @Override
  protected List<? extends Score> scores() {
    RandomGenerator random = Laws.random("KernelScoreContractTest");
    FitRequest request = FitRequest.of(Samples.of(Laws.normals(40, 3, random)));
    return List.of(new Kernel().fit(request), Kernel.bandwidth(0.2).fit(request));
  }

  @Override
  protected List<Plugin> plugins() {
    return List.of(new ClosedFormPlugin());
  }
}
