package dev.espalier.samplers;

import dev.espalier.api.Guidance;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.api.TimeGrid;
import java.util.List;

/** Makes the schedules, grids and samplers of this package available by name. */
public final class SamplersPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        schedule("ou", Ou.class, "Ornstein-Uhlenbeck: a = exp(-h t), b = 1 - exp(-2 h t)"),
        schedule("vplinear", VpLinear.class, "variance preserving, rate of noise linear in time"),
        schedule("vpcosine", VpCosine.class, "variance preserving, signal along a cosine"),
        schedule("ve", Ve.class, "variance exploding, deviation geometric in time"),
        schedule("edm", Edm.class, "variance exploding, deviation linear in time"),
        schedule("flow", Flow.class, "straight line: a = 1 - t, deviation t"),
        grid("uniform", UniformTime.class, "even times of a schedule"),
        grid("focus", Focus.class, "log signal-to-noise ratios that crowd around 0"),
        grid("logsnr", UniformLogSnr.class, "even log signal-to-noise ratios"),
        grid("cosine", Cosine.class, "even angles of signal and noise"),
        grid("karras", Karras.class, "even roots of the deviation, fine close to the data"),
        grid("lossadaptive", LossAdaptive.class, "levels that crowd where the loss falls"),
        grid("licaiwei", LiCaiWei.class, "the levels of Li, Cai and Wei for Gaussian mixtures"),
        grid("liyan", LiYan.class, "the levels of Li and Yan, geometric and then even"),
        walk("ddpm", new Ddpm(), "noise right for unit variance; keeps a standard normal exactly"),
        walk("ancestral", new Ancestral(), "noise right for points: exact off a subspace"),
        walk("posterior", new Posterior(), "matches the posterior covariance; needs curvature"),
        new SteppedProvider<>(
            "ddim",
            "from no noise on the way (eta=0) to that of 'ancestral' (eta=1)",
            Ddim.class,
            DdimSettings.class,
            DdimSettings::of),
        walk("euler", new Euler(), "probability-flow equation, first order, no noise on the way"),
        walk("heun", new Heun(), "probability-flow equation, second order, two evaluations a step"),
        walk("dpm", new Dpm(), "probability-flow equation, second order, one evaluation a step"),
        walk("unipc", new UniPc(), "probability-flow equation, third order, one evaluation a step"),
        walk("dpmsde", new DpmSde(), "as 'dpm', with the noise of 'ancestral'"),
        walk("dpm2", new Dpm2(), "probability-flow equation, midpoint, two evaluations a step"),
        new SteppedProvider<>(
            "lms",
            "probability-flow equation, order up to 4, one evaluation a step",
            Lms.class,
            LmsSettings.class,
            LmsSettings::of),
        walk("midpoint", new RandomMidpoint(), "probability-flow equation at random midpoints"),
        new SteppedProvider<>(
            "edmheun",
            "as 'heun', with noise added before each step (churn)",
            Churned.class,
            ChurnedSettings.class,
            ChurnedSettings::of),
        new SteppedProvider<>(
            "pc",
            "predictor-corrector: 'ancestral' with Langevin corrections",
            Corrected.class,
            CorrectedSettings.class,
            CorrectedSettings::of),
        new SteppedProvider<>(
            "langevin",
            "annealed Langevin dynamics; many evaluations, and a bias that stays",
            Langevin.class,
            LangevinSettings.class,
            LangevinSettings::of),
        Provider.of(
            Sampler.class,
            "adaptive",
            Adaptive.class,
            "probability-flow equation, order 5, steps of its own for every row"),
        Provider.of(
            Sampler.class,
            "direct",
            Direct.class,
            "draws from the law itself where the score can, else by another sampler"),
        guidance("matching", Matching.class, "right mean and covariance of the clean row"),
        guidance("pigdm", Isotropic.class, "one variance for the clean row in every direction"),
        guidance("dps", Dps.class, "down the gradient of the distance to what was observed"),
        guidance("replacement", Replacement.class, "what was observed in place of what is drawn"),
        guidance("repaint", Repaint.class, "as 'replacement', every step taken several times"),
        guidance(
            "classifierfree", ClassifierFree.class, "the score of a category and beyond (labels)"));
  }

  private static <T extends Record & Guidance> Provider<?> guidance(
      String name, Class<T> type, String summary) {
    return Provider.of(Guidance.class, name, type, summary);
  }

  private static <T extends Record & NoiseSchedule> Provider<?> schedule(
      String name, Class<T> type, String summary) {
    return Provider.of(NoiseSchedule.class, name, type, summary);
  }

  private static <T extends Record & TimeGrid> Provider<?> grid(
      String name, Class<T> type, String summary) {
    return Provider.of(TimeGrid.class, name, type, summary);
  }

  private static Provider<Sampler> walk(String name, Stepper stepper, String summary) {
    return new WalkProvider(name, summary, stepper);
  }
}
