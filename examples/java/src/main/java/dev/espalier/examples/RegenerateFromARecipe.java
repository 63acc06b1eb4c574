package dev.espalier.examples;

import dev.espalier.api.DrawRequest.Rows;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Tasks;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.runtime.Recipe;
import dev.espalier.samplers.Samplers;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;

/** How do I make the same rows again a year later, from what lies beside them? */
public final class RegenerateFromARecipe {
  private RegenerateFromARecipe() {}

  /**
   * Draws rows, forgets everything but the files, and makes the same bytes again.
   *
   * @param arguments the file, if it is not {@code examples/data/penguins.csv}
   */
  public static void main(String... arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "examples/data/penguins.csv");
    try {
      Path folder = Files.createTempDirectory("recipe");
      draw(file, folder);
      Path rows = folder.resolve("rows.csv");
      byte[] before = Files.readAllBytes(rows);
      Files.delete(rows);
      regenerate(rows);
      byte[] after = Files.readAllBytes(rows);
      System.out.println("rows 500 to 519 again, the same bytes: " + Arrays.equals(before, after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void draw(Path data, Path folder) {
    Pipeline pipeline = Pipeline.builder().estimator(Gmm.components(2)).seed(7).build();
    TableModel model = TableModel.fit(Csv.read(data), pipeline);
    // region draw
    Path rows = folder.resolve("rows.csv");
    Digest kept = model.save(folder.resolve("model.esp"));
    Sampler sampler = Samplers.heun(16);
    Table drawn =
        model
            .with(model.fitted().with(sampler))
            .draw(Rows.range(500, 20), 99, Tasks.here(), Progress.silent());
    Csv.write(drawn, rows);
    String expression = new Expressions(Catalogue.discover()).print(sampler);
    new Recipe("model.esp", kept, expression, 99, 500, 20, "csv", new TreeMap<>(), Digest.of(rows))
        .write(Recipe.beside(rows));
    // endregion
    System.out.println("drawn by " + expression.replaceFirst("\\(.*", "") + ", seed 99");
    System.out.printf(Locale.ROOT, "fitted to %d rows%n", model.fitted().provenance().rows());
  }

  private static void regenerate(Path rows) {
    // region again
    Recipe recipe = Recipe.read(Recipe.beside(rows));
    Catalogue catalogue = Catalogue.discover();
    TableModel model = TableModel.load(recipe.modelPath(Recipe.beside(rows)), catalogue);
    Sampler sampler = new Expressions(catalogue).parse(Sampler.class, recipe.sampler());
    Rows range = Rows.range(recipe.first(), (int) recipe.rows());
    Table again =
        model
            .with(model.fitted().with(sampler))
            .draw(range, recipe.seed(), Tasks.here(), Progress.silent());
    Csv.write(again, rows);
    recipe.checkOutput(Digest.of(rows));
    // endregion
  }
}
