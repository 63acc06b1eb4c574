package dev.espalier.tables;

import dev.espalier.api.Conditionable;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Observation;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Fitted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** Fills blanks row by row: every row has a law of its own, given the cells that it has. */
final class Filling {

  private static final int BLOCK = 16;

  private final Encoder encoder;
  private final Fitted fitted;
  private final Fill fill;
  private final Streams streams;

  Filling(Encoder encoder, Fitted fitted, Fill fill) {
    this.encoder = encoder;
    this.fitted = fitted;
    this.fill = fill;
    this.streams = new Streams(fill.seed());
  }

  /** The cells of one row, a row a draw, and how the row was conditioned; empty if it was not. */
  private record Filled(double[][] cells, String answer) {}

  Completion complete(Table table, Tasks tasks, Progress progress) {
    List<Field> fields = encoder.fields();
    encoder.check(table);
    int blocks = (table.count() + BLOCK - 1) / BLOCK;
    List<List<Filled>> found =
        tasks.map(
            blocks,
            (index, part) -> {
              List<Filled> rows = new ArrayList<>();
              int to = Math.min(table.count(), (index + 1) * BLOCK);
              for (int i = index * BLOCK; i < to; i++) {
                part.check();
                rows.add(row(table, i, fields));
              }
              return rows;
            },
            progress);
    SortedMap<String, Integer> answers = new TreeMap<>();
    double[][] cells = new double[fields.size()][Math.multiplyExact(table.count(), fill.draws())];
    int next = 0;
    for (List<Filled> block : found) {
      for (Filled row : block) {
        if (!row.answer().isEmpty()) {
          answers.merge(row.answer(), 1, Integer::sum);
        }
        for (double[] draw : row.cells()) {
          for (int j = 0; j < draw.length; j++) {
            cells[j][next] = draw[j];
          }
          next++;
        }
      }
    }
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < cells.length; j++) {
      if (fields.get(j).kind() != Kind.IDENTIFIER) {
        columns.add(Cells.column(fields.get(j), cells[j]));
      }
    }
    return new Completion(Table.of(columns, table.missing(), List.of()), fill.draws(), answers);
  }

  private Filled row(Table table, int row, List<Field> fields) {
    double[][] cells = new double[fill.draws()][fields.size()];
    boolean[] blank = new boolean[fields.size()];
    boolean any = false;
    for (int j = 0; j < blank.length; j++) {
      Field field = fields.get(j);
      double cell = Cells.of(table, field, row);
      boolean fillable = field.kind() != Kind.ALL_MISSING && field.kind() != Kind.IDENTIFIER;
      blank[j] = Cells.missing(field, cell) && fillable;
      any |= blank[j];
      for (double[] draw : cells) {
        draw[j] = cell;
      }
    }
    if (!any) {
      return new Filled(cells, "");
    }
    try {
      List<Observation> known = encoder.observations(table, row);
      long seed = streams.seed("complete row", row);
      Map<String, List<String>> open = open(table, row);
      String answer = "";
      for (int k = 0; k < cells.length; k++) {
        Fitted law = fitted;
        if (open.isEmpty()) {
          law = TableModel.condition(law, known, fill.guidance());
        } else {
          RandomGenerator random = new Streams(seed).stream("label", k);
          law = TableModel.condition(labelled(law, open, known, random), known, fill.guidance());
        }
        int draws = open.isEmpty() ? cells.length : 1;
        DrawRequest.Rows rows = DrawRequest.Rows.range(k, draws);
        Samples drawn = law.draw(rows, seed, Tasks.here(), Progress.silent());
        put(encoder.fill(drawn), blank, cells, k);
        answer = answer(law);
        if (open.isEmpty()) {
          break;
        }
      }
      return new Filled(cells, answer);
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException(
          "cannot fill row " + (row + 1) + " of the table: " + e.getMessage(), e);
    }
  }

  private String answer(Fitted law) {
    List<String> all = law.answers().subList(fitted.answers().size(), law.answers().size());
    return all.isEmpty() ? "exactly" : String.join("; ", new LinkedHashSet<>(all));
  }

  private static void put(Table drawn, boolean[] blank, double[][] cells, int from) {
    for (int j = 0; j < blank.length; j++) {
      if (blank[j]) {
        Column column = drawn.columns().get(j);
        for (int k = 0; k < drawn.count(); k++) {
          cells[from + k][j] = Cells.of(column, k);
        }
      }
    }
  }

  /** The labels of a row that are blank and that the model draws as blank at times. */
  private Map<String, List<String>> open(Table table, int row) {
    Map<String, List<String>> open = new LinkedHashMap<>(encoder.labelsThatMayBeMissing());
    open.keySet().removeIf(label -> !table.column(label).missing(row));
    return open;
  }

  /** The law given a category of every open label, chosen by how likely the known cells make it. */
  private static Fitted labelled(
      Fitted law, Map<String, List<String>> open, List<Observation> known, RandomGenerator random) {
    Fitted chosen = law;
    for (Map.Entry<String, List<String>> each : open.entrySet()) {
      List<Fitted> laws = new ArrayList<>();
      List<Double> logs = new ArrayList<>();
      double greatest = Double.NEGATIVE_INFINITY;
      for (String category : each.getValue()) {
        Observation label = Observation.label(each.getKey(), category);
        double log = evidence(chosen, label);
        if (log == Double.NEGATIVE_INFINITY) {
          continue;
        }
        Fitted given = chosen.given(label);
        for (Observation other : known) {
          if (other instanceof Observation.Columns) {
            log += evidence(given, other);
          }
        }
        laws.add(given);
        logs.add(log);
        greatest = Math.max(greatest, log);
      }
      if (greatest == Double.NEGATIVE_INFINITY) {
        throw new IllegalArgumentException(
            "its cells have probability zero in every category of '" + each.getKey() + "'");
      }
      double sum = 0;
      for (double log : logs) {
        sum += StrictMath.exp(log - greatest);
      }
      double left = random.nextDouble() * sum;
      int k = 0;
      while (k < laws.size() - 1 && left >= StrictMath.exp(logs.get(k) - greatest)) {
        left -= StrictMath.exp(logs.get(k) - greatest);
        k++;
      }
      chosen = laws.get(k);
    }
    return chosen;
  }

  /**
   * The log evidence where the law knows it; else 0, which leaves categories as likely as before.
   */
  private static double evidence(Fitted law, Observation observation) {
    return law.score()
        .ability(Conditionable.class)
        .map(able -> able.logEvidence(observation).orElse(0))
        .orElse(0.0);
  }
}
