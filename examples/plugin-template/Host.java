import dev.espalier.api.Samples;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;

/** A host application: it fits a table by whatever estimator it is told, and knows no plugin. */
public final class Host {
  private Host() {}

  /** Prints the correlation of each column with its neighbour around the ring, real and drawn. */
  public static void main(String... arguments) {
    Table table = Csv.read(Path.of(arguments[0]));
    Pipeline pipeline = Pipeline.parse("pipeline(" + arguments[1] + ")", Catalogue.discover());
    TableModel model = TableModel.fit(table, pipeline);
    System.out.println(pipeline);
    System.out.printf("of the rows  %.2f%n", besideEachOther(model.encoder().encode(table, 0)));
    System.out.printf("drawn        %.2f%n", besideEachOther(model.fitted().draw(10_000)));
  }

  private static double besideEachOther(Samples rows) {
    double mean = 0;
    for (double value : rows.toArray()) {
      mean += value / rows.count() / rows.columns();
    }
    double variance = 0;
    double covariance = 0;
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < rows.columns(); j++) {
        double here = rows.get(i, j) - mean;
        variance += here * here;
        covariance += here * (rows.get(i, (j + 1) % rows.columns()) - mean);
      }
    }
    return covariance / variance;
  }
}
