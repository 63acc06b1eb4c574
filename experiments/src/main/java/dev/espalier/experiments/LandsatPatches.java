package dev.espalier.experiments;

import dev.espalier.api.Graph;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.MarkovField;
import dev.espalier.estimators.network.Network;
import dev.espalier.plugins.localized.Localized;
import dev.espalier.plugins.localized.Wider;
import java.util.ArrayList;
import java.util.List;

/**
 * Patches of a satellite image, 8 × 8 near-infrared cells: what localized scores gain over scores
 * of all cells, by the number of patches to learn from.
 */
final class LandsatPatches {
  static final String GAUSSIAN = "gaussian()";
  static final String LOCAL_GAUSSIAN = "localized(grid(8,8), auto, share=true, gaussian())";

  private static final String NETWORK = "network([64,64])";
  private static final String WIDE_NETWORK = "network([256,256])";
  private static final String LOCAL_NETWORK =
      "localized(grid(8,8), 2, wider, share=true, network([32,32]))";

  private static final int SIDE = 8;
  static final Images PATCHES =
      new Images("landsat7_nir_patches_8x8.csv", SIDE * SIDE, "order of patches");

  private static final int STEPS = 1000;
  private static final int FEW = 300;
  private static final Graph GRID = Graph.grid(SIDE, SIDE);

  private LandsatPatches() {}

  /**
   * All of it. Noise whose log SNR is below −6.5 is half as strong as the image, so that all cells
   * count in windows of networks, and below −5.2 those within 4 steps.
   */
  static LearningCurves full() {
    Localized wider =
        Localized.on(GRID)
            .withRadius(2)
            .withWider(List.of(new Wider(-5.2, 4), new Wider(-6.5, 2 * SIDE - 2)))
            .shared();
    List<LearningCurves.Promise> promises = new ArrayList<>();
    for (String local : List.of(LOCAL_GAUSSIAN, LOCAL_NETWORK)) {
      for (String all : List.of(GAUSSIAN, NETWORK, WIDE_NETWORK)) {
        promises.add(new LearningCurves.Promise(local, all, FEW, -3));
      }
    }
    return new LearningCurves(
        "landsat",
        "localized scores of satellite image patches, beside scores of all cells",
        "8 x 8 patches of a satellite image",
        PATCHES,
        392,
        List.of(100, FEW, 1000, 1500),
        5,
        List.of(
            new LearningCurves.Learner(GAUSSIAN, false, new Gaussian()),
            new LearningCurves.Learner(NETWORK, false, Network.hidden(64, 64).steps(STEPS)),
            new LearningCurves.Learner(WIDE_NETWORK, false, Network.hidden(256, 256).steps(STEPS)),
            new LearningCurves.Learner(
                "markovfield(grid(8,8,1,2))",
                true,
                MarkovField.on(new Graph.Grid(SIDE, SIDE, 1, 2))),
            new LearningCurves.Learner(
                LOCAL_GAUSSIAN, true, Localized.on(GRID).shared().around(new Gaussian())),
            new LearningCurves.Learner(
                LOCAL_NETWORK, true, wider.around(Network.hidden(32, 32).steps(STEPS)))),
        promises,
        List.of(new LearningCurves.Closing(LOCAL_GAUSSIAN, GAUSSIAN)));
  }
}
