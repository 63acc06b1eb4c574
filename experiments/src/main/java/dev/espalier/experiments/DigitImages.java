package dev.espalier.experiments;

import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.network.Network;
import dev.espalier.plugins.gmm.CovarianceKind;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.plugins.subspace.Subspace;
import java.util.List;

/**
 * Handwritten digits of 8 × 8 cells: what a law of few directions, with a normal law of its own off
 * them, gains over scores of all cells, by the number of images to learn from.
 */
final class DigitImages {
  static final String GAUSSIAN = "gaussian()";
  static final String NETWORK = "network([64,64])";
  static final String WIDE_NETWORK = "network([256,256])";
  static final String MIXTURE = "subspace(16, residual=normal, inner=gmm(20, tied))";

  static final Images IMAGES = new Images("digits_8x8.csv", 64, "order of digits");

  private static final int STEPS = 1000;

  private DigitImages() {}

  static LearningCurves full() {
    Subspace near = Subspace.rank(16).residual(Subspace.Residual.NORMAL);
    Gmm mixture = Gmm.components(20).withCovariance(CovarianceKind.TIED);
    Network narrow = Network.hidden(64, 64).steps(STEPS);
    return new LearningCurves(
        "digits",
        "scores of handwritten digits near a subspace, beside scores of all cells",
        "8 x 8 handwritten digits",
        IMAGES,
        597,
        List.of(100, 300, 1200),
        5,
        List.of(
            new LearningCurves.Learner(GAUSSIAN, false, new Gaussian()),
            new LearningCurves.Learner(NETWORK, false, narrow),
            new LearningCurves.Learner(WIDE_NETWORK, false, Network.hidden(256, 256).steps(STEPS)),
            new LearningCurves.Learner("gmm(20, tied)", false, mixture),
            new LearningCurves.Learner(
                "subspace(auto, inner=gaussian())", true, Subspace.chosen().around(new Gaussian())),
            new LearningCurves.Learner(MIXTURE, true, near.around(mixture)),
            new LearningCurves.Learner(
                "subspace(16, residual=normal, inner=network([64,64]))",
                true,
                near.around(narrow))),
        List.of(
            new LearningCurves.Promise(MIXTURE, GAUSSIAN, 300, -3),
            new LearningCurves.Promise(MIXTURE, NETWORK, 300, -2),
            new LearningCurves.Promise(MIXTURE, WIDE_NETWORK, 300, -2)),
        List.of(
            new LearningCurves.Closing(MIXTURE, NETWORK),
            new LearningCurves.Closing(MIXTURE, WIDE_NETWORK)));
  }
}
