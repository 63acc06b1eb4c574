package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Setting;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What every plugin must satisfy: found on the class path and on the module path, without state,
 * with providers that explain themselves.
 */
public abstract class PluginContract {

  private static final String SERVICES = "META-INF/services/" + Plugin.class.getName();

  /** The plugin to check. */
  protected abstract Plugin plugin();

  /** Settings to make things from, at least one instance of the settings of every provider. */
  protected abstract List<? extends Record> settings();

  private Class<? extends Plugin> type() {
    return plugin().getClass();
  }

  /** Where the class was loaded from: the address of its folder or jar, up to its package. */
  private static String root(Class<?> type) {
    String path = "/" + type.getName().replace('.', '/') + ".class";
    URL file = type.getResource(path);
    assertNotNull(file, () -> "need the class file of " + type);
    return file.toString().substring(0, file.toString().length() - path.length() + 1);
  }

  private InputStream open(String file) throws IOException {
    return URI.create(root(type()) + file).toURL().openStream();
  }

  /** The services file beside the class names it, once. */
  @Test
  public final void servicesFileNamesThePlugin() throws IOException {
    assertEquals(1, services().stream().filter(type().getName()::equals).count(), SERVICES);
  }

  /** The module descriptor beside the class provides exactly what the services file names. */
  @Test
  public final void descriptorAgreesWithTheServicesFile() throws IOException {
    ModuleDescriptor descriptor = descriptor();
    Set<String> provided = new HashSet<>();
    descriptor.provides().stream()
        .filter(each -> each.service().equals(Plugin.class.getName()))
        .forEach(each -> provided.addAll(each.providers()));
    assertEquals(new HashSet<>(services()), provided, "need both to name the same plugins");
  }

  private ModuleDescriptor descriptor() throws IOException {
    try (InputStream in = open("module-info.class")) {
      return ModuleDescriptor.read(in);
    }
  }

  private List<String> services() throws IOException {
    try (InputStream in = open(SERVICES)) {
      List<String> names = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        String name = line.replaceFirst("#.*", "").trim();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
      return names;
    }
  }

  /** The class is public and final, has a public constructor without arguments and no fields. */
  @Test
  public final void pluginHasNoState() throws NoSuchMethodException {
    int modifiers = type().getModifiers();
    assertTrue(
        Modifier.isPublic(modifiers) && Modifier.isFinal(modifiers), "need a public final class");
    assertTrue(
        Modifier.isPublic(type().getDeclaredConstructor().getModifiers()),
        "need a public constructor without arguments");
    for (Field field : type().getDeclaredFields()) {
      assertTrue(field.isSynthetic(), () -> "need no fields, got " + field);
    }
  }

  /** Names are words and distinct, summaries one line, roles interfaces. */
  @Test
  public final void providersExplainThemselves() {
    Set<String> names = new HashSet<>();
    assertFalse(plugin().providers().isEmpty(), "need a provider");
    for (Provider<?> provider : plugin().providers()) {
      assertTrue(
          provider.name().matches("[a-z][a-z0-9]*"),
          () -> "need a name like 'gmm', got '" + provider.name() + "'");
      assertTrue(names.add(provider.name()), () -> "need one '" + provider.name() + "'");
      requireLine("summary of " + provider.name(), provider.summary());
      assertTrue(provider.role().isInterface(), () -> "need an interface as role of " + provider);
    }
  }

  private static void requireLine(String what, String text) {
    assertTrue(
        !text.isBlank() && text.equals(text.strip()) && text.length() <= 120,
        () -> "need 1 to 120 characters as " + what + ", got '" + text + "'");
    assertFalse(text.contains("\n"), () -> "need one line as " + what + ", got '" + text + "'");
  }

  /** Settings are public records in an exported package; every component has its help. */
  @Test
  public final void settingsExplainThemselves() throws IOException {
    ModuleDescriptor descriptor = descriptor();
    for (Provider<?> provider : plugin().providers()) {
      Class<? extends Record> settings = provider.settings();
      assertTrue(settings.isRecord(), () -> "need a record, got " + settings);
      assertTrue(
          Modifier.isPublic(settings.getModifiers()),
          () -> "need a public record, got " + settings);
      if (root(settings).equals(root(type()))) {
        assertTrue(
            descriptor.exports().stream()
                .anyMatch(e -> e.source().equals(settings.getPackageName()) && !e.isQualified()),
            () -> "need an exported package for " + settings);
      }
      RecordComponent[] components = settings.getRecordComponents();
      for (int i = 0; i < components.length; i++) {
        RecordComponent component = components[i];
        Setting setting = component.getAnnotation(Setting.class);
        if (setting == null) { // in Kotlin, the parameter has it
          setting = canonical(settings).getParameters()[i].getAnnotation(Setting.class);
        }
        assertNotNull(setting, () -> "need @Setting on " + settings + "." + component.getName());
        requireLine("help of " + settings.getName() + "." + component.getName(), setting.help());
        assertFalse(component.getType().isArray(), () -> "need no array in " + settings);
      }
    }
  }

  private static Constructor<?> canonical(Class<? extends Record> settings) {
    Class<?>[] types =
        Arrays.stream(settings.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return settings.getConstructor(types);
    } catch (NoSuchMethodException e) {
      throw new AssertionError("need a public canonical constructor in " + settings, e);
    }
  }

  /** What a provider makes has its role, is a value, and prints as the settings it came from. */
  @Test
  public final void madeThingsKnowTheirSettings() {
    for (Provider<?> provider : plugin().providers()) {
      List<? extends Record> fitting =
          settings().stream().filter(provider.settings()::isInstance).toList();
      assertFalse(fitting.isEmpty(), () -> "need settings of the provider " + provider.name());
      for (Record settings : fitting) {
        Object made = provider.create(settings);
        assertTrue(provider.role().isInstance(made), () -> "need the role of " + provider.name());
        assertEquals(made, provider.create(settings), "need equal things from equal settings");
        assertEquals(Optional.of(settings), provider.settingsOf(made), "settings of what was made");
        assertEquals(made, Copies.of(made), "need something that travels");
      }
      assertEquals(
          Optional.empty(), provider.settingsOf(new Foreign()), "settings of something foreign");
    }
  }

  /** Something that no provider made. */
  private record Foreign() {}

  /** Another instance has the same providers in the same order. */
  @Test
  public final void instancesAreAlike() throws ReflectiveOperationException {
    Plugin other = type().getDeclaredConstructor().newInstance();
    assertEquals(
        plugin().providers().stream().map(Provider::name).toList(),
        other.providers().stream().map(Provider::name).toList());
  }
}
