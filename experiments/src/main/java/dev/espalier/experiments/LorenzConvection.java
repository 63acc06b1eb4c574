package dev.espalier.experiments;

import dev.espalier.api.Graph;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.evaluation.Energy;
import dev.espalier.filtering.Analysis;
import dev.espalier.filtering.Assimilation;
import dev.espalier.filtering.EnsembleKalman;
import dev.espalier.filtering.Lorenz63;
import dev.espalier.filtering.ParticleAnalysis;
import dev.espalier.filtering.ScoreAnalysis;
import dev.espalier.filtering.Twin;
import dev.espalier.plugins.gmm.Gmm;
import dev.espalier.samplers.Samplers;
import java.util.ArrayList;
import java.util.List;

/**
 * Ensembles of the model of Lorenz (1963), its first column observed with a deviation of 2 each
 * quarter of a unit of time, against those of a particle filter with many particles.
 *
 * @param cycles observations, the first {@value #LEARNING} of which do not count
 * @param particles of the filter that counts as right
 */
record LorenzConvection(int cycles, int particles) {
  private static final int LEARNING = 10;
  private static final int MEMBERS = 4_000;
  private static final int COMPARED = 1_000;
  private static final long SEED = 63;
  private static final Lorenz63 CONVECTION = new Lorenz63(0.5);

  /** The filters compared. */
  enum Filter {
    PARTICLES,
    FEW_PARTICLES,
    MIXTURE,
    KALMAN;

    Analysis analysis() {
      return switch (this) {
        case PARTICLES, FEW_PARTICLES -> new ParticleAnalysis();
        case MIXTURE -> ScoreAnalysis.of(Gmm.components(16).withRestarts(1), Samplers.direct());
        case KALMAN -> new EnsembleKalman(Graph.chain(), Double.POSITIVE_INFINITY, 1);
      };
    }

    int members(int particles) {
      return this == PARTICLES ? particles : MEMBERS;
    }

    String text(int particles) {
      return switch (this) {
        case PARTICLES -> particles + " particles, other seed";
        case FEW_PARTICLES -> MEMBERS + " particles";
        case MIXTURE -> "score, mixture of 16, " + MEMBERS + " members";
        case KALMAN -> "ensemble Kalman, " + MEMBERS + " members";
      };
    }
  }

  /** {@value #COMPARED} members at the time of every observation that counts. */
  List<Samples> ensembles(Filter filter, long seed, Progress progress) {
    double[] start = Twin.climate(CONVECTION, 1, 20, SEED).row(0);
    Twin twin = Twin.of(CONVECTION, start, new Twin.Watch(0.25, cycles, List.of(0), 2), SEED + 1);
    int members = filter.members(particles);
    int[] some = new int[COMPARED];
    for (int i = 0; i < COMPARED; i++) {
      some[i] = (int) ((long) i * members / COMPARED);
    }
    List<Samples> ensembles = new ArrayList<>();
    Assimilation.of(CONVECTION, filter.analysis())
        .withSeed(seed)
        .withProgress(progress)
        .run(
            Twin.climate(CONVECTION, members, 20, SEED + 2),
            twin.observations(),
            cycle -> ensembles.add(cycle.analysis().rows(some)));
    return ensembles.subList(LEARNING, cycles);
  }

  /** The energy distance of ensembles, on average over time. */
  static double distance(List<Samples> some, List<Samples> others) {
    double sum = 0;
    for (int k = 0; k < some.size(); k++) {
      sum += Energy.distance(some.get(k), others.get(k)).value() / some.size();
    }
    return sum;
  }
}
