package dev.espalier.samplers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Setting;
import dev.espalier.testkit.PluginContract;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SamplersPluginTest extends PluginContract {
  private static final Map<String, Object> STANDARD =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("ou", Ou.standard()),
              Map.entry("vplinear", VpLinear.standard()),
              Map.entry("vpcosine", VpCosine.standard()),
              Map.entry("ve", Ve.standard()),
              Map.entry("edm", Edm.standard()),
              Map.entry("flow", new Flow()),
              Map.entry("uniform", UniformTime.standard()),
              Map.entry("logsnr", UniformLogSnr.standard()),
              Map.entry("karras", Karras.standard()),
              Map.entry("focus", Focus.standard()),
              Map.entry("lossadaptive", LossAdaptive.standard()),
              Map.entry("licaiwei", LiCaiWei.standard()),
              Map.entry("liyan", LiYan.standard()),
              Map.entry("ddpm", Samplers.ddpm(64)),
              Map.entry("ancestral", Samplers.ancestral(64)),
              Map.entry("posterior", Samplers.posterior(64)),
              Map.entry("ddim", Samplers.ddim(64, 0)),
              Map.entry("euler", Samplers.euler(64)),
              Map.entry("heun", Samplers.heun(64)),
              Map.entry("dpm", Samplers.dpm(64)),
              Map.entry("unipc", Samplers.uniPc(64)),
              Map.entry("dpmsde", Samplers.dpmSde(64)),
              Map.entry("dpm2", Samplers.dpm2(64)),
              Map.entry("lms", Samplers.lms(64, 3)),
              Map.entry("midpoint", Samplers.midpoint(64)),
              Map.entry("edmheun", Samplers.edmHeun(64, 4)),
              Map.entry("pc", Samplers.pc(64)),
              Map.entry("langevin", Samplers.langevin(64)),
              Map.entry("adaptive", Samplers.adaptive(1e-5)),
              Map.entry("cosine", Cosine.standard()),
              Map.entry("matching", new Matching()),
              Map.entry("pigdm", new Isotropic()),
              Map.entry("dps", new Dps(Dps.STRENGTH)),
              Map.entry("replacement", new Replacement()),
              Map.entry("repaint", new Repaint(Repaint.TIMES)),
              Map.entry("classifierfree", new ClassifierFree(ClassifierFree.WEIGHT)),
              Map.entry("direct", Samplers.direct())));

  @Override
  protected Plugin plugin() {
    return new SamplersPlugin();
  }

  @Override
  protected List<? extends Record> settings() {
    return providers().stream()
        .map(each -> each.settingsOf(STANDARD.get(each.name())).orElseThrow())
        .distinct()
        .toList();
  }

  private static List<Provider<?>> providers() {
    return new SamplersPlugin().providers();
  }

  @Test
  void everyProviderHasAFactoryWithTheSameDefaults() throws ReflectiveOperationException {
    assertEquals(
        List.copyOf(STANDARD.keySet()), providers().stream().map(Provider::name).sorted().toList());
    for (Provider<?> provider : providers()) {
      Record settings = provider.settingsOf(STANDARD.get(provider.name())).orElseThrow();
      for (RecordComponent component : provider.settings().getRecordComponents()) {
        Setting setting = component.getAnnotation(Setting.class);
        assertEquals(
            setting.value(),
            text(component.getAccessor().invoke(settings), setting.value()),
            provider.name() + "(" + component.getName() + ")");
        assertTrue(setting.help().length() > 5);
      }
    }
  }

  /** A value as a default would be written; a nested thing by name if it is in its own defaults. */
  private static String text(Object value, String like) {
    if (value instanceof Enum<?> word) {
      return word.name().toLowerCase(Locale.ROOT);
    }
    if (value instanceof Double number && number == Math.rint(number) && !like.contains(".")) {
      return Long.toString(Math.round(number));
    }
    if (value.equals(Samplers.uniPc(32))) {
      return "unipc(steps=32)";
    }
    return STANDARD.entrySet().stream()
        .filter(each -> each.getValue().equals(value))
        .map(each -> each.getKey() + "()")
        .findFirst()
        .orElse(value.toString());
  }

  @Test
  void everyThingHasOneProvider() {
    for (Object made : STANDARD.values()) {
      assertEquals(
          1, providers().stream().filter(each -> each.settingsOf(made).isPresent()).count());
    }
  }
}
