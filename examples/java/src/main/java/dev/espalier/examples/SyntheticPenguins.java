package dev.espalier.examples;

import dev.espalier.api.Size;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.stratified.Stratified;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Column;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How do I get rows like those of a CSV file, of the same types? */
public final class SyntheticPenguins {
  private SyntheticPenguins() {}

  /**
   * Prints five drawn penguins, three drawn Gentoos, and mean body masses beside the real ones.
   *
   * @param arguments the file, if it is not {@code examples/data/penguins.csv}
   */
  public static void main(String... arguments) {
    Path file = Path.of(arguments.length > 0 ? arguments[0] : "examples/data/penguins.csv");
    // region fit
    Table penguins = Csv.read(file);
    Pipeline pipeline =
        Pipeline.builder()
            .estimator(Stratified.by("species").around(Gmm.components(Size.between(1, 3))))
            .seed(7)
            .build();
    TableModel model = TableModel.fit(penguins, pipeline);
    Table drawn = model.draw(2_000);
    System.out.println(Csv.print(drawn.rows(0, 5)));
    System.out.println(Csv.print(model.given("species", "Gentoo").draw(3)));
    // endregion
    System.out.println("species      real g   drawn g");
    List<String> species = penguins.column("species").field().categories();
    for (String each : species) {
      System.out.printf(
          Locale.ROOT, "%-10s %8.0f %9.0f%n", each, mass(penguins, each), mass(drawn, each));
    }
  }

  /** The mean body mass of a species, in grams. */
  private static double mass(Table table, String species) {
    Column kinds = table.column("species");
    Column masses = table.column("body_mass_g");
    double sum = 0;
    int count = 0;
    for (int i = 0; i < table.count(); i++) {
      if (species.equals(kinds.text(i)) && !masses.missing(i)) {
        sum += masses.number(i);
        count++;
      }
    }
    return sum / count;
  }
}
