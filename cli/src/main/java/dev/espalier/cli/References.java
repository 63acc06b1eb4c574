package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import dev.espalier.report.TableReport;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.util.ArrayList;
import java.util.List;

/** Plain models beside which every other stands. */
final class References {

  private static final List<String> NAMES = List.of("gaussian", "gmm");

  private References() {}

  /** How references are fitted and drawn from. */
  record Setting(
      Expressions expressions,
      EncoderOptions encoding,
      long seed,
      Tasks tasks,
      Progress progress) {}

  /**
   * So many rows of each; one that cannot be fitted is left out.
   *
   * @param notes takes a sentence for each that is left out
   */
  static List<TableReport.Reference> draw(
      Table train, int rows, Setting setting, List<String> notes) {
    List<TableReport.Reference> references = new ArrayList<>();
    for (int k = 0; k < NAMES.size(); k++) {
      String name = NAMES.get(k);
      Progress share = setting.progress.part(k / 2.0, (k + 1) / 2.0);
      Pipeline pipeline =
          Pipeline.builder()
              .estimator(setting.expressions.parse(ScoreEstimator.class, name + "()"))
              .seed(setting.seed)
              .catalogue(setting.expressions.catalogue())
              .build();
      try {
        TableModel model = TableModel.fit(train, pipeline, setting.encoding, setting.tasks, share);
        Table drawn =
            model.draw(DrawRequest.Rows.range(0, rows), setting.seed, setting.tasks, share);
        references.add(new TableReport.Reference(name, drawn));
      } catch (InvalidDataException e) {
        notes.add("the reference " + name + " could not be fitted: " + e.getMessage());
      }
    }
    return references;
  }
}
