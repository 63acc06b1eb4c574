package dev.espalier.examples;

import dev.espalier.api.Graph;
import dev.espalier.api.Observation;
import dev.espalier.api.Samples;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Csv;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What is a satellite's field where no sensor stands, and how sure can one be? */
public final class EnsembleOfAField {
  private static final List<Integer> SENSORS = List.of(9, 14, 27, 36, 49, 54);
  private static final int MEMBERS = 200;

  private EnsembleOfAField() {}

  /**
   * Prints how far ensembles given six of 64 cells are from fields that were not fitted.
   *
   * @param arguments the file, if it is not {@code examples/data/landsat7_nir_patches_8x8.csv}
   */
  public static void main(String... arguments) {
    String data = "examples/data/landsat7_nir_patches_8x8.csv";
    Samples fields = Csv.read(Path.of(arguments.length > 0 ? arguments[0] : data)).samples();
    int known = fields.count() - 30;
    // region ensemble
    Pipeline pipeline = Pipeline.builder().estimator(MarkovField.on(Graph.grid(8, 8))).build();
    Fitted model = pipeline.fit(fields.rows(0, known));
    // endregion
    Samples climate = model.draw(MEMBERS);
    double without = 0;
    double with = 0;
    double spread = 0;
    for (int i = known; i < fields.count(); i++) {
      double[] truth = fields.row(i);
      // region sensors
      Map<Integer, Double> seen = new TreeMap<>();
      SENSORS.forEach(cell -> seen.put(cell, truth[cell]));
      Samples ensemble = model.given(Observation.columns(seen)).draw(MEMBERS);
      // endregion
      without += error(climate, truth) / 30;
      with += error(ensemble, truth) / 30;
      spread += spread(ensemble) / 30;
    }
    System.out.printf(Locale.ROOT, "error of the mean field    %6.2f%n", without);
    System.out.printf(Locale.ROOT, "error given six sensors    %6.2f%n", with);
    System.out.printf(Locale.ROOT, "spread of these ensembles  %6.2f%n", spread);
  }

  /** The root of the mean squared error of an ensemble's mean. */
  private static double error(Samples ensemble, double[] truth) {
    double sum = 0;
    for (int j = 0; j < truth.length; j++) {
      double gap = mean(ensemble.column(j)) - truth[j];
      sum += gap * gap / truth.length;
    }
    return Math.sqrt(sum);
  }

  /** The root of the mean variance of an ensemble's cells. */
  private static double spread(Samples ensemble) {
    double sum = 0;
    for (int j = 0; j < ensemble.columns(); j++) {
      double[] cell = ensemble.column(j);
      double mean = mean(cell);
      for (double value : cell) {
        sum += (value - mean) * (value - mean) / (cell.length - 1) / ensemble.columns();
      }
    }
    return Math.sqrt(sum);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
