package dev.espalier.examples;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Score;
import dev.espalier.api.Tasks;
import dev.espalier.evaluation.Certificate;
import dev.espalier.evaluation.SamplerCertificate;
import dev.espalier.samplers.Move;
import dev.espalier.samplers.Stepper;
import dev.espalier.samplers.Walk;
import java.util.Locale;

/** Is the sampler that I wrote right, and of the order that I think? */
public final class CertifyYourSampler {
  private CertifyYourSampler() {}

  // region stepper
  /** The trapezium rule in units of the noise: of second order if the weight is one half. */
  record Trapezium(double weight) implements Stepper {
    @Override
    public void step(Move move, double[] x, double[] out) {
      NoiseLevel from = move.from();
      NoiseLevel to = move.to();
      double[] first = noise(move.score(), from, x);
      for (int i = 0; i < x.length; i++) {
        double clean = from.a() == 0 ? 0 : (x[i] - Math.sqrt(from.b()) * first[i]) / from.a();
        out[i] = to.a() * clean + Math.sqrt(to.b()) * first[i];
      }
      if (from.a() > 0 && to.b() > 0) {
        double[] second = noise(move.score(), to, out);
        double length = to.a() * (to.sigma() - from.sigma());
        for (int i = 0; i < x.length; i++) {
          out[i] += length * weight * (second[i] - first[i]);
        }
      }
    }

    /** The noise that the score takes to be in the rows, of unit variance. */
    private static double[] noise(Score score, NoiseLevel level, double[] x) {
      double[] mean = new double[x.length];
      score.posteriorMean(level, x, mean);
      for (int i = 0; i < x.length; i++) {
        mean[i] = (x[i] - level.a() * mean[i]) / Math.sqrt(level.b());
      }
      return mean;
    }

    @Override
    public int order() {
      return 2;
    }

    @Override
    public boolean isRandom() {
      return false;
    }
  }

  // endregion

  /** Prints certificates of a stepper that is right and of one with a wrong weight in it. */
  public static void main(String... arguments) {
    for (double weight : new double[] {0.5, 0.6}) {
      // region certify
      SamplerCertificate certificate =
          SamplerCertificate.of("mine", Walk.of(new Trapezium(weight), 32))
              .with(SamplerCertificate.Effort.QUICK);
      Certificate found = certificate.measure(Tasks.here(), Progress.silent());
      // endregion
      System.out.printf(
          Locale.ROOT,
          "weight %.1f: promised order %d, measured %.2f; passed: %s%n",
          weight,
          found.promised(),
          found.measured(),
          found.passed());
    }
  }
}
