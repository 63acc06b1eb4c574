package dev.espalier.runtime;

import com.google.inject.AbstractModule;
import com.google.inject.Binder;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.multibindings.OptionalBinder;
import dev.espalier.api.Plugin;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Binds what pipelines of one application share: {@link Catalogue}, {@link Expressions}, {@link
 * Tasks} and {@link Progress}.
 *
 * <p>Install it once, beside a {@link PipelineModule} for every pipeline. An application adds
 * plugins that no jar announces, such as those whose constructors want its own services, by {@code
 * Multibinder.newSetBinder(binder(), Plugin.class).addBinding()}, and replaces a default by {@code
 * OptionalBinder.newOptionalBinder(binder(), Tasks.class).setBinding()}: all processors for {@link
 * Tasks}, silence for {@link Progress}. A broken plugin or a name that two plugins claim keeps the
 * injector from being created.
 *
 * <p>The injector becomes a strict one: bindings are explicit, injected constructors annotated,
 * binding annotations exact, and there are no circular proxies. On Java 24 and later start the JVM
 * with {@code -Dguice_custom_class_loading=CHILD}, which keeps Guice from printing a warning.
 */
public final class EspalierModule extends AbstractModule {

  private final @Nullable Catalogue found;

  /** Over the plugins that the context class loader sees when the injector is created. */
  public EspalierModule() {
    this.found = null;
  }

  /** Over the plugins of a catalogue. */
  public EspalierModule(Catalogue found) {
    this.found = found;
  }

  @Override
  protected void configure() {
    beStrict(binder());
    Multibinder.newSetBinder(binder(), Plugin.class);
    OptionalBinder.newOptionalBinder(binder(), Tasks.class)
        .setDefault()
        .toInstance(Fitted.everywhere());
    OptionalBinder.newOptionalBinder(binder(), Progress.class)
        .setDefault()
        .toInstance(Progress.silent());
  }

  static void beStrict(Binder binder) {
    binder.requireExplicitBindings();
    binder.requireAtInjectOnConstructors();
    binder.requireExactBindingAnnotations();
    binder.disableCircularProxies();
  }

  @Provides
  @Singleton
  Catalogue catalogue(Set<Plugin> more) {
    Catalogue base = found == null ? Catalogue.discover() : found;
    return base.with(more);
  }

  @Provides
  @Singleton
  static Expressions expressions(Catalogue catalogue) {
    return new Expressions(catalogue);
  }
}
