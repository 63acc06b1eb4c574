package dev.espalier.cli;

import dev.espalier.evaluation.TextTable;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Provenance;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Shows what is in a model file. */
@Command(name = "inspect", description = "Show what is in a model file.")
final class InspectCommand implements Callable<Integer> {

  private static final int WORDS = 4;

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "MODEL", description = "A model file (.esp).")
  private Path file;

  /** How cells are written, in short: a pattern, or the first few words. */
  private static String written(Field field) {
    if (!field.kind().isCategory()) {
      return field.pattern();
    }
    List<String> words = field.categories();
    String few =
        String.join(
            field.kind() == Kind.ORDERED ? " < " : ", ",
            words.subList(0, Math.min(WORDS, words.size())));
    return few + (words.size() > WORDS ? ", … (" + words.size() + ")" : "");
  }

  @Override
  public Integer call() {
    ModelFile opened = ModelFile.read(file, common.catalogue());
    TableModel model = TableModel.of("'" + file + "'", opened);
    Provenance provenance = opened.fitted().provenance();
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("expression", provenance.expression()).put("digest", opened.digest().text());
    json.set("provenance", CommonOptions.JSON.valueToTree(provenance));
    json.set("notes", CommonOptions.JSON.valueToTree(model.notes()));
    json.set("tensors", CommonOptions.JSON.valueToTree(opened.shapes()));
    String arrangement = model.arrangement().description();
    json.put("arrangement", arrangement);
    TextTable columns = new TextTable(List.of("column", "kind", "written"));
    var entries = json.putArray("columns");
    for (Field field : model.encoder().fields()) {
      columns.row(List.of(field.name(), field.kind().word(), written(field)));
      ObjectNode entry = entries.addObject();
      entry.put("name", field.name()).put("kind", field.kind().word());
      entry.put("pattern", field.pattern());
      entry.set("categories", CommonOptions.JSON.valueToTree(field.categories()));
    }
    TextTable tensors = new TextTable(List.of("tensor", "shape"));
    opened.shapes().forEach((name, shape) -> tensors.row(List.of(name, shape.toString())));
    common.print(
        provenance.expression()
            + "\n\nfitted to "
            + provenance.rows()
            + " rows of "
            + provenance.columns()
            + " encoded columns, data "
            + provenance.data()
            + "\nby espalier "
            + provenance.version()
            + "; model "
            + opened.digest()
            + "\n\n"
            + columns
            + "\n"
            + (arrangement.isEmpty() ? "" : arrangement + "\n\n")
            + model.notes().stream()
                .map(note -> "note: " + note + "\n")
                .collect(Collectors.joining())
            + "\n"
            + tensors,
        json);
    return 0;
  }
}
