package dev.espalier.estimators.tribuo;

import dev.espalier.samplers.Flow;

/** Regressions that are learned in no time. */
final class Small {

  private Small() {}

  static TribuoRegression regression() {
    return TribuoRegression.by(XgBoost.standard().withTrees(6).withDepth(3), new Flow())
        .withCopies(3)
        .withLevels(4);
  }

  static TribuoRegression regression(RegressionTrainer trainer) {
    return TribuoRegression.by(trainer, new Flow()).withCopies(3).withLevels(4);
  }
}
