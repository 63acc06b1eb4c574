package dev.espalier.tables;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Reader;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A law learned from a table, which draws tables of the same types.
 *
 * <p>It is an {@link Encoder} around a {@link Fitted} law. After the fit, rows are drawn once to
 * move the encoder's thresholds to where categories and missing cells are as frequent as in the
 * data. Immutable and safe for concurrent use; row {@code i} of a draw depends on the model, the
 * seed and {@code i} alone.
 */
public final class TableModel {

  private static final String ENTRY = "table";
  private static final String NOTES = "notes";

  private final Encoder encoder;
  private final Fitted fitted;
  private final List<String> notes;

  TableModel(Encoder encoder, Fitted fitted, List<String> notes) {
    this.encoder = encoder;
    this.fitted = fitted;
    this.notes = List.copyOf(notes);
  }

  /** Learns a table with standard options, on all processors. */
  public static TableModel fit(Table table, Pipeline pipeline) {
    return fit(table, pipeline, EncoderOptions.STANDARD, Progress.silent());
  }

  /**
   * Learns a table on all processors.
   *
   * @param options the labels that the pipeline's estimator needs are added to those given
   * @throws InvalidDataException if there are fewer than two rows, no column varies, or the
   *     estimator cannot fit the rows
   * @throws IllegalArgumentException if a label that is needed is no categorical or boolean column
   */
  public static TableModel fit(
      Table table, Pipeline pipeline, EncoderOptions options, Progress progress) {
    int processors = Runtime.getRuntime().availableProcessors();
    return fit(table, pipeline, options, Tasks.threads(processors), progress);
  }

  /**
   * Learns a table.
   *
   * @param options the labels that the pipeline's estimator needs are added to those given
   * @param tasks where the work runs; changes no bit
   * @throws InvalidDataException if there are fewer than two rows, no column varies, or the
   *     estimator cannot fit the rows
   * @throws IllegalArgumentException if a label that is needed is no categorical or boolean column
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public static TableModel fit(
      Table table, Pipeline pipeline, EncoderOptions options, Tasks tasks, Progress progress) {
    return TableFit.of(table, pipeline, options).withTasks(tasks).withProgress(progress).run();
  }

  /** The map between rows of the table and rows of numbers. */
  public Encoder encoder() {
    return encoder;
  }

  /** The law of the rows of numbers. */
  public Fitted fitted() {
    return fitted;
  }

  /** What a reader should know of the table, its encoding and the fit, a sentence each. */
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(fitted.notes());
    return all;
  }

  /** Draws rows 0 to {@code n − 1} with the pipeline's seed, on all processors. */
  public Table draw(int n) {
    return encoder.decode(fitted.draw(n));
  }

  /**
   * Draws rows by index.
   *
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public Table draw(DrawRequest.Rows rows, long seed, Tasks tasks, Progress progress) {
    return encoder.decode(fitted.draw(rows, seed, tasks, progress));
  }

  /** This encoder around another law of the same rows, such as one with another sampler. */
  public TableModel with(Fitted fitted) {
    if (fitted.score().columns() != encoder.columns()) {
      throw new IllegalArgumentException(
          "need a law of " + encoder.columns() + " columns, got " + fitted.score().columns());
    }
    return new TableModel(encoder, fitted, notes);
  }

  /**
   * The law given the category of a column that the model is stratified by.
   *
   * @throws IllegalArgumentException if the column is no label or has no such category
   */
  public TableModel given(String label, String category) {
    return new TableModel(encoder, fitted.given(new Observation.Label(label, category)), notes);
  }

  /**
   * Keeps the model in one file.
   *
   * @return the digest of the file
   * @throws IllegalArgumentException if a part of the model cannot be stored
   * @throws InvalidDataException if the file cannot be written
   */
  public Digest save(Path path) {
    return ModelFile.write(
        path,
        fitted,
        out -> {
          out.text(ENTRY, encoder.toJson());
          out.text(NOTES, Json.compact(Json.words(notes)));
        });
  }

  /**
   * Opens a model file.
   *
   * @throws InvalidDataException if it is no whole model file, needs a plugin that the catalogue
   *     does not have, or holds a model of plain rows
   */
  public static TableModel load(Path path, Catalogue catalogue) {
    return of("'" + path + "'", ModelFile.read(path, catalogue));
  }

  /**
   * The table model in a model file that was read.
   *
   * @param source the name of the file, for errors
   */
  public static TableModel of(String source, ModelFile file) {
    Reader in = file.attachment().orElse(null);
    if (in == null || !in.has(ENTRY)) {
      throw new InvalidDataException(source + " holds a model of plain rows, not of a table");
    }
    Encoder encoder = Encoder.fromJson(source + ", the table's encoding", in.text(ENTRY));
    Fitted fitted = file.fitted();
    if (fitted.score().columns() != encoder.columns()) {
      throw new InvalidDataException(
          source
              + " is damaged: need a law of "
              + encoder.columns()
              + " columns as the table's encoding has, got "
              + fitted.score().columns());
    }
    List<String> notes =
        Json.parse(source + ", the table's notes", in.text(NOTES)).list(Json.Part::text);
    return new TableModel(encoder, fitted, notes);
  }

  /** The text of the pipeline. */
  @Override
  public String toString() {
    return fitted.toString();
  }
}
