package dev.espalier.tables;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Guidance;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Reader;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A law learned from a table, which draws tables of the same types.
 *
 * <p>It is an {@link Encoder} around a {@link Fitted} law. After the fit, rows are drawn once to
 * move the encoder's thresholds to where categories and missing cells are as frequent as in the
 * data. Immutable and safe for concurrent use; row {@code i} of a draw depends on the model, the
 * seed and {@code i} alone.
 */
public final class TableModel implements Serializable {
  private static final long serialVersionUID = 1;

  private static final String ENTRY = "table";
  private static final String NOTES = "notes";
  private static final String ARRANGEMENT = "arrangement";

  /** Deviations from the mean beyond which an answer is called an extrapolation. */
  private static final double FAR = 8;

  private final Encoder encoder;
  private final Fitted fitted;
  private final List<String> notes;
  private final transient Arrangement arrangement;

  /** What is said of conditions. */
  private final List<String> answers;

  /** The cells that are known, by column. */
  private final Map<String, Double> known;

  TableModel(Encoder encoder, Fitted fitted, List<String> notes, Arrangement arrangement) {
    this(encoder, fitted, notes, arrangement, List.of(), Map.of());
  }

  private TableModel(
      Encoder encoder,
      Fitted fitted,
      List<String> notes,
      Arrangement arrangement,
      List<String> answers,
      Map<String, Double> known) {
    this.encoder = encoder;
    this.arrangement = arrangement;
    this.fitted = fitted;
    this.notes = List.copyOf(notes);
    this.answers = List.copyOf(answers);
    this.known = Collections.unmodifiableMap(new LinkedHashMap<>(known));
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

  /** How drawn rows become lines of a file like the one that was fitted, and where columns lie. */
  public Arrangement arrangement() {
    return arrangement;
  }

  /** The law of the rows of numbers. */
  public Fitted fitted() {
    return fitted;
  }

  /** What a reader should know of the table, its encoding and the fit, a sentence each. */
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    List<String> told = fitted.notes();
    all.addAll(told.subList(0, told.size() - fitted.answers().size()));
    all.addAll(answers);
    return all;
  }

  /** Draws rows 0 to {@code n − 1} with the pipeline's seed, on all processors. */
  public Table draw(int n) {
    return decode(fitted.draw(n), DrawRequest.Rows.range(0, n), fitted.pipeline().seed());
  }

  /**
   * Draws rows by index.
   *
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public Table draw(DrawRequest.Rows rows, long seed, Tasks tasks, Progress progress) {
    return decode(fitted.draw(rows, seed, tasks, progress), rows, seed);
  }

  /** The table of drawn rows, with the cells that are known exactly as they are known. */
  private Table decode(Samples samples, DrawRequest.Rows rows, long seed) {
    Table table = encoder.decode(samples, rows, seed);
    if (known.isEmpty()) {
      return table;
    }
    List<Column> columns = new ArrayList<>();
    for (Column column : table.columns()) {
      Double cell = known.get(column.name());
      if (cell == null) {
        columns.add(column);
      } else {
        double[] cells = new double[table.count()];
        Arrays.fill(cells, cell);
        columns.add(Cells.column(column.field(), cells));
      }
    }
    return Table.of(columns, table.missing(), table.notes());
  }

  /** This encoder around another law of the same rows, such as one with another sampler. */
  public TableModel with(Fitted fitted) {
    if (fitted.score().columns() != encoder.columns()) {
      throw new IllegalArgumentException(
          "need a law of " + encoder.columns() + " columns, got " + fitted.score().columns());
    }
    return new TableModel(encoder, fitted, notes, arrangement, answers, known);
  }

  /**
   * The law given a cell.
   *
   * @param column its name
   * @param cell as a CSV file has it
   * @throws IllegalArgumentException if the column is unknown or has no such cell
   */
  public TableModel given(String column, String cell) {
    return given(List.of(Condition.cell(column, cell)));
  }

  /**
   * The law given conditions as text, such as {@code species=Adelie, body_mass_g>4000}.
   *
   * @throws IllegalArgumentException as {@link #given(List)} and {@link Condition#parse}
   */
  public TableModel given(String conditions) {
    return given(Condition.parse(conditions, encoder.fields()));
  }

  /**
   * The law given conditions, all at once: exactly where the law knows the answer, else by its
   * guidance. {@link #notes} tells which.
   *
   * @throws IllegalArgumentException if a column is unknown or has no such cell, a condition has
   *     probability zero, conditions contradict one another, or the law has no answer
   */
  public TableModel given(List<Condition> conditions) {
    return given(conditions, Optional.empty());
  }

  /**
   * The law given conditions by a guidance, whether there is an exact answer or not; what the
   * guidance is not for, such as labels, stays exact.
   *
   * @throws IllegalArgumentException as {@link #given(List)}, or if the guidance has no answer
   */
  public TableModel given(List<Condition> conditions, Guidance guidance) {
    return given(conditions, Optional.of(guidance));
  }

  private TableModel given(List<Condition> conditions, Optional<Guidance> guidance) {
    Map<String, Double> cells = new LinkedHashMap<>(known);
    encoder
        .cells(conditions)
        .forEach(
            (column, cell) -> {
              Double before = cells.put(column, cell);
              if (before != null && !before.equals(cell)) {
                throw new IllegalArgumentException(
                    "this has probability zero: the column '"
                        + column
                        + "' is given two different cells");
              }
            });
    List<Observation> observations = encoder.observations(conditions);
    Fitted law = condition(fitted, observations, guidance);
    List<String> told = new ArrayList<>(answers);
    int before = fitted.answers().size();
    told.add(
        "given "
            + ConditionWords.of(conditions, encoder.fields())
            + ": "
            + String.join(
                "; ", new LinkedHashSet<>(law.answers().subList(before, law.answers().size())))
            + remote(observations));
    return new TableModel(encoder, law, notes, arrangement, told, cells);
  }

  /** A warning of the number observed that is farthest from the law, if it is far. */
  private String remote(List<Observation> observations) {
    double farthest = FAR;
    String what = "";
    for (Observation each : observations) {
      if (each instanceof Observation.Columns columns) {
        for (Map.Entry<Integer, Double> cell : columns.values().entrySet()) {
          double far = fitted.deviations(Observation.columns(Map.ofEntries(cell)));
          if (far > farthest) {
            farthest = far;
            what = "'" + encoder.names().get(cell.getKey()) + "'";
          }
        }
      } else {
        double far = fitted.deviations(each);
        if (far > farthest) {
          farthest = far;
          what =
              each instanceof Observation.Range range
                  ? "'" + encoder.names().get(range.column()) + "'"
                  : "a sum";
        }
      }
    }
    return what.isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "; beware: %s is %.3g deviations from its mean there, far from all that was seen",
            what,
            farthest);
  }

  static Fitted condition(
      Fitted fitted, List<Observation> observations, Optional<Guidance> guidance) {
    Fitted law = fitted;
    for (Observation each : observations) {
      boolean guided = guidance.isPresent() && guidance.get().answers(each);
      law = guided ? law.given(each, guidance.get()) : law.given(each);
    }
    return law;
  }

  /**
   * Fills the blanks of a table, row by row: every row is conditioned on the cells that it has.
   *
   * @param rows with the columns of {@link Encoder#fields}, of the same types
   * @param fill how often and how
   * @param tasks where the work runs; changes no bit
   * @throws InvalidDataException if a row has probability zero
   * @throws IllegalArgumentException if a column is not there or of another type
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public Completion complete(Table rows, Fill fill, Tasks tasks, Progress progress) {
    return new Filling(encoder, fitted, fill).complete(rows, tasks, progress);
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
          if (!arrangement.equals(Arrangement.plain())) {
            out.text(ARRANGEMENT, arrangement.toJson());
          }
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
    Arrangement arrangement =
        in.has(ARRANGEMENT)
            ? Arrangement.fromJson(source + ", the table's arrangement", in.text(ARRANGEMENT))
            : Arrangement.plain();
    return new TableModel(encoder, fitted, notes, arrangement);
  }

  /** The text of the pipeline. */
  @Override
  public String toString() {
    return fitted.toString();
  }

  /** A model travels with its arrangement as a model file has it. */
  private record Travelling(
      Encoder encoder,
      Fitted fitted,
      List<String> notes,
      String arrangement,
      List<String> answers,
      LinkedHashMap<String, Double> known)
      implements Serializable {
    private Object readResolve() {
      Arrangement restored = Arrangement.fromJson("the table's arrangement", arrangement);
      return new TableModel(encoder, fitted, notes, restored, answers, known);
    }
  }

  private Object writeReplace() {
    return new Travelling(
        encoder, fitted, notes, arrangement.toJson(), answers, new LinkedHashMap<>(known));
  }

  private void readObject(ObjectInputStream in) throws InvalidObjectException {
    throw new InvalidObjectException("need the form that travels");
  }
}
