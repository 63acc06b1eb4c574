package dev.espalier.cli;

import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Recipe;
import dev.espalier.tables.Completion;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Makes a drawn file again, byte for byte. */
@Command(
    name = "regenerate",
    description = {
      "Make a drawn file again from its recipe and model, byte for byte.",
      "An edited recipe or another model is refused, and nothing is written then."
    })
final class RegenerateCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private BlockOptions blocks;

  @Parameters(paramLabel = "FILE", description = "The drawn file; its recipe stands beside it.")
  private Path file;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write; over FILE unless given.")
  private @Nullable Path out;

  @Override
  public Integer call() {
    Expressions expressions = new Expressions(common.catalogue());
    Path recipeFile = Recipe.beside(file);
    Recipe recipe = Recipe.read(recipeFile);
    Path modelFile = recipe.modelPath(recipeFile);
    Path target = out == null ? file : out;
    Outputs.check(List.of(recipeFile, modelFile), List.of(target));
    recipe.checkModel(Digest.of(modelFile));
    TableModel model = TableModel.load(modelFile, expressions.catalogue());
    try (Meter meter = common.meter()) {
      if (Completing.is(recipe)) {
        Outputs.check(List.of(Completing.source(recipe, recipeFile)), List.of(target));
        Completing completing = Completing.of(recipe, recipeFile, model, expressions);
        Table table = completing.read();
        Completion completion = completing.complete(table, common.tasks(), meter);
        completing.write(target, table, completion, recipe::checkOutput);
        return told(recipe, target);
      }
      Drawing.of(recipe, model, expressions)
          .write(
              target, new Drawing.Work(blocks.block(), common.tasks(), meter), recipe::checkOutput);
    }
    return told(recipe, target);
  }

  private int told(Recipe recipe, Path target) {
    ObjectNode json = CommonOptions.JSON.createObjectNode();
    json.put("out", target.toString()).put("rows", recipe.rows());
    json.put("digest", recipe.output().text());
    common.print(
        "Wrote " + target + " (" + recipe.rows() + " rows), the bytes that were drawn.", json);
    return 0;
  }
}
