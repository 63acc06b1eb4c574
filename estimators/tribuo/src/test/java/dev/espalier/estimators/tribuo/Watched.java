package dev.espalier.estimators.tribuo;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.tribuo.Dataset;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Trainer;
import org.tribuo.provenance.TrainerProvenance;
import org.tribuo.regression.Regressor;

/** A trainer that keeps what it was given to learn from, and learns it by another trainer. */
record Watched(RegressionTrainer inner) implements RegressionTrainer {

  /** The examples of every training, in any order. */
  static final List<List<Example<Regressor>>> SEEN =
      Collections.synchronizedList(new ArrayList<>());

  @Override
  public Trainer<Regressor> trainer(long seed) {
    Trainer<Regressor> trainer = inner.trainer(seed);
    return new Trainer<>() {
      @Override
      public Model<Regressor> train(Dataset<Regressor> data, Map<String, Provenance> run) {
        SEEN.add(List.copyOf(data.getData()));
        return trainer.train(data, run);
      }

      @Override
      public Model<Regressor> train(
          Dataset<Regressor> data, Map<String, Provenance> run, int invocations) {
        SEEN.add(List.copyOf(data.getData()));
        return trainer.train(data, run, invocations);
      }

      @Override
      public int getInvocationCount() {
        return trainer.getInvocationCount();
      }

      @Override
      public void setInvocationCount(int count) {
        trainer.setInvocationCount(count);
      }

      @Override
      public TrainerProvenance getProvenance() {
        return trainer.getProvenance();
      }
    };
  }

  @Override
  public Gaps gaps() {
    return inner.gaps();
  }

  @Override
  public boolean separable() {
    return inner.separable();
  }

  @Override
  public double seconds(double rows, int features, int outputs) {
    return inner.seconds(rows, features, outputs);
  }
}
