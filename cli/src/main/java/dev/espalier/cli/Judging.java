package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.evaluation.Fields;
import dev.espalier.report.TableReport;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a pipeline is worth on a table: fitted to four fifths of the rows, its draws held against
 * the fifth that it did not see.
 *
 * @param report on those draws
 * @param model that was fitted to four fifths
 * @param split the four fifths and the rest
 * @param curves of the training of that model
 */
record Judging(TableReport report, TableModel model, Split split, List<Recorder.Curve> curves) {

  /** What to judge with. */
  record Setting(
      Expressions expressions,
      EncoderOptions encoding,
      int looked,
      List<Fields> fields,
      long seed,
      CommonOptions common,
      Progress progress) {}

  static Judging of(Split split, Pipeline pipeline, Setting setting) {
    Recorder recorder = new Recorder(setting.progress.part(0, 0.2));
    Table test = atMost(split.test(), setting.looked, setting.seed);
    TableModel model =
        TableModel.fit(split.train(), pipeline, setting.encoding, setting.common.tasks(), recorder);
    int rows = Math.min(split.train().count(), setting.looked);
    Table drawn =
        model.draw(
            DrawRequest.Rows.range(0, rows),
            setting.seed,
            setting.common.tasks(),
            setting.progress.part(0.2, 0.25));
    List<String> notes = new ArrayList<>();
    List<TableReport.Reference> references =
        References.draw(
            split.train(),
            rows,
            new References.Setting(
                setting.expressions,
                setting.encoding,
                setting.seed,
                setting.common.tasks(),
                setting.progress.part(0.25, 0.4)),
            Optional.of(new References.Known(pipeline, drawn)),
            notes);
    setting.common.notes(notes);
    TableReport report =
        TableReport.of(
            new TableReport.Input(
                split.train(),
                test,
                drawn,
                references,
                setting.fields,
                TableReport.judges(setting.expressions.catalogue())),
            setting.seed,
            setting.common.tasks(),
            setting.progress.part(0.4, 1));
    return new Judging(report, model, split, recorder.curves());
  }

  private static Table atMost(Table table, int most, long seed) {
    if (table.count() <= most) {
      return table;
    }
    int[] order = Split.order(table.count(), new Streams(seed), "looked at");
    return table.rows(Arrays.copyOf(order, most));
  }
}
