package dev.espalier.estimators.closedform;

import dev.espalier.api.Graph;
import dev.espalier.api.Plugin;
import dev.espalier.testkit.PluginContract;
import java.util.List;

class ClosedFormPluginTest extends PluginContract {

  @Override
  protected Plugin plugin() {
    return new ClosedFormPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return List.of(
        new Gaussian(),
        new Gaussian(Gaussian.Shrinkage.NONE),
        new Kernel(),
        Kernel.bandwidth(0.3),
        MarkovField.on(Graph.chain()),
        MarkovField.on(Graph.grid(2, 2)),
        RidgeRegression.on(RidgeRegression.Features.FOURIER),
        RidgeRegression.on(RidgeRegression.Features.LINEAR).withPenalty(new Penalty(0.5)),
        new Isotropic(),
        new NoneFinder());
  }
}
