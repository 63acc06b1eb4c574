package dev.espalier.samplers;

import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import java.util.List;

/**
 * Diffusion posterior sampling (Chung et al., 2023): guidance down the gradient of the distance
 * between what was observed and what the posterior mean predicts.
 *
 * <p>The score moves by {@code −strength·∇‖y − H·m(x)‖}, the posterior mean by {@code
 * strength·(b/a)·Jᵀ·Hᵀ·(y − H·m)/‖y − H·m‖}. It takes no account of the noise of an observation and
 * holds to it only roughly. For columns and weighted sums.
 *
 * @param strength in units of one over a standardised column, positive
 */
public record Dps(
    @Setting(value = "" + STRENGTH, help = "how hard rows are pulled to what was observed; > 0")
        double strength)
    implements Guidance {

  /** The usual strength. */
  public static final double STRENGTH = 10.0;

  /** Checks the range. */
  public Dps {
    Checks.positive("strength", strength);
  }

  @Override
  public Score guide(Score score, List<Observation> observations) {
    Conditions conditions = Conditions.of("dps", observations, score.columns());
    needValues("dps", conditions);
    return Guided.of(score, conditions, new Pull(strength));
  }

  static void needValues(String name, Conditions conditions) {
    if (conditions.forms.length > conditions.known) {
      throw new IllegalArgumentException(
          name + " has no answer for intervals; guide by matching() or replacement()");
    }
  }

  private record Pull(double strength) implements Bend {
    @Override
    public void move(Seen seen) {
      Conditions conditions = seen.conditions();
      int k = conditions.known;
      double[] rest = new double[k];
      double square = 0;
      for (int i = 0; i < k; i++) {
        rest[i] = conditions.values[i] - seen.value(i);
        square += rest[i] * rest[i];
      }
      double distance = Math.sqrt(square);
      for (int i = 0; i < k && distance > 0; i++) {
        seen.add(strength * rest[i] / distance, i);
      }
    }

    @Override
    public String toString() {
      return "dps(strength=" + strength + ")";
    }
  }
}
