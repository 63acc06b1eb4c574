package dev.espalier.examples;

import dev.espalier.formats.tribuo.TribuoRows;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.stratified.Stratified;
import dev.espalier.runtime.Pipeline;
import dev.espalier.tables.Csv;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableModel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.classification.Label;
import org.tribuo.classification.dtree.CARTClassificationTrainer;
import org.tribuo.classification.evaluation.LabelEvaluation;
import org.tribuo.classification.evaluation.LabelEvaluator;

/** What is a Tribuo model worth on real rows that has only seen drawn ones? */
public final class TribuoOnDrawnRows {

  private TribuoOnDrawnRows() {}

  /**
   * Prints how well trees fitted to real and to drawn rows know real ones.
   *
   * @param arguments the file, if it is not {@code examples/data/penguins.csv}
   */
  public static void main(String... arguments) {
    Table penguins =
        Csv.read(Path.of(arguments.length > 0 ? arguments[0] : "examples/data/penguins.csv"));
    Table few = penguins.rows(every(penguins.count(), 4, true));
    Table rest = penguins.rows(every(penguins.count(), 4, false));
    Pipeline pipeline =
        Pipeline.builder()
            .estimator(Stratified.by("species").around(Gmm.components(1)))
            .seed(7)
            .build();

    // region augment
    TribuoRows real = TribuoRows.of(few);
    TribuoRows drawn = TribuoRows.drawn(TableModel.fit(few, pipeline), 1_000);
    Dataset<Label> more = new MutableDataset<>(drawn.classification("species"));
    Model<Label> model = new CARTClassificationTrainer(5).train(more);
    Dataset<Label> test = new MutableDataset<>(TribuoRows.of(rest).classification("species"));
    LabelEvaluation evaluation = new LabelEvaluator().evaluate(model, test);
    // endregion

    Dataset<Label> own = new MutableDataset<>(real.classification("species"));
    Model<Label> first = new CARTClassificationTrainer(5).train(own);
    System.out.println("a tree fitted to      accuracy  macro F1 on " + test.size() + " real rows");
    print(own.size() + " real rows", new LabelEvaluator().evaluate(first, test));
    print(more.size() + " drawn rows", evaluation);
    String source = model.getProvenance().getDatasetProvenance().getSourceProvenance().toString();
    System.out.println("its provenance has the model: " + source.contains("stratified(by=species"));
  }

  private static void print(String what, LabelEvaluation evaluation) {
    System.out.printf(
        Locale.ROOT,
        "%-20s %9.3f %9.3f%n",
        what,
        evaluation.accuracy(),
        evaluation.macroAveragedF1());
  }

  /** Every so many rows, or all others. */
  private static int[] every(int count, int step, boolean chosen) {
    return IntStream.range(0, count).filter(i -> (i % step == 0) == chosen).toArray();
  }
}
