package dev.espalier.examples;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.stratified.Stratified;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Column;
import dev.espalier.tables.Completion;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Fill;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** What stood in the blank cells of a table of words and numbers? */
public final class FillTheBlanks {
  private FillTheBlanks() {}

  /**
   * Prints the rows with blanks, five ways to fill one of them, and how they were filled.
   *
   * @param arguments the file, if it is not {@code examples/data/penguins.csv}
   */
  public static void main(String... arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "examples/data/penguins.csv");
    // region fill
    Table penguins = Csv.read(file);
    Pipeline pipeline =
        Pipeline.builder().estimator(Stratified.by("species").around(Gmm.components(1))).build();
    TableModel model = TableModel.fit(penguins, pipeline);
    Table blank = penguins.rows(withBlanks(penguins));
    Completion filled = model.complete(blank, Fill.of(5, 7), Tasks.here(), Progress.silent());
    // endregion
    System.out.println(blank.count() + " rows have blanks, " + blanks(blank) + " in all; such as");
    System.out.println(Csv.print(blank.rows(0, 1)));
    System.out.println("five times filled, " + String.join(" and ", filled.answers().keySet()));
    System.out.println(Csv.print(filled.rows().rows(0, 5)));
    System.out.printf(Locale.ROOT, "%d blanks are left%n", blanks(filled.rows()));
  }

  private static int[] withBlanks(Table table) {
    return IntStream.range(0, table.count())
        .filter(i -> table.columns().stream().anyMatch(column -> column.missing(i)))
        .toArray();
  }

  private static int blanks(Table table) {
    return table.columns().stream().mapToInt(Column::missing).sum();
  }
}
