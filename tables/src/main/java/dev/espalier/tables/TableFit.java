package dev.espalier.tables;

import dev.espalier.api.Cost;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A fit of a table that is ready to start: what it will take can be asked, and where it works,
 * reports and keeps its state be said.
 *
 * <p>Immutable. {@link TableModel#fit(Table, Pipeline)} is the short way.
 */
public final class TableFit {

  /** How many rows are drawn to set thresholds: the calibration's error is about 1 in 70. */
  private static final int CALIBRATION = 5000;

  private final List<String> known;
  private final Encoder encoder;
  private final Pipeline pipeline;
  private final FitRequest request;
  private final Arrangement arrangement;

  private TableFit(
      List<String> known,
      Encoder encoder,
      Pipeline pipeline,
      FitRequest request,
      Arrangement arrangement) {
    this.arrangement = arrangement;
    this.known = known;
    this.encoder = encoder;
    this.pipeline = pipeline;
    this.request = request;
  }

  /**
   * A fit in the calling thread, silent, that keeps no state.
   *
   * @param options the labels that the pipeline's estimator needs are added to those given
   * @throws InvalidDataException if there are fewer than two rows or no column varies
   * @throws IllegalArgumentException if a label that is needed is no categorical or boolean column
   */
  public static TableFit of(Table table, Pipeline pipeline, EncoderOptions options) {
    if (table.count() < 2) {
      throw new InvalidDataException("need at least 2 rows to learn from, got " + table.count());
    }
    Set<String> labels = new LinkedHashSet<>(pipeline.estimator().labels());
    for (String label : labels) {
      if (!table.names().contains(label)) {
        throw new InvalidDataException(
            "need a column '" + label + "' to stratify by, got " + Csv.shown(table.names()));
      }
    }
    labels.addAll(options.labels());
    if (options.blanks() == EncoderOptions.Blanks.FILLED) {
      Table labelled = labelled(table, labels);
      if (labelled.count() < table.count()) {
        return of(labelled, pipeline, options);
      }
    }
    Encoder encoder = Encoder.fit(table, options.withLabels(List.copyOf(labels)));
    Samples rows = encoder.encode(table, new Streams(pipeline.seed()).seed("table jitter", 0));
    FitRequest request = FitRequest.of(rows).withSeed(pipeline.seed());
    return new TableFit(table.notes(), encoder, pipeline, request, Arrangement.plain());
  }

  /** The rows with all labels. */
  private static Table labelled(Table table, Set<String> labels) {
    int[] rows = new int[table.count()];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      boolean whole = true;
      for (String label : labels) {
        whole &= !table.column(label).missing(i);
      }
      if (whole) {
        rows[count++] = i;
      }
    }
    return table.rows(Arrays.copyOf(rows, count));
  }

  private TableFit with(FitRequest request) {
    return new TableFit(known, encoder, pipeline, request, arrangement);
  }

  /** This fit of rows that were arranged, which the model then knows how to undo. */
  public TableFit withArrangement(Arrangement arrangement) {
    return new TableFit(known, encoder, pipeline, request, arrangement);
  }

  /** This fit run elsewhere; changes no bit. */
  public TableFit withTasks(Tasks tasks) {
    return with(request.withTasks(tasks));
  }

  /** This fit reporting elsewhere. */
  public TableFit withProgress(Progress progress) {
    return with(request.withProgress(progress));
  }

  /** This fit keeping its state in a folder, as {@link FitRequest#checkpoint()} says. */
  public TableFit withCheckpoint(Path folder) {
    return with(request.withCheckpoint(folder));
  }

  /** What the fit is expected to take. */
  public Cost cost() {
    return pipeline.estimator().cost(request);
  }

  /**
   * Learns the table.
   *
   * @throws InvalidDataException if the estimator cannot fit the rows
   * @throws dev.espalier.api.NotConvergedException if the fit did not reach what it must
   * @throws dev.espalier.api.CancelledException if the progress was cancelled
   */
  public TableModel run() {
    Progress progress = request.progress();
    Fitted fitted = pipeline.fit(request.withProgress(progress.part(0, 0.95)));
    Samples drawn =
        fitted.draw(
            DrawRequest.Rows.range(0, CALIBRATION),
            new Streams(pipeline.seed()).seed("table calibration", 0),
            request.tasks(),
            progress.part(0.95, 1));
    List<String> notes = new ArrayList<>(known);
    for (String note : encoder.notes()) {
      String column = note.substring(0, note.indexOf("': ") + 3);
      if (known.stream().noneMatch(each -> each.startsWith(column))) {
        notes.add(note);
      }
    }
    return new TableModel(encoder.calibrated(drawn), fitted, notes, arrangement);
  }
}
