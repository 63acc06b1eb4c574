package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.PathObserver;
import dev.espalier.api.Samples;
import dev.espalier.tables.Column;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToDoubleFunction;

/** Where drawn rows are on their way, kept in memory: a line for every row and step. */
final class PathTable implements PathObserver {
  private static final long serialVersionUID = 1;

  private final ConcurrentSkipListMap<Place, State> states = new ConcurrentSkipListMap<>();

  /** A row and how many steps it has taken. */
  private record Place(long row, int step) implements Comparable<Place>, Serializable {
    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::row).thenComparingInt(Place::step);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }
  }

  /** A noisy row and its level. */
  private record State(NoiseLevel level, List<Double> values) implements Serializable {}

  @Override
  public void reached(int step, NoiseLevel level, DrawRequest.Rows rows, Samples values) {
    for (int i = 0; i < rows.count(); i++) {
      List<Double> row = new ArrayList<>();
      for (double value : values.row(i)) {
        row.add(value);
      }
      states.put(new Place(rows.index(i), step), new State(level, List.copyOf(row)));
    }
  }

  /** Whether no sampler has shown anything. */
  boolean isEmpty() {
    return states.isEmpty();
  }

  /**
   * The lines, by row and then by step: {@code row}, {@code step}, {@code signal} and {@code noise}
   * with {@code x = signal·x0 + noise·w}, and the numbers of x.
   *
   * @param names of the numbers of a row
   */
  Table table(List<String> names) {
    List<Column> columns = new ArrayList<>();
    columns.add(column("row", Kind.INTEGER, names, (Place place) -> place.row()));
    columns.add(column("step", Kind.INTEGER, names, (Place place) -> place.step()));
    columns.add(column("signal", Kind.CONTINUOUS, names, place -> states.get(place).level().a()));
    columns.add(
        column("noise", Kind.CONTINUOUS, names, place -> Math.sqrt(states.get(place).level().b())));
    for (int j = 0; j < names.size(); j++) {
      int at = j;
      columns.add(
          column(names.get(j), Kind.CONTINUOUS, List.of(), p -> states.get(p).values().get(at)));
    }
    return Table.of(columns);
  }

  /** A column of another name than those taken. */
  private Column column(
      String name, Kind kind, List<String> taken, ToDoubleFunction<Place> number) {
    String free = name;
    while (taken.contains(free)) {
      free = "(" + free + ")";
    }
    Field field = Field.number(free, kind, kind == Kind.INTEGER ? "0" : "any");
    return Column.numbers(field, states.keySet().stream().mapToDouble(number).toArray());
  }
}
