package dev.espalier.samplers;

import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import java.util.List;

/**
 * Guidance that takes the clean row given a noisy one for normal with the same variance in every
 * direction (Song et al., 2023, <i>Pseudoinverse-guided diffusion models</i>).
 *
 * <p>The posterior mean moves by {@code (b/a)·Jᵀ·Hᵀ·(r²·H·Hᵀ + R)⁻¹·(y − H·m)} with {@code r² =
 * b/(a² + b)}, right for standardised columns. For columns and weighted sums.
 */
public record Isotropic() implements Guidance {

  @Override
  public Score guide(Score score, List<Observation> observations) {
    Conditions conditions = Conditions.of("pigdm", observations, score.columns());
    Dps.needValues("pigdm", conditions);
    return Guided.of(score, conditions, new Pull());
  }

  private record Pull() implements Bend {
    @Override
    public void move(Seen seen) {
      Conditions conditions = seen.conditions();
      int k = conditions.known;
      double a = seen.level().a();
      double b = seen.level().b();
      double variance = b / (a * a + b);
      double[][] g = new double[k][k];
      double[] rest = new double[k];
      for (int i = 0; i < k; i++) {
        rest[i] = conditions.values[i] - seen.value(i);
        for (int j = 0; j < k; j++) {
          g[i][j] = variance * conditions.value(i, conditions.forms[j], 0) + conditions.noise[i][j];
        }
      }
      double[][] root = Kalman.root(g);
      Kalman.forward(root, rest);
      Kalman.backward(root, rest);
      for (int i = 0; i < k; i++) {
        seen.add(rest[i], i);
      }
    }

    @Override
    public String toString() {
      return "pigdm()";
    }
  }
}
