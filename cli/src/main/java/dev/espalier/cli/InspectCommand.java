package dev.espalier.cli;

import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Provenance;
import dev.espalier.tables.Field;
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

  @Mixin private CommonOptions common;

  @Parameters(paramLabel = "MODEL", description = "A model file (.esp).")
  private Path file;

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
    TextTable columns = new TextTable(List.of("column", "kind"));
    var entries = json.putArray("columns");
    for (Field field : model.encoder().fields()) {
      columns.row(List.of(field.name(), field.kind().word()));
      entries.addObject().put("name", field.name()).put("kind", field.kind().word());
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
            + model.notes().stream()
                .map(note -> "note: " + note + "\n")
                .collect(Collectors.joining())
            + "\n"
            + tensors,
        json);
    return 0;
  }
}
