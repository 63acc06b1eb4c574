package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
    List<String> placed = new ArrayList<>();
    for (String value : values) {
      for (int k = 0; k < steps.size(); k++) {
        int at = k;
        int[] rows = places.stream().mapToInt(each -> each[at]).toArray();
        placed.add(name(value, k));
        columns.add(lines.column(value).gathered(name(value, k), rows));
      }
    }
    Table rows = Table.of(columns, lines.missing(), lines.notes());
    return new Arranged(rows, with(new Geometry.Series(placed, values.size())));
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
