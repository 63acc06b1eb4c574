package dev.espalier.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.tables.Column;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * On real tables: copies of the training rows are memorised, rows whose columns were shuffled have
 * broken pairs, and real rows that nobody looked at are indistinguishable.
 */
@Tag("long")
class RealTablesVerdictTest {

  private static final int MOST = 250;

  /** Three random parts of a table, of equal size. */
  private static List<Table> thirds(Table table) {
    RandomGenerator random = new Streams(3).stream("thirds", 0);
    int[] order = new int[table.count()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    Table mixed = table.rows(order);
    int size = Math.min(MOST, order.length / 3);
    return List.of(mixed.rows(0, size), mixed.rows(size, 2 * size), mixed.rows(2 * size, 3 * size));
  }

  /** Every column in an order of its own. */
  private static Table shuffled(Table table) {
    List<Column> columns = new ArrayList<>();
    for (int j = 0; j < table.columns().size(); j++) {
      RandomGenerator random = new Streams(5).stream("column", j);
      int[] order = new int[table.count()];
      for (int i = 0; i < order.length; i++) {
        int k = random.nextInt(i + 1);
        order[i] = order[k];
        order[k] = i;
      }
      columns.add(table.columns().get(j).rows(order));
    }
    return Table.of(columns);
  }

  private static Verdict verdict(Table train, Table test, Table drawn) {
    return TableReport.of(
            new TableReport.Input(train, test, drawn, List.of(), List.of()),
            1,
            Tasks.threads(2),
            Progress.silent())
        .verdict();
  }

  @ParameterizedTest
  @ValueSource(strings = {"penguins", "diamonds_5k", "digits_8x8", "landsat7_nir_patches_8x8"})
  void copiesShufflesAndRealRowsAreCalledWhatTheyAre(String name) {
    List<Table> parts = thirds(TableFiles.read(Path.of("../examples/data/" + name + ".csv")));
    Table train = parts.get(0);
    Table test = parts.get(1);
    Table fresh = parts.get(2);
    Verdict copy = verdict(train, test, train);
    assertEquals(Verdict.Kind.MEMORISED, copy.kind(), copy::text);
    Verdict shuffled = verdict(train, test, shuffled(fresh));
    assertEquals(Verdict.Kind.BROKEN_PAIRS, shuffled.kind(), shuffled::text);
    Verdict oracle = verdict(train, test, fresh);
    assertEquals(Verdict.Kind.INDISTINGUISHABLE, oracle.kind(), oracle::text);
  }
}
