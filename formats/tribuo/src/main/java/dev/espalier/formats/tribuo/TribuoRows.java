package dev.espalier.formats.tribuo;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.DataDigest;
import dev.espalier.runtime.Provenance;
import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.tribuo.DataSource;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Feature;
import org.tribuo.Output;
import org.tribuo.OutputFactory;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.impl.ArrayExample;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.multilabel.MultiLabelFactory;
import org.tribuo.provenance.DataProvenance;
import org.tribuo.regression.RegressionFactory;
import org.tribuo.regression.Regressor;

/**
 * Rows on their way between tables, samples and Tribuo, with a line that says where they come from.
 *
 * <p>A column of numbers is a feature of its name; a column of words is a feature {@code name=word}
 * of value 1. A missing cell is no feature. Columns of identifiers and columns without a cell are
 * left out, as are rows whose output is missing. On the way back, features {@code name=word} that
 * are all 1 and exclude each other become a column of words again.
 *
 * @param table the rows
 * @param origin where they come from; Tribuo keeps it as the description of the data source
 */
public record TribuoRows(Table table, String origin) {

  /** What it means that an example lacks a feature. */
  public enum Absent {
    /** It is 0, as usual in sparse data. */
    ZERO,
    /** It is missing. */
    MISSING
  }

  /** The name of the column that keeps the labels of a classification data set. */
  public static final String LABEL = "label";

  /** The rows of a table. */
  public static TribuoRows of(Table table) {
    return new TribuoRows(table, "Espalier table of " + table.count() + " rows");
  }

  /**
   * Rows of numbers and their labels, each a column.
   *
   * @param names of the columns, as many as the rows have
   */
  public static TribuoRows of(Samples rows, List<String> names) {
    if (names.size() != rows.columns()) {
      throw new IllegalArgumentException(
          "need " + rows.columns() + " names, one a column, got " + names);
    }
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < names.size(); j++) {
      columns.add(numbers(names.get(j), rows.column(j)));
    }
    for (Labels labels : rows.labels()) {
      int[] codes = new int[rows.count()];
      for (int i = 0; i < codes.length; i++) {
        codes[i] = labels.code(i);
      }
      columns.add(words(labels.name(), labels.categories(), codes));
    }
    String origin = "Espalier samples of " + rows.count() + " rows, SHA-256 " + DataDigest.of(rows);
    return new TribuoRows(Table.of(columns), origin);
  }

  /**
   * Rows that a model draws, from index 0 on, with the pipeline's seed; the origin names the
   * pipeline and the digest of the data that it was fitted to.
   */
  public static TribuoRows drawn(TableModel model, int rows) {
    long seed = model.fitted().pipeline().seed();
    Table drawn =
        model.draw(DrawRequest.Rows.range(0, rows), seed, Tasks.here(), Progress.silent());
    Provenance from = model.fitted().provenance();
    return new TribuoRows(
        drawn,
        "Espalier "
            + from.version()
            + ": rows 0 to "
            + (rows - 1)
            + " drawn with seed "
            + seed
            + " from "
            + from.expression()
            + " fitted to "
            + from.rows()
            + " rows with SHA-256 "
            + from.data());
  }

  /**
   * The examples of a Tribuo data set. Labels become a column {@value #LABEL}, the dimensions of
   * regressors a column each, the labels of a multi-label set a column of {@code false} and {@code
   * true} each. The origin is the provenance of the data set.
   *
   * @throws IllegalArgumentException if there is no example, the outputs are of another kind, or a
   *     feature and an output share a name
   */
  public static <T extends Output<T>> TribuoRows of(Dataset<T> data, Absent absent) {
    return of(data.getData(), absent, "Tribuo data: " + data.getProvenance());
  }

  /** The examples of a Tribuo data source, as for {@link #of(Dataset, Absent)}. */
  public static <T extends Output<T>> TribuoRows of(DataSource<T> source, Absent absent) {
    List<Example<T>> examples = new ArrayList<>();
    source.forEach(examples::add);
    DataProvenance provenance = source.getProvenance();
    return of(examples, absent, "Tribuo data: " + provenance);
  }

  private static <T extends Output<T>> TribuoRows of(
      List<Example<T>> examples, Absent absent, String origin) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("need at least one example, got none");
    }
    List<Column> columns = new ArrayList<>(FeatureColumns.of(examples, absent));
    Output<?> first = examples.get(0).getOutput();
    if (first instanceof Label) {
      columns.add(labels(examples));
    } else if (first instanceof Regressor regressor) {
      for (String name : regressor.getNames()) {
        columns.add(dimension(examples, name));
      }
    } else if (first instanceof MultiLabel) {
      columns.addAll(flags(examples));
    } else {
      throw new IllegalArgumentException(
          "need labels, regressors or multi-labels as outputs, got " + first.getClass().getName());
    }
    return new TribuoRows(Table.of(columns), origin);
  }

  private static <T extends Output<T>> Column labels(List<Example<T>> examples) {
    Map<String, Integer> codes = new TreeMap<>();
    examples.forEach(each -> codes.put(((Label) each.getOutput()).getLabel(), 0));
    List<String> words = List.copyOf(codes.keySet());
    words.forEach(word -> codes.put(word, words.indexOf(word)));
    int[] cells = new int[examples.size()];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = codes.get(((Label) examples.get(i).getOutput()).getLabel());
    }
    return words(LABEL, words, cells);
  }

  private static <T extends Output<T>> Column dimension(List<Example<T>> examples, String name) {
    double[] cells = new double[examples.size()];
    for (int i = 0; i < cells.length; i++) {
      Regressor regressor = (Regressor) examples.get(i).getOutput();
      cells[i] =
          regressor.getDimension(name).map(Regressor.DimensionTuple::getValue).orElse(Double.NaN);
    }
    return numbers(name, cells);
  }

  private static <T extends Output<T>> List<Column> flags(List<Example<T>> examples) {
    Map<String, int[]> cells = new TreeMap<>();
    for (int i = 0; i < examples.size(); i++) {
      for (String name : ((MultiLabel) examples.get(i).getOutput()).getNameSet()) {
        cells.computeIfAbsent(name, none -> new int[examples.size()])[i] = 1;
      }
    }
    List<Column> columns = new ArrayList<>();
    cells.forEach(
        (name, codes) ->
            columns.add(
                Column.codes(Field.words(name, Kind.BOOLEAN, List.of("false", "true")), codes)));
    return columns;
  }

  /** A column of real numbers. */
  static Column numbers(String name, double[] cells) {
    return Column.numbers(Field.number(name, Kind.CONTINUOUS, "any"), cells);
  }

  /** A column of known words. */
  static Column words(String name, List<String> words, int[] codes) {
    return Column.codes(Field.words(name, Kind.CATEGORICAL, words), codes);
  }

  /** These rows for a regression of one or more columns of numbers on all others. */
  public DataSource<Regressor> regression(List<String> outputs) {
    List<Column> wanted = outputs.stream().map(table::column).toList();
    for (Column column : wanted) {
      if (!column.kind().isNumber()) {
        throw new IllegalArgumentException(
            "need numbers to regress on, got the "
                + column.kind().word()
                + " column '"
                + column.name()
                + "'");
      }
    }
    String[] names = outputs.toArray(new String[0]);
    return source(
        outputs,
        new RegressionFactory(),
        i -> {
          double[] values = new double[names.length];
          for (int o = 0; o < values.length; o++) {
            values[o] = wanted.get(o).missing(i) ? Double.NaN : wanted.get(o).number(i);
            if (Double.isNaN(values[o])) {
              return null;
            }
          }
          return new Regressor(names, values);
        });
  }

  /** These rows for a classification by the words of a column. */
  public DataSource<Label> classification(String output) {
    Column wanted = table.column(output);
    return source(
        List.of(output),
        new LabelFactory(),
        i -> {
          String word = wanted.text(i);
          return word == null ? null : new Label(word);
        });
  }

  /**
   * These rows for a multi-label classification: the names of those columns of two words whose cell
   * is the second of them, such as {@code true}. A row whose cells are all missing is left out.
   */
  public DataSource<MultiLabel> multiLabel(List<String> outputs) {
    List<Column> wanted = outputs.stream().map(table::column).toList();
    for (Column column : wanted) {
      if (column.kind() != Kind.BOOLEAN) {
        throw new IllegalArgumentException(
            "need columns of two words for several labels, got the "
                + column.kind().word()
                + " column '"
                + column.name()
                + "'");
      }
    }
    return source(
        outputs,
        new MultiLabelFactory(),
        i -> {
          Set<Label> labels = new HashSet<>();
          int missing = 0;
          for (Column column : wanted) {
            missing += column.missing(i) ? 1 : 0;
            if (column.code(i) == 1) {
              labels.add(new Label(column.name()));
            }
          }
          return missing == wanted.size() ? null : new MultiLabel(labels);
        });
  }

  private <T extends Output<T>> DataSource<T> source(
      List<String> outputs, OutputFactory<T> factory, IntFunction<@Nullable T> output) {
    List<Example<T>> examples = new ArrayList<>();
    for (int i = 0; i < table.count(); i++) {
      T wanted = output.apply(i);
      if (wanted == null) {
        continue;
      }
      ArrayExample<T> example = new ArrayExample<>(wanted);
      for (Column column : table.columns()) {
        if (!outputs.contains(column.name()) && !column.missing(i)) {
          if (column.kind().isNumber()) {
            example.add(new Feature(column.name(), column.number(i)));
          } else if (column.kind().isCategory()) {
            example.add(new Feature(column.name() + "=" + column.text(i), 1));
          }
        }
      }
      if (example.size() > 0) {
        examples.add(example);
      }
    }
    return new RowsSource<>(List.copyOf(examples), factory, origin);
  }

  /**
   * The columns of numbers as rows of numbers, and the columns of words as their labels.
   *
   * @throws IllegalArgumentException if there is no column of numbers, or a word is missing
   */
  public Samples samples() {
    List<Column> numbers = new ArrayList<>();
    Map<String, Labels> labels = new LinkedHashMap<>();
    for (Column column : table.columns()) {
      if (column.kind().isNumber()) {
        numbers.add(column);
      } else if (column.kind().isCategory()) {
        int[] codes = new int[table.count()];
        for (int i = 0; i < codes.length; i++) {
          codes[i] = column.code(i);
        }
        labels.put(column.name(), Labels.of(column.name(), column.field().categories(), codes));
      }
    }
    if (numbers.isEmpty()) {
      throw new IllegalArgumentException("need a column of numbers, got " + table.names());
    }
    double[] values = new double[Math.multiplyExact(table.count(), numbers.size())];
    for (int k = 0; k < values.length; k++) {
      values[k] = numbers.get(k % numbers.size()).number(k / numbers.size());
    }
    return Samples.of(numbers.size(), values).withLabels(List.copyOf(labels.values()));
  }
}
