package dev.espalier.examples;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Stage;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Names;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.runtime.EspalierModule;
import dev.espalier.runtime.Pipeline;
import dev.espalier.runtime.PipelineModule;
import dev.espalier.samplers.Samplers;

/** How does a host application hold several pipelines in one injector? */
public final class WiringWithGuice {
  private WiringWithGuice() {}

  /** Prints two pipelines of one injector and a row of each. */
  public static void main(String... arguments) {
    // region modules
    Injector injector =
        Guice.createInjector(
            Stage.PRODUCTION,
            new EspalierModule(),
            PipelineModule.named(
                Names.named("plain"),
                parts -> parts.bind(ScoreEstimator.class).toInstance(new Gaussian())),
            PipelineModule.named(
                Names.named("fine"),
                parts -> {
                  parts.bind(ScoreEstimator.class).toInstance(Gmm.components(2));
                  OptionalBinder.newOptionalBinder(parts, Sampler.class)
                      .setBinding()
                      .toInstance(Samplers.heun(16));
                }));
    // endregion
    Samples rows = Samples.of(1, new double[] {-2.1, -1.9, -2, 1.8, 2, 2.2, 1.9, -1.8});
    for (String name : new String[] {"plain", "fine"}) {
      Pipeline pipeline = injector.getInstance(Key.get(Pipeline.class, Names.named(name)));
      System.out.println(name + ": " + pipeline);
      System.out.println("  row 0: " + pipeline.fit(rows).draw(1).get(0, 0));
    }
  }
}
