package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.samplers.Affine;
import dev.espalier.samplers.Ddpm;
import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The Kullback–Leibler divergence between the path of the noising process and that of the sampler.
 *
 * <p>Along a noised path {@code x_1, …, x_T} it is the mean of {@code log p_1(x_1) + Σ (log N(x_t;
 * r·x_{t−1}, v) − log N(x_{t−1}; μ_t(x_t), σ_t²)) − log N(x_T; 0, I)}. It needs no density of the
 * output, so it is to be had in any dimension.
 *
 * @param law the target
 * @param levels the noisy levels, the noisiest first
 * @param seed of the paths
 */
record PathDivergence(GaussianMixture law, List<NoiseLevel> levels, long seed)
    implements Serializable {

  /** Paths in one piece of work. */
  private static final int BLOCK = 50;

  /** Copies. */
  PathDivergence {
    levels = List.copyOf(levels);
  }

  /** The mean over paths. */
  double measure(int paths, Tasks tasks, Progress progress) {
    List<Double> sums =
        tasks.map((paths + BLOCK - 1) / BLOCK, (i, share) -> block(i, paths, share), progress);
    double sum = 0;
    for (double each : sums) {
      sum += each;
    }
    return sum / paths;
  }

  private double block(int index, int paths, Progress progress) {
    progress.check();
    int count = Math.min(BLOCK, paths - index * BLOCK);
    int d = law.columns();
    RandomGenerator random = new Streams(seed).stream("path", index);
    NoiseLevel cleanest = levels.get(levels.size() - 1);
    double[] x = new double[count * d];
    double[] row = new double[d];
    for (int i = 0; i < count; i++) {
      law.draw(random, row);
      for (int j = 0; j < d; j++) {
        x[i * d + j] = cleanest.a() * row[j] + Math.sqrt(cleanest.b()) * random.nextGaussian();
      }
    }
    double[] logs = new double[count];
    law.logDensity(cleanest, x, logs);
    double sum = 0;
    for (double log : logs) {
      sum += log;
    }
    for (int k = levels.size() - 1; k > 0; k--) {
      double[] noisier = new double[x.length];
      sum += step(levels.get(k - 1), levels.get(k), x, noisier, random);
      x = noisier;
    }
    for (double value : x) {
      sum += 0.5 * (value * value + StrictMath.log(2 * Math.PI));
    }
    progress.report("following paths", 1);
    return sum;
  }

  /** Noises the rows and returns the difference of the log densities forth and back. */
  private double step(
      NoiseLevel from, NoiseLevel to, double[] x, double[] noisier, RandomGenerator random) {
    NoiseLevel noising = to.to(from);
    double deviation = Math.sqrt(noising.b());
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double z = random.nextGaussian();
      noisier[i] = noising.a() * x[i] + deviation * z;
      sum -= 0.5 * z * z;
    }
    Affine.Factors factors = new Ddpm().factors(from, to);
    double[] mean = new double[x.length];
    law.posteriorMean(from, noisier, mean);
    for (int i = 0; i < x.length; i++) {
      double back = x[i] - factors.keep() * noisier[i] - factors.pull() * mean[i];
      double z = back / factors.noise();
      sum += 0.5 * z * z;
    }
    return sum + x.length * (StrictMath.log(factors.noise()) - StrictMath.log(deviation));
  }
}
