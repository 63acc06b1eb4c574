package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Plugin;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The contract accepts a sound plugin, compiled here, and rejects it with any one thing broken. */
class PluginContractTest {

  private static final String SERVICES = "META-INF/services/dev.espalier.api.Plugin";
  private static final String MODULE =
      """
      module sound {
        requires dev.espalier.api;
        exports sound;
        provides dev.espalier.api.Plugin with sound.SoundPlugin;
      }
      """;
  private static final String PLUGIN =
      """
      package sound;
      import dev.espalier.api.*;
      import java.util.List;
      public final class SoundPlugin implements Plugin {
        @Override public List<Provider<?>> providers() {
          return List.of(
              Provider.of(NoiseSchedule.class, "sound", Sound.class, "a schedule to test with"));
        }
      }
      """;
  private static final String RECORD =
      """
      package sound;
      import dev.espalier.api.*;
      public record Sound(@Setting(value = "1", help = "the greatest variance") double top)
          implements NoiseSchedule {
        @Override public NoiseLevel at(double t) { return new NoiseLevel(1, top * t); }
      }
      """;

  @TempDir Path folder;

  private PluginContract contract(String module, String plugin, String record, String services)
      throws ReflectiveOperationException, IOException {
    Path classes = Files.createTempDirectory(folder, "plugin");
    List<String> files = new ArrayList<>();
    for (String[] source :
        new String[][] {
          {"module-info.java", module}, {"SoundPlugin.java", plugin}, {"Sound.java", record}
        }) {
      Path file = classes.resolve(source[0]);
      Files.writeString(file, source[1]);
      files.add(file.toString());
    }
    Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(classes.resolve(SERVICES), services);
    String path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    boolean compiled =
        compiler
            .getTask(
                messages,
                null,
                null,
                List.of("--release", "17", "-p", path, "-d", classes.toString()),
                null,
                compiler
                    .getStandardFileManager(null, null, null)
                    .getJavaFileObjects(files.toArray(new String[0])))
            .call();
    assertTrue(compiled, messages::toString);
    ClassLoader loader = new URLClassLoader(new URL[] {classes.toUri().toURL()});
    Plugin made =
        (Plugin) loader.loadClass("sound.SoundPlugin").getDeclaredConstructor().newInstance();
    Record settings =
        (Record)
            loader.loadClass("sound.Sound").getDeclaredConstructor(double.class).newInstance(2.0);
    return new PluginContract() {
      @Override
      protected Plugin plugin() {
        return made;
      }

      @Override
      protected List<Record> settings() {
        return List.of(settings);
      }
    };
  }

  private static void rejects(Executable check) {
    assertThrows(AssertionError.class, check);
  }

  @Test
  void aSoundPluginIsAccepted() throws ReflectiveOperationException, IOException {
    PluginContract contract =
        contract(MODULE, PLUGIN, RECORD, "# the one\nsound.SoundPlugin # here\n");
    contract.servicesFileNamesThePlugin();
    contract.descriptorAgreesWithTheServicesFile();
    contract.pluginHasNoState();
    contract.providersExplainThemselves();
    contract.settingsExplainThemselves();
    contract.madeThingsKnowTheirSettings();
    contract.instancesAreAlike();
    assertEquals(1, contract.plugin().providers().size());
  }

  @Test
  void aServicesFileThatForgetsThePlugin() throws ReflectiveOperationException, IOException {
    PluginContract contract = contract(MODULE, PLUGIN, RECORD, "\n");
    rejects(contract::servicesFileNamesThePlugin);
    rejects(contract::descriptorAgreesWithTheServicesFile);
  }

  @Test
  void aDescriptorThatForgetsThePluginOrItsPackage()
      throws ReflectiveOperationException, IOException {
    String module = "module sound { requires dev.espalier.api; }";
    PluginContract contract = contract(module, PLUGIN, RECORD, "sound.SoundPlugin");
    rejects(contract::descriptorAgreesWithTheServicesFile);
    rejects(contract::settingsExplainThemselves);
  }

  @Test
  void aPluginWithAField() throws ReflectiveOperationException, IOException {
    String plugin = PLUGIN.replace("implements Plugin {", "implements Plugin { int calls;");
    rejects(contract(MODULE, plugin, RECORD, "sound.SoundPlugin")::pluginHasNoState);
  }

  @Test
  void aNameThatIsNoWordAndASummaryOfTwoLines() throws ReflectiveOperationException, IOException {
    String name = PLUGIN.replace("\"sound\"", "\"Sound-1\"");
    rejects(contract(MODULE, name, RECORD, "sound.SoundPlugin")::providersExplainThemselves);
    String summary = PLUGIN.replace("to test with", "to test\\nwith");
    rejects(contract(MODULE, summary, RECORD, "sound.SoundPlugin")::providersExplainThemselves);
  }

  @Test
  void aSettingWithoutHelp() throws ReflectiveOperationException, IOException {
    String silent = RECORD.replace("the greatest variance", "");
    rejects(contract(MODULE, PLUGIN, silent, "sound.SoundPlugin")::settingsExplainThemselves);
    String none = RECORD.replaceFirst("@Setting\\(.*?\\) double", "double");
    rejects(contract(MODULE, PLUGIN, none, "sound.SoundPlugin")::settingsExplainThemselves);
  }
}
