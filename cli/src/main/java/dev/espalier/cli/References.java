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
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plain models beside which every other stands. */
final class References {

  static final List<String> NAMES = List.of("gaussian", "gmm");

  private References() {}

  /** How references are fitted and drawn from. */
  record Setting(
      Expressions expressions,
      EncoderOptions encoding,
      long seed,
      Tasks tasks,
      Progress progress) {}

  /** Rows that a pipeline drew already. */
  record Known(Pipeline pipeline, Table rows) {}

  /** What became of one reference. */
  private record Outcome(@Nullable Table drawn, String problem) {}

  /**
   * So many rows of each, side by side; one that cannot be fitted is left out.
   *
   * @param known is not drawn again
   * @param notes takes a sentence for each that is left out
   */
  static List<TableReport.Reference> draw(
      Table train, int rows, Setting setting, Optional<Known> known, List<String> notes) {
    List<Outcome> outcomes =
        setting.tasks.map(
            NAMES.size(),
            (index, progress) -> draw(NAMES.get(index), train, rows, setting, known, progress),
            setting.progress);
    List<TableReport.Reference> references = new ArrayList<>();
    for (int k = 0; k < NAMES.size(); k++) {
      Table drawn = outcomes.get(k).drawn;
      if (drawn == null) {
        notes.add(
            "the reference " + NAMES.get(k) + " could not be fitted: " + outcomes.get(k).problem);
      } else {
        references.add(new TableReport.Reference(NAMES.get(k), drawn));
      }
    }
    return references;
  }

  private static Outcome draw(
      String name,
      Table train,
      int rows,
      Setting setting,
      Optional<Known> known,
      Progress progress) {
    Pipeline pipeline =
        Pipeline.builder()
            .estimator(setting.expressions.parse(ScoreEstimator.class, name + "()"))
            .seed(setting.seed)
            .catalogue(setting.expressions.catalogue())
            .build();
    if (known.filter(each -> each.pipeline.equals(pipeline)).isPresent()) {
      return new Outcome(known.get().rows, "");
    }
    try {
      TableModel model = TableModel.fit(train, pipeline, setting.encoding, Tasks.here(), progress);
      DrawRequest.Rows all = DrawRequest.Rows.range(0, rows);
      return new Outcome(model.draw(all, setting.seed, Tasks.here(), progress), "");
    } catch (InvalidDataException e) {
      return new Outcome(null, String.valueOf(e.getMessage()));
    }
  }
}
