package dev.espalier.estimators.tribuo;

import dev.espalier.api.Setting;
import org.tribuo.Trainer;
import org.tribuo.common.sgd.AbstractSGDTrainer;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.regression.Regressor;
import org.tribuo.regression.sgd.linear.LinearSGDTrainer;
import org.tribuo.regression.sgd.objectives.SquaredLoss;

/**
 * A linear model of all outputs by stochastic gradient descent with AdaGrad (Duchi, Hazan and
 * Singer, 2011): a normal law at every level.
 *
 * @param epochs how often every row is seen
 * @param rate the rate of learning
 * @param batch the rows of one step
 */
public record LinearSgd(
    @Setting(value = "10", help = "how often every row is seen, at least 1") int epochs,
    @Setting(value = "0.1", help = "rate of learning; > 0") double rate,
    @Setting(value = "16", help = "rows of one step, at least 1") int batch)
    implements RegressionTrainer {

  private static final int NEVER = -1;

  private static final Talkative TALKATIVE = Talkative.of(AbstractSGDTrainer.class);

  /** Ten epochs at rate 0.1. */
  public static LinearSgd standard() {
    return new LinearSgd(10, 0.1, 16);
  }

  /** Checks the ranges. */
  public LinearSgd {
    if (!(epochs >= 1 && batch >= 1 && rate > 0 && rate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "need epochs >= 1, batch >= 1 and a finite rate > 0, got epochs="
              + epochs
              + ", batch="
              + batch
              + ", rate="
              + rate);
    }
  }

  /** This model seeing every row as often. */
  public LinearSgd withEpochs(int epochs) {
    return new LinearSgd(epochs, rate, batch);
  }

  @Override
  public Trainer<Regressor> trainer(long seed) {
    TALKATIVE.hush();
    return new LinearSGDTrainer(
        new SquaredLoss(), new AdaGrad(rate, 1e-6), epochs, NEVER, batch, seed);
  }

  @Override
  public double seconds(double rows, int features, int outputs) {
    return 1e-8 * epochs * outputs * rows * features;
  }
}
