package dev.espalier.tables;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import dev.espalier.testkit.Golden;
import dev.espalier.testkit.TravellingTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableModelTest {

  private static final Catalogue CATALOGUE = Catalogue.discover();
  private static final Table PENGUINS = Csv.read(Path.of("../examples/data/penguins.csv"));

  @TempDir Path folder;

  private static Pipeline pipeline(String estimator) {
    return Pipeline.parse(
        "pipeline(estimator=" + estimator + ", sampler=direct(), seed=7)", CATALOGUE);
  }

  private static Table parse(String text) {
    return Csv.parse("t.csv", text, CsvFormat.STANDARD, Schema.none());
  }

  private static double share(Table table, String column, String cell) {
    Column found = table.column(column);
    return IntStream.range(0, table.count())
            .filter(i -> cell.equals(String.valueOf(found.text(i))))
            .count()
        / (double) table.count();
  }

  @Test
  void penguinsComeOutAsPenguins() {
    for (String estimator :
        List.of(
            "gaussian()",
            "gmm(components=3)",
            "stratified(by=species, inner=gaussian())",
            "stratified(by=sex, inner=gmm(components=2))")) {
      Table drawn = TableModel.fit(PENGUINS, pipeline(estimator)).draw(4000);
      assertEquals(
          PENGUINS.columns().stream().map(Column::field).toList(),
          drawn.columns().stream().map(Column::field).toList());
      for (int year : new int[] {2007, 2008, 2009}) {
        assertTrue(share(drawn, "year", "" + year) > 0.1, estimator);
      }
      // The share of each category and of blanks is that of the data, from 4000 draws and a
      // calibration on 5000: alpha 1e-6 is 4.89 standard errors of both, and one part in a hundred
      // is left for shares that the bounded thresholds do not reach. Twice the share of blanks is
      // told apart.
      for (String column : List.of("species", "island", "sex")) {
        List<String> words = new ArrayList<>(PENGUINS.column(column).field().categories());
        words.add("null");
        for (String word : words) {
          double p = share(PENGUINS, column, word);
          double error = 4.89 * Math.sqrt(p * (1 - p) * (1 / 4000.0 + 1 / 5000.0));
          assertEquals(p, share(drawn, column, word), error + 0.01, estimator + " " + word);
        }
      }
      double blank = share(drawn, "sex", "null");
      double twice = 2 * 11 / 344.0;
      assertTrue(
          Math.abs(blank - twice)
              > 4.89 * Math.sqrt(twice * (1 - twice) * (1 / 4000.0 + 1 / 5000.0)),
          estimator + " " + blank);
    }
  }

  @Test
  void aModelFileKeepsEverything() throws IOException {
    EncoderOptions options =
        EncoderOptions.STANDARD.withNumbers(EncoderOptions.Numbers.NORMAL_SCORES);
    TableModel model =
        TableModel.fit(
            PENGUINS,
            pipeline("stratified(by=species, inner=gmm(components=2))"),
            options,
            Progress.silent());
    Path path = folder.resolve("penguins.esp");
    model.save(path);
    TableModel read = TableModel.load(path, CATALOGUE);
    assertEquals(Csv.print(model.draw(200)), Csv.print(read.draw(200)));
    assertEquals(model.notes(), read.notes());
    assertEquals(model.toString(), read.toString());
    Path again = folder.resolve("again.esp");
    read.save(again);
    assertArrayEquals(Files.readAllBytes(path), Files.readAllBytes(again));
    TableModel gentoo = read.given("species", "Gentoo");
    assertEquals(1, share(gentoo.draw(50), "species", "Gentoo"));

    Path plain = folder.resolve("plain.esp");
    ModelFile.write(plain, model.fitted());
    assertEquals(
        "'" + plain + "' holds a model of plain rows, not of a table",
        assertThrows(InvalidDataException.class, () -> TableModel.load(plain, CATALOGUE))
            .getMessage());
  }

  @Test
  void drawsDependOnSeedAndIndexAlone() {
    TableModel model =
        TableModel.fit(PENGUINS, pipeline("stratified(by=island, inner=gaussian())"));
    Table all = model.draw(300);
    assertEquals(all.rows(0, 100), model.draw(100));
    for (int threads = 1; threads <= 2; threads++) {
      assertEquals(
          all.rows(50, 90),
          model.draw(DrawRequest.Rows.range(50, 40), 7, Tasks.threads(threads), Progress.silent()));
    }
    TableModel again =
        TableModel.fit(PENGUINS, pipeline("stratified(by=island, inner=gaussian())"));
    assertEquals(Csv.print(all), Csv.print(again.draw(300)));
  }

  /** What becomes of tables that are hard to learn: a shape and notes, or one clear error. */
  @Test
  void hardTablesGiveAModelOrOneClearError() {
    TreeMap<String, String> cases = new TreeMap<>();
    cases.put("one row", "a,b\n1,x\n");
    cases.put("two equal rows", "a,b\n1,x\n1,x\n");
    cases.put("two rows", "a,b\n1,x\n2,y\n");
    cases.put("constant column", "a,b\n" + lines(30, i -> i * 0.5 + ",same"));
    cases.put("all-missing column", "a,b\n" + lines(30, i -> i * 0.5 + ","));
    cases.put("constant with gaps", "a,b\n" + lines(30, i -> i * 0.5 + (i % 3 == 0 ? "," : ",x")));
    cases.put("only words", "a\n" + lines(30, i -> i % 3 == 0 ? "x" : "y"));
    cases.put("row numbers", "id,b\n" + lines(30, i -> i + "," + i * 0.5));
    cases.put("two-valued", "a,b\n" + lines(30, i -> (i % 2 == 0 ? "0.1" : "1e9") + "," + i * 0.5));
    cases.put("scales", "a,b\n" + lines(30, i -> i * i + "e-12," + i * (30 - i) + "e12"));
    cases.put(
        "two-row category",
        "a,b\n" + lines(40, i -> i * i % 17 * 0.5 + (i < 2 ? ",rare" : i % 2 == 0 ? ",x" : ",y")));
    cases.put("many categories", "a,b\n" + lines(400, i -> i * i % 97 * 0.5 + ",word " + i % 150));
    cases.put(
        "wide and short",
        lines(
                1,
                i ->
                    IntStream.range(0, 200).mapToObj(j -> "c" + j).collect(Collectors.joining(",")))
            + lines(
                50,
                i ->
                    IntStream.range(0, 200)
                        .mapToObj(j -> (i * 7919 + j * 104729 + i * j * 31) % 1009 * 0.25 + "")
                        .collect(Collectors.joining(","))));
    StringBuilder told = new StringBuilder();
    cases.forEach(
        (name, text) -> {
          for (String estimator :
              List.of("gaussian()", "gmm(components=2)", "stratified(by=b, inner=gaussian())")) {
            told.append(name).append(", ").append(estimator).append(": ");
            try {
              TableModel model = TableModel.fit(parse(text), pipeline(estimator));
              Table drawn = model.draw(20);
              told.append(drawn.count()).append(" rows");
              List<String> notes = new ArrayList<>(model.notes());
              notes.removeAll(model.fitted().notes());
              notes.forEach(note -> told.append("; ").append(note));
            } catch (InvalidDataException | IllegalArgumentException e) {
              told.append(e.getClass().getSimpleName()).append(": ").append(e.getMessage());
            }
            told.append('\n');
          }
        });
    Golden.matches("hard-tables.txt", told.toString());
  }

  private static String lines(int count, java.util.function.IntFunction<String> line) {
    return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n")) + "\n";
  }

  @Test
  void aModelThatTravelledDrawsAndTellsTheSame() {
    TableModel model =
        TableModel.fit(PENGUINS, pipeline("stratified(by=species, inner=gmm(components=2))"))
            .given("species=Adelie, body_mass_g>4000");
    List<String> there =
        new TravellingTasks()
            .map(1, (i, share) -> new ArrayList<>(told(model)), Progress.silent())
            .get(0);
    assertEquals(told(model), there);
  }

  /** The notes, the provenance and some rows. */
  private static List<String> told(TableModel model) {
    List<String> told = new ArrayList<>(model.notes());
    told.add(model.fitted().provenance().toString());
    Table rows = model.draw(50);
    for (Column column : rows.columns()) {
      told.add(column.field().toString());
      IntStream.range(0, 50).forEach(i -> told.add(String.valueOf(column.text(i))));
    }
    return told;
  }
}
