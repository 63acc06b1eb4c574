package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.ConfigurationException;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provides;
import com.google.inject.Stage;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import com.google.inject.name.Names;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Plugin;
import dev.espalier.api.Progress;
import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Fakes.Direct;
import dev.espalier.runtime.Fakes.Moments;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

public class GuiceTest {
  private static final Samples ROWS = Samples.of(2, new double[] {1, 2, 3, 5, 4, 4, 0, 1});

  private static Injector injector(Module... modules) {
    return Guice.createInjector(Stage.PRODUCTION, modules);
  }

  private static EspalierModule fakes() {
    return new EspalierModule(Fakes.catalogue());
  }

  private static void moments(Binder binder) {
    binder.bind(ScoreEstimator.class).toInstance(new Moments(1));
  }

  @Test
  void defaultsCompleteAPipeline() {
    Injector injector = injector(fakes(), PipelineModule.of(GuiceTest::moments));
    assertEquals(
        new Pipeline(new Moments(1), new Direct(64), 0), injector.getInstance(Pipeline.class));
    assertSame(injector.getInstance(Expressions.class), injector.getInstance(Expressions.class));
  }

  @Test
  void anApplicationReplacesDefaults() {
    Tasks own = Tasks.here();
    Progress loud = (stage, done) -> {};
    Injector injector =
        injector(
            fakes(),
            binder -> {
              OptionalBinder.newOptionalBinder(binder, Tasks.class).setBinding().toInstance(own);
              OptionalBinder.newOptionalBinder(binder, Progress.class)
                  .setBinding()
                  .toInstance(loud);
            },
            PipelineModule.of(
                parts -> {
                  moments(parts);
                  OptionalBinder.newOptionalBinder(parts, Sampler.class)
                      .setBinding()
                      .toInstance(new Direct(8));
                  OptionalBinder.newOptionalBinder(parts, Key.get(Long.class, Seed.class))
                      .setBinding()
                      .toInstance(7L);
                }));
    assertSame(own, injector.getInstance(Tasks.class));
    assertSame(loud, injector.getInstance(Progress.class));
    assertEquals(
        new Pipeline(new Moments(1), new Direct(8), 7), injector.getInstance(Pipeline.class));
  }

  @Test
  void severalPipelinesLiveInOneInjector() {
    Injector injector =
        injector(
            fakes(),
            PipelineModule.named(Names.named("fine"), GuiceTest::moments),
            PipelineModule.named(
                Names.named("coarse"),
                parts -> parts.bind(ScoreEstimator.class).toInstance(new Moments(9))));
    Pipeline fine = injector.getInstance(Key.get(Pipeline.class, Names.named("fine")));
    Pipeline coarse = injector.getInstance(Key.get(Pipeline.class, Names.named("coarse")));
    assertEquals(new Moments(1), fine.estimator());
    assertEquals(new Moments(9), coarse.estimator());
    assertNull(injector.getExistingBinding(Key.get(ScoreEstimator.class)));
  }

  @Test
  void thePipelineByGuicePrintsAndDrawsLikeTheOneByHandAndByExpression() {
    Pipeline injected =
        injector(fakes(), PipelineModule.of(GuiceTest::moments)).getInstance(Pipeline.class);
    Pipeline read = Pipeline.parse("pipeline(moments(1))", Fakes.catalogue());
    Pipeline built =
        Pipeline.builder().catalogue(Fakes.catalogue()).estimator(new Moments(1)).build();
    assertEquals(read.toString(), injected.toString());
    assertEquals(read.toString(), built.toString());
    assertEquals(read.fit(ROWS).draw(100), injected.fit(ROWS).draw(100));
    assertEquals(read.fit(ROWS).draw(100), built.fit(ROWS).draw(100));
  }

  @Test
  void aPluginWithHostServicesIsUsedByExpression() {
    Injector injector =
        injector(
            fakes(),
            binder -> {
              binder.bind(Host.class).toInstance(new Host(40));
              Multibinder.newSetBinder(binder, Plugin.class).addBinding().to(HostPlugin.class);
            },
            PipelineModule.of(new ByExpression("plain(3, inner=hosted(by=2))")));
    Pipeline pipeline = injector.getInstance(Pipeline.class);
    String text =
        "pipeline(estimator=plain(rank=3, inner=hosted(by=2)), sampler=direct(block=64), seed=0)";
    assertEquals(text, pipeline.toString());
    assertEquals(text, pipeline.expression());
    assertEquals(pipeline, injector.getInstance(Expressions.class).parse(Pipeline.class, text));
    Fitted fitted = pipeline.fit(ROWS);
    assertEquals(text, fitted.provenance().expression());
    assertTrue(
        fitted.provenance().plugins().stream()
            .anyMatch(line -> line.startsWith(HostPlugin.class.getName())));
    assertNotEquals(
        new Pipeline(new Moments(0), new Direct(64), 0).fit(ROWS).draw(5), fitted.draw(5));
  }

  @Test
  void aNameTakenTwiceKeepsTheInjectorFromBeingCreated() {
    CreationException failure =
        assertThrows(
            CreationException.class,
            () ->
                injector(
                    fakes(),
                    binder ->
                        Multibinder.newSetBinder(binder, Plugin.class)
                            .addBinding()
                            .toInstance(() -> new Fakes().providers())));
    assertTrue(failure.getMessage().contains("two providers are named 'moments'"));
  }

  @Test
  void aMissingEstimatorIsNamed() {
    CreationException failure =
        assertThrows(
            CreationException.class, () -> injector(fakes(), PipelineModule.of(parts -> {})));
    assertTrue(failure.getMessage().contains("ScoreEstimator"));
  }

  @Test
  void whatIsNotBoundIsNotInjected() {
    Injector injector = injector(fakes());
    assertThrows(ConfigurationException.class, () -> injector.getInstance(Unbound.class));
  }

  static final class Unbound {
    @Inject
    Unbound() {}
  }

  /** Reads its estimator in the names that the injector knows. */
  private static final class ByExpression extends AbstractModule {
    private final String text;

    ByExpression(String text) {
      this.text = text;
    }

    @Provides
    ScoreEstimator estimator(Expressions expressions) {
      return expressions.parse(ScoreEstimator.class, text);
    }
  }

  /** A service of the application. */
  record Host(int amount) {}

  /** What the plugin's users may set. */
  public record HostSettings(@Setting(value = "1", help = "a factor") int by) {}

  /** Adds what the service says to every deviation. */
  record Hosted(HostSettings settings, Host host) implements ScoreEstimator {
    private static final long serialVersionUID = 1;

    @Override
    public Score fit(FitRequest request) {
      return new Moments(settings.by() * host.amount()).fit(request);
    }
  }

  /** A plugin that no jar announces: its constructor wants a service. */
  static final class HostPlugin implements Plugin {
    private final Host host;

    @Inject
    HostPlugin(Host host) {
      this.host = host;
    }

    @Override
    public List<Provider<?>> providers() {
      return List.of(new HostedProvider(host));
    }
  }

  private record HostedProvider(Host host) implements Provider<ScoreEstimator> {
    @Override
    public String name() {
      return "hosted";
    }

    @Override
    public String summary() {
      return "Asks the application.";
    }

    @Override
    public Class<ScoreEstimator> role() {
      return ScoreEstimator.class;
    }

    @Override
    public Class<? extends Record> settings() {
      return HostSettings.class;
    }

    @Override
    public ScoreEstimator create(Record settings) {
      return new Hosted((HostSettings) settings, host);
    }

    @Override
    public Optional<Record> settingsOf(Object made) {
      return made instanceof Hosted hosted ? Optional.of(hosted.settings()) : Optional.empty();
    }
  }
}
