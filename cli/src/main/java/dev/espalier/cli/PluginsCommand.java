package dev.espalier.cli;

import dev.espalier.api.Provider;
import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.SettingKey;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists what expressions can name, or explains one name. */
@Command(name = "plugins", description = "List what expressions can name, or explain one name.")
final class PluginsCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "The name to explain.")
  private @Nullable String name;

  @Override
  public Integer call() {
    Catalogue catalogue = common.catalogue();
    if (name == null) {
      list(catalogue);
    } else {
      explain(catalogue, catalogue.require(name));
    }
    return 0;
  }

  private void list(Catalogue catalogue) {
    TextTable text = new TextTable(List.of("name", "makes", "what it is"));
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    ArrayNode providers = json.putArray("providers");
    for (Provider<?> provider : catalogue.providers()) {
      String role = provider.role().getSimpleName();
      text.row(List.of(provider.name(), role, provider.summary()));
      ObjectNode entry = providers.addObject();
      entry.put("name", provider.name()).put("role", role).put("summary", provider.summary());
      entry.put("location", catalogue.origin(provider.name()).location());
    }
    common.print(text.toString(), json);
  }

  private void explain(Catalogue catalogue, Provider<?> provider) {
    String role = provider.role().getSimpleName();
    TextTable text = new TextTable(List.of("key", "default", "what to write", "what it does"));
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("name", provider.name()).put("role", role).put("summary", provider.summary());
    json.put("origin", catalogue.origin(provider.name()).toString());
    ArrayNode keys = json.putArray("keys");
    for (SettingKey key : catalogue.keys(provider.name())) {
      text.row(List.of(key.name(), key.initial().orElse("(required)"), key.kind(), key.help()));
      ObjectNode entry = keys.addObject().put("name", key.name());
      key.initial().ifPresent(initial -> entry.put("default", initial));
      entry.put("kind", key.kind()).put("help", key.help());
    }
    common.print(
        provider.name()
            + " makes a "
            + role
            + ": "
            + provider.summary()
            + "\nfrom "
            + catalogue.origin(provider.name())
            + "\n\n"
            + (keys.isEmpty() ? "It takes no keys." : text),
        json);
  }
}
