package dev.espalier.examples;

import dev.espalier.plots.Axis;
import dev.espalier.plots.Cloud;
import dev.espalier.plots.Scatter;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.stratified.Stratified;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** How do I see drawn rows beside real ones? This is the picture of the project's first page. */
public final class PictureOfPenguins {
  private PictureOfPenguins() {}

  /**
   * Writes the picture.
   *
   * @param arguments the file of rows and that of the picture, if they are not {@code
   *     examples/data/penguins.csv} and {@code docs/pictures/penguins.svg}
   */
  public static void main(String... arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "examples/data/penguins.csv");
    Path picture = Path.of(arguments.length > 1 ? arguments[1] : "docs/pictures/penguins.svg");
    Table penguins = Csv.read(file);
    Pipeline pipeline =
        Pipeline.builder().estimator(Stratified.by("species").around(Gmm.components(1))).build();
    Table drawn = TableModel.fit(penguins, pipeline).draw(1_000);
    // region picture
    Scatter scatter =
        new Scatter(
            "Penguins, real and drawn",
            Axis.linear("bill length, mm"),
            Axis.linear("flipper length, mm"),
            List.of(cloud("drawn", drawn), cloud("real", penguins)));
    // endregion
    try {
      Files.writeString(picture, scatter.file());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.out.println(scatter.title() + ": " + penguins.count() + " and " + drawn.count());
  }

  private static Cloud cloud(String name, Table table) {
    int[] whole =
        IntStream.range(0, table.count())
            .filter(i -> !table.column("bill_length_mm").missing(i))
            .filter(i -> !table.column("flipper_length_mm").missing(i))
            .toArray();
    return Cloud.of(
        name, numbers(table, "bill_length_mm", whole), numbers(table, "flipper_length_mm", whole));
  }

  private static double[] numbers(Table table, String column, int[] rows) {
    return IntStream.of(rows).mapToDouble(i -> table.column(column).number(i)).toArray();
  }
}
