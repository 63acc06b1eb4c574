package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * A row is several lines, one a step: the column {@code x@2} of a row is the column {@code x} of
 * its line at step 2.
 *
 * @param id the column that tells which row a line is of; drawn rows that do not have it are
 *     counted
 * @param step the type of the column that tells the step
 * @param steps the cells of that column, in the order of the lines of a row
 * @param values the columns with a cell a step
 * @param order all columns of a line, in order; those that are none of the above are the same in
 *     all lines of a row
 */
record Stacked(
    String id,
    Field step,
    List<Double> steps,
    List<String> values,
    List<String> order,
    Optional<Geometry> geometry)
    implements Arrangement {

  static final String KEY = "stacked";

  /** More columns than these are no row that a model learns. */
  private static final int MOST_COLUMNS = 10_000;

  Stacked {
    steps = List.copyOf(steps);
    values = List.copyOf(values);
    order = List.copyOf(order);
  }

  /** The name of a value's column at a step. */
  private String name(String value, int k) {
    return value + "@" + Column.of(step, new double[] {steps.get(k)}).text(0);
  }

  /**
   * Puts lines into rows.
   *
   * @param lines with the columns {@link #values} and those of whole rows
   * @param whole the columns of whole rows
   * @param places for every row the index of its line at each step, −1 where there is none
   */
  Arranged arranged(Table lines, List<String> whole, List<int[]> places) {
    Table rows = rows(lines, whole, places, lines.notes());
    List<String> placed = rows.names().subList(whole.size(), rows.names().size());
    return new Arranged(rows, with(new Geometry.Series(placed, values.size())));
  }

  private Table rows(Table lines, List<String> whole, List<int[]> places, List<String> notes) {
    long width = (long) values.size() * steps.size() + whole.size();
    if (width > MOST_COLUMNS) {
      throw new InvalidDataException(
          "need at most "
              + MOST_COLUMNS
              + " columns in a row, got "
              + values.size()
              + " columns at "
              + steps.size()
              + " steps; leave columns out with --drop, or take fewer steps");
    }
    List<Column> columns = new ArrayList<>();
    int[] some = new int[places.size()];
    for (int i = 0; i < some.length; i++) {
      for (int line : places.get(i)) {
        some[i] = Math.max(some[i], line);
      }
    }
    for (String name : whole) {
      columns.add(lines.column(name).gathered(name, some));
    }
    for (String value : values) {
      for (int k = 0; k < steps.size(); k++) {
        int at = k;
        int[] rows = places.stream().mapToInt(each -> each[at]).toArray();
        columns.add(lines.column(value).gathered(name(value, k), rows));
      }
    }
    return Table.of(columns, lines.missing(), notes);
  }

  /** The columns that are the same in all lines of a row, but for the one that tells the row. */
  private List<String> whole() {
    return order.stream()
        .filter(each -> !values.contains(each) && !each.equals(step.name()) && !each.equals(id))
        .toList();
  }

  @Override
  public Schema schema(Table rows) {
    Schema schema = Schema.of(lines(rows, 0));
    if (!rows.names().contains(id)) {
      schema = schema.without(id);
    }
    return whole().isEmpty() ? schema.without(step.name()) : schema; // of windows it may be absent
  }

  /** For every row the index of its line at each step, −1 where there is none. */
  private List<int[]> places(Table lines) {
    List<String> names = lines.names();
    if (!names.contains(id) && !names.contains(step.name()) && whole().isEmpty()) {
      List<int[]> windows = new ArrayList<>();
      for (int from = 0; from + steps.size() <= lines.count(); from += steps.size()) {
        int[] window = new int[steps.size()];
        for (int k = 0; k < window.length; k++) {
          window[k] = from + k;
        }
        windows.add(window);
      }
      return windows;
    }
    Column times = LongForm.key(lines, step.name());
    return LongForm.places(LongForm.key(lines, id), times, at(times), steps.size());
  }

  /** Which step every line is, by its number or else by its word. */
  private int[] at(Column times) {
    boolean numbers = step.kind().isNumber() && times.kind().isNumber();
    Map<Object, Integer> known = new HashMap<>();
    for (int k = 0; k < steps.size(); k++) {
      Column cell = Column.of(step, new double[] {steps.get(k)});
      known.put(numbers ? steps.get(k) : String.valueOf(cell.text(0)), k);
    }
    int[] at = new int[times.count()];
    for (int i = 0; i < at.length; i++) {
      String text = String.valueOf(times.text(i));
      Integer place = known.get(numbers ? Double.valueOf(times.number(i)) : text);
      if (place == null) {
        throw new InvalidDataException(
            "need one of the "
                + steps.size()
                + " steps that were learned in '"
                + step.name()
                + "', got '"
                + text
                + "' in row "
                + (i + 1));
      }
      at[i] = place;
    }
    return at;
  }

  @Override
  public Table rows(Table lines) {
    List<int[]> places = places(lines);
    List<String> notes = new ArrayList<>(lines.notes());
    int left =
        lines.count()
            - (int) places.stream().flatMapToInt(Arrays::stream).filter(line -> line >= 0).count();
    if (left > 0) {
      notes.add(
          (left == 1 ? "the last line makes" : "the last " + left + " lines make")
              + " no whole row of "
              + steps.size()
              + " lines");
    }
    List<String> needed = new ArrayList<>(whole());
    needed.addAll(values);
    for (String name : needed) {
      if (!lines.names().contains(name)) {
        throw new InvalidDataException(
            "need a column '" + name + "', got " + Csv.shown(lines.names()));
      }
    }
    return rows(lines, whole(), places, notes);
  }

  @Override
  public Table filled(Table lines, Table filled, int draws) {
    int count = Math.multiplyExact(lines.count(), draws);
    int[] row = new int[lines.count()];
    int[] at = new int[lines.count()];
    Arrays.fill(row, -1);
    List<int[]> places = places(lines);
    for (int i = 0; i < places.size(); i++) {
      for (int k = 0; k < steps.size(); k++) {
        int line = places.get(i)[k];
        if (line >= 0) {
          row[line] = i;
          at[line] = k;
        }
      }
    }
    List<Column> columns = new ArrayList<>();
    for (String name : order) {
      boolean value = values.contains(name);
      if (!value && !filled.names().contains(name)) {
        continue;
      }
      double[] cells = new double[count];
      Field field = filled.column(value ? name(name, 0) : name).field().named(name);
      for (int i = 0; i < count; i++) {
        int line = i / draws;
        if (row[line] < 0) {
          cells[i] = Cells.of(lines.column(name), line);
        } else {
          Column from = filled.column(value ? name(name, at[line]) : name);
          cells[i] = Cells.of(from, row[line] * draws + i % draws);
        }
      }
      columns.add(Column.of(field, cells));
    }
    return Table.of(columns, lines.missing(), List.of());
  }

  @Override
  public Stacked with(Geometry geometry) {
    return new Stacked(id, step, steps, values, order, Optional.of(geometry));
  }

  @Override
  public String description() {
    return "every row is "
        + steps.size()
        + " lines, one for each "
        + step.name()
        + "; rows are told apart by "
        + id
        + ", and none goes on where another ends";
  }

  @Override
  public List<String> places() {
    return List.of(id, step.name());
  }

  @Override
  public long lines(long rows) {
    return Math.multiplyExact(rows, (long) steps.size());
  }

  @Override
  public Table lines(Table rows, long first) {
    int count = Math.toIntExact(lines(rows.count()));
    List<Column> columns = new ArrayList<>();
    for (String name : order) {
      if (name.equals(step.name())) {
        double[] cells = new double[count];
        for (int i = 0; i < count; i++) {
          cells[i] = steps.get(i % steps.size());
        }
        columns.add(Column.of(step, cells));
      } else if (values.contains(name)) {
        columns.add(value(rows, name, count));
      } else if (rows.names().contains(name)) {
        int[] each = new int[count];
        for (int i = 0; i < count; i++) {
          each[i] = i / steps.size();
        }
        columns.add(rows.column(name).gathered(name, each));
      } else {
        double[] cells = new double[count];
        for (int i = 0; i < count; i++) {
          cells[i] = first + i / steps.size();
        }
        columns.add(Column.numbers(Field.number(id, Kind.INTEGER, "0"), cells));
      }
    }
    return Table.of(columns, rows.missing(), rows.notes());
  }

  private Column value(Table rows, String value, int count) {
    double[] cells = new double[count];
    Field field = rows.column(name(value, 0)).field().named(value);
    for (int k = 0; k < steps.size(); k++) {
      Column column = rows.column(name(value, k));
      for (int i = 0; i < rows.count(); i++) {
        cells[i * steps.size() + k] = Cells.of(column, i);
      }
    }
    return Column.of(field, cells);
  }

  @Override
  public String toJson() {
    ObjectNode node = GeometryJson.object(geometry);
    ObjectNode stacked = node.putObject(KEY);
    ObjectNode type = stacked.put("id", id).putObject("step");
    type.put("name", step.name()).put("kind", step.kind().word()).put("pattern", step.pattern());
    type.set("categories", Json.words(step.categories()));
    stacked.set("steps", Json.numbers(steps.stream().mapToDouble(Double::doubleValue).toArray()));
    stacked.set("values", Json.words(values));
    stacked.set("order", Json.words(order));
    return Json.compact(node);
  }

  static Stacked read(Json.Part part, Optional<Geometry> geometry) {
    part.only("id", "step", "steps", "values", "order");
    Json.Part type = part.get("step").only("name", "kind", "pattern", "categories");
    List<String> order = part.get("order").list(Json.Part::text);
    try {
      Field step =
          new Field(
              type.get("name").text(),
              Kind.of(type.get("kind").text()).orElseThrow(() -> type.need("a kind of columns")),
              type.get("pattern").text(),
              type.get("categories").list(Json.Part::text),
              Double.NEGATIVE_INFINITY,
              Double.POSITIVE_INFINITY);
      double[] steps = part.get("steps").numbers();
      Column.of(step, steps); // fails where a step is no cell of the type
      Set<String> names = new HashSet<>(order);
      List<String> values = part.get("values").list(Json.Part::text);
      String id = part.get("id").text();
      boolean sound =
          names.size() == order.size()
              && names.containsAll(values)
              && names.contains(step.name())
              && names.contains(id)
              && !values.isEmpty()
              && steps.length > 0;
      if (sound) {
        List<Double> all = new ArrayList<>();
        for (double each : steps) {
          all.add(each);
        }
        return new Stacked(id, step, all, values, order, geometry);
      }
    } catch (IllegalArgumentException e) {
      throw type.need("the type of a column of steps");
    }
    throw part.need("distinct columns with an identifier, a step and values");
  }
}
