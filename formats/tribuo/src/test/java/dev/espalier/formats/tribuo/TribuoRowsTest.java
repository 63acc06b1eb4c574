package dev.espalier.formats.tribuo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Column;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Field;
import dev.espalier.tables.Kind;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tribuo.Dataset;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.multilabel.MultiLabel;
import org.tribuo.regression.Regressor;

class TribuoRowsTest {

  private static final Table BIRDS =
      Table.of(
          List.of(
              TribuoRows.numbers("bill", new double[] {39.1, Double.NaN, 0, 47.5}),
              TribuoRows.words("island", List.of("Biscoe", "Dream"), new int[] {0, 1, -1, 0}),
              TribuoRows.numbers("mass", new double[] {3750, 3800, 4100, Double.NaN}),
              TribuoRows.words("species", List.of("Adelie", "Gentoo"), new int[] {0, 0, 1, 1}),
              flags("wet", new int[] {0, 1, 1, -1}),
              flags("young", new int[] {1, 0, 1, -1})));

  private static Column flags(String name, int[] codes) {
    return Column.codes(Field.words(name, Kind.BOOLEAN, List.of("false", "true")), codes);
  }

  private static String text(Table table, String name) {
    Column column = table.column(name);
    StringBuilder cells = new StringBuilder();
    for (int i = 0; i < table.count(); i++) {
      cells.append(i == 0 ? "" : ",").append(column.missing(i) ? "" : column.text(i));
    }
    return cells.toString();
  }

  @Test
  void labelsComeBack() {
    Dataset<Label> data = new MutableDataset<>(TribuoRows.of(BIRDS).classification("species"));
    assertEquals(4, data.size());
    assertEquals(2, data.getOutputInfo().size());
    TribuoRows back = TribuoRows.of(data, TribuoRows.Absent.MISSING);
    for (String name : List.of("bill", "island", "mass")) {
      assertEquals(text(BIRDS, name), text(back.table(), name), name);
    }
    assertEquals(text(BIRDS, "species"), text(back.table(), TribuoRows.LABEL));
    assertEquals("false,true,true,", text(back.table(), "wet"));
  }

  @Test
  void absentFeaturesAreZeroWhereThatIsWhatTheyMean() {
    Dataset<Label> data = new MutableDataset<>(TribuoRows.of(BIRDS).classification("species"));
    Table zero = TribuoRows.of(data, TribuoRows.Absent.ZERO).table();
    assertEquals(0, zero.column("bill").number(1));
    assertEquals("Biscoe,Dream,,Biscoe", text(zero, "island"));
  }

  @Test
  void regressorsComeBackAndRowsWithoutThemStay() {
    Dataset<Regressor> data =
        new MutableDataset<>(TribuoRows.of(BIRDS).regression(List.of("mass", "bill")));
    assertEquals(2, data.size());
    Table back = TribuoRows.of(data, TribuoRows.Absent.MISSING).table();
    assertEquals(3750, back.column("mass").number(0));
    assertEquals(0, back.column("bill").number(1));
    assertThrows(
        IllegalArgumentException.class, () -> TribuoRows.of(BIRDS).regression(List.of("species")));
  }

  @Test
  void severalLabelsComeBack() {
    Dataset<MultiLabel> data =
        new MutableDataset<>(TribuoRows.of(BIRDS).multiLabel(List.of("wet", "young")));
    assertEquals(3, data.size());
    Table back = TribuoRows.of(data, TribuoRows.Absent.MISSING).table();
    assertEquals("false,true,true", text(back, "wet"));
    assertEquals("true,false,true", text(back, "young"));
    assertThrows(
        IllegalArgumentException.class, () -> TribuoRows.of(BIRDS).multiLabel(List.of("species")));
  }

  @Test
  void samplesComeBackWithTheirLabels() {
    Samples rows =
        Samples.of(2, new double[] {1, 2, Double.NaN, 4, 5, 6})
            .withLabels(List.of(Labels.of("side", List.of("left", "right"), new int[] {0, 1, 1})));
    TribuoRows there = TribuoRows.of(rows, List.of("x", "y"));
    assertEquals(rows, there.samples());
    Dataset<Label> data = new MutableDataset<>(there.classification("side"));
    Samples back = TribuoRows.of(data, TribuoRows.Absent.MISSING).samples();
    assertEquals(rows.columns(new int[] {0, 1}).withLabels(List.of()), back.withLabels(List.of()));
    assertEquals("right", back.label(TribuoRows.LABEL).orElseThrow().get(2));
    assertThrows(IllegalArgumentException.class, () -> TribuoRows.of(rows, List.of("x")));
  }

  @Test
  void provenanceTravelsBothWays() {
    Table numbers =
        Table.of(
            List.of(
                TribuoRows.numbers("a", new double[] {1.5, 2.5, 3.5, 4, 5.5}),
                TribuoRows.numbers("b", new double[] {2.5, 3, 5, 4.5, 8}),
                TribuoRows.words("kind", List.of("x", "y"), new int[] {0, 1, 0, 1, 0})));
    Pipeline pipeline = Pipeline.builder().estimator(new Gaussian()).seed(4).build();
    TableModel model = TableModel.fit(numbers, pipeline);
    TribuoRows drawn = TribuoRows.drawn(model, 6);
    assertEquals(Csv.print(model.draw(6)), Csv.print(drawn.table()));
    Dataset<Label> data = new MutableDataset<>(drawn.classification("kind"));
    String description = data.getProvenance().getSourceProvenance().toString();
    assertTrue(description.contains("rows 0 to 5 drawn with seed 4"), description);
    assertTrue(description.contains("estimator=gaussian("), description);
    assertTrue(description.contains(model.fitted().provenance().data()), description);
    TribuoRows back = TribuoRows.of(data, TribuoRows.Absent.MISSING);
    assertTrue(back.origin().startsWith("Tribuo data: "), back.origin());
    assertTrue(back.origin().contains("drawn with seed 4"), back.origin());
  }
}
