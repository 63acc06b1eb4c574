package dev.espalier.estimators.tribuo;

import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.evaluation.Learner;
import java.util.ArrayList;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Prediction;
import org.tribuo.Trainer;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/** A Tribuo model that tells the rows of two sets apart. */
record Told(Model<Label> model) implements Learner.Classifier {

  private static final String ZERO = "0";
  private static final String ONE = "1";

  static Told learn(Trainer<Label> trainer, Samples zero, Samples one, Progress progress) {
    progress.check();
    LabelFactory labels = new LabelFactory();
    MutableDataset<Label> data =
        new MutableDataset<>(
            new SimpleDataSourceProvenance("Espalier: two sets", Provenances.NEVER, labels),
            labels);
    examples(zero, new Label(ZERO)).forEach(data::add);
    examples(one, new Label(ONE)).forEach(data::add);
    Model<Label> model = Trained.by(trainer, data);
    if (model instanceof XGBoostModel<?> boosted) {
      boosted.setNumThreads(1);
    }
    progress.check();
    return new Told(model);
  }

  private static List<Example<Label>> examples(Samples rows, Label label) {
    String[] names = new String[rows.columns()];
    for (int j = 0; j < names.length; j++) {
      names[j] = Features.column(j);
    }
    List<Example<Label>> examples = new ArrayList<>(rows.count());
    for (int i = 0; i < rows.count(); i++) {
      examples.add(new ArrayExample<>(label, names, rows.row(i)));
    }
    return examples;
  }

  @Override
  public double chance(double[] row) {
    return chances(Samples.of(row.length, row))[0];
  }

  @Override
  public double[] chances(Samples rows) {
    double[] chances = new double[rows.count()];
    if (chances.length == 0) {
      return chances;
    }
    List<Prediction<Label>> told = model.predict(examples(rows, LabelFactory.UNKNOWN_LABEL));
    for (int i = 0; i < chances.length; i++) {
      double zero = score(told.get(i), ZERO);
      double one = score(told.get(i), ONE);
      chances[i] = zero + one > 0 ? one / (zero + one) : 0.5;
    }
    return chances;
  }

  private static double score(Prediction<Label> told, String label) {
    Label found = told.getOutputScores().get(label);
    return found == null ? 0 : found.getScore();
  }
}
