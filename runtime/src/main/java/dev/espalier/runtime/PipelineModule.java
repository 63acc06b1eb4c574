package dev.espalier.runtime;

import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.OptionalBinder;
import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.lang.annotation.Annotation;

/**
 * Composes one {@link Pipeline}; everything else that its parts bind stays inside.
 *
 * <p>The parts bind {@link ScoreEstimator}. They replace the default sampler, {@code direct()} of
 * the catalogue, and the default seed, 0, by {@code OptionalBinder.newOptionalBinder(binder(),
 * Sampler.class).setBinding()} and the same for {@code @Seed Long}. What {@link EspalierModule}
 * binds, such as {@link Expressions}, and what the application binds can be injected into the
 * parts. Several of these modules with different names go into one injector.
 */
public final class PipelineModule extends PrivateModule {

  private final Key<Pipeline> key;
  private final Module parts;

  private PipelineModule(Key<Pipeline> key, Module parts) {
    this.key = key;
    this.parts = parts;
  }

  /** The only pipeline of an application, bound without an annotation. */
  public static PipelineModule of(Module parts) {
    return new PipelineModule(Key.get(Pipeline.class), parts);
  }

  /** One of several pipelines, bound with the annotation, such as {@code Names.named("coarse")}. */
  public static PipelineModule named(Annotation name, Module parts) {
    return new PipelineModule(Key.get(Pipeline.class, name), parts);
  }

  @Override
  protected void configure() {
    EspalierModule.beStrict(binder());
    OptionalBinder.newOptionalBinder(binder(), Sampler.class)
        .setDefault()
        .toProvider(DefaultSampler.class);
    OptionalBinder.newOptionalBinder(binder(), Key.get(Long.class, Seed.class))
        .setDefault()
        .toInstance(0L);
    install(parts);
    if (key.getAnnotation() != null) {
      bind(key).to(Pipeline.class);
    }
    expose(key);
  }

  @Provides
  @Singleton
  static Pipeline pipeline(
      ScoreEstimator estimator, Sampler sampler, @Seed Long seed, Catalogue catalogue) {
    return new Pipeline(new Pipeline.Parts(estimator, sampler, seed), catalogue);
  }

  /** Reads the default sampler in the names of the catalogue. */
  static final class DefaultSampler implements Provider<Sampler> {
    private final Expressions expressions;

    @Inject
    DefaultSampler(Expressions expressions) {
      this.expressions = expressions;
    }

    @Override
    public Sampler get() {
      return expressions.parse(Sampler.class, Pipeline.DEFAULT_SAMPLER);
    }
  }
}
