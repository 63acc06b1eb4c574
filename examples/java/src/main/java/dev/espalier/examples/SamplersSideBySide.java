package dev.espalier.examples;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.evaluation.Energy;
import dev.espalier.samplers.Samplers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/** How far from the law are the draws of each sampler, when the score is exact? */
public final class SamplersSideBySide {
  private static final int ROWS = 2_000;

  private SamplersSideBySide() {}

  /** Prints the energy distance to exact draws, by sampler and number of steps. */
  public static void main(String... arguments) {
    Score score =
        GaussianMixture.of(
            List.of(
                component(0.5, -1.5, 0, 0.04, 0.09),
                component(0.3, 1, 1, 0.25, 0.01),
                component(0.2, 1, -1.2, 0.09, 0.09)));
    Samples exact = draw(score, Samplers.direct(), 1);
    Map<String, IntFunction<Sampler>> samplers = new LinkedHashMap<>();
    samplers.put("ddpm", Samplers::ddpm);
    samplers.put("ancestral", Samplers::ancestral);
    samplers.put("posterior", Samplers::posterior);
    samplers.put("ddim", steps -> Samplers.ddim(steps, 0));
    samplers.put("dpm", Samplers::dpm);
    samplers.put("heun", Samplers::heun);
    samplers.put("unipc", Samplers::uniPc);
    System.out.println("energy distance to exact draws, in thousandths");
    System.out.println("sampler      4 steps  16 steps  64 steps");
    samplers.forEach(
        (name, sampler) -> {
          StringBuilder line = new StringBuilder(String.format("%-10s", name));
          for (int steps : new int[] {4, 16, 64}) {
            double distance = distance(exact, draw(score, sampler.apply(steps), 2));
            line.append(String.format(Locale.ROOT, "%10.2f", distance));
          }
          System.out.println(line);
        });
    StringBuilder chance = new StringBuilder("other exact draws, by chance: ");
    for (long seed = 2; seed < 7; seed++) {
      double distance = distance(exact, draw(score, Samplers.direct(), seed));
      chance.append(String.format(Locale.ROOT, "%6.2f", distance));
    }
    System.out.println(chance);
  }

  private static Component component(double weight, double x, double y, double vx, double vy) {
    return Component.of(weight, new double[] {x, y}, Covariance.diagonal(new double[] {vx, vy}));
  }

  private static Samples draw(Score score, Sampler sampler, long seed) {
    return sampler.draw(DrawRequest.of(score, ROWS).withSeed(seed));
  }

  private static double distance(Samples one, Samples other) {
    return 1_000 * Energy.distance(one, other).value();
  }
}
