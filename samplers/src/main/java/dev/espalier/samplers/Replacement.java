package dev.espalier.samplers;

import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import java.util.List;

/**
 * Guidance that puts what was observed in place of what the posterior mean says (Song et al.,
 * 2021).
 *
 * <p>The posterior mean moves to the nearest point that agrees with the observation, so that every
 * sampler carries the columns observed down their own noisy paths. The other columns see these only
 * through the noisy row; {@link Repaint} brings them closer together. The noise of a linear
 * observation counts as none. For columns, weighted sums and intervals.
 */
public record Replacement() implements Guidance {

  @Override
  public Score guide(Score score, List<Observation> observations) {
    return Guided.of(
        score, Conditions.of("replacement", observations, score.columns()), new Nearest());
  }

  private record Nearest() implements Bend {
    @Override
    public boolean needsCovariance() {
      return false;
    }

    @Override
    public void move(Seen seen) {
      Conditions conditions = seen.conditions();
      int k = conditions.known;
      double[][] products = new double[k][k];
      double[] rest = new double[k];
      for (int i = 0; i < k; i++) {
        rest[i] = conditions.values[i] - seen.value(i);
        for (int j = 0; j < k; j++) {
          products[i][j] = conditions.value(i, conditions.forms[j], 0);
        }
      }
      double[][] root = Kalman.root(products);
      Kalman.forward(root, rest);
      Kalman.backward(root, rest);
      for (int i = 0; i < k; i++) {
        seen.add(rest[i], conditions.forms[i], 0);
      }
      for (int s = k; s < conditions.forms.length; s++) {
        double value = seen.value(s);
        double wanted = Math.max(conditions.lows[s - k], Math.min(conditions.highs[s - k], value));
        double square = conditions.value(s, conditions.forms[s], 0);
        seen.add((wanted - value) / square, conditions.forms[s], 0);
      }
      conditions.fixed.forEach((column, each) -> seen.means()[seen.at() + column] = each);
    }

    @Override
    public String toString() {
      return "replacement()";
    }
  }
}
