package dev.espalier.samplers;

import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Score;
import java.util.List;

/**
 * Guidance that takes the clean row given a noisy one for normal with its true mean and covariance
 * (moment matching: Boys et al., <i>Tweedie moment projected diffusions</i>, arXiv 2310.06721).
 *
 * <p>With {@code V = (b/a)·J}, the covariance of the clean row, the posterior mean given {@code y =
 * H·x0 + e} moves by {@code V·Hᵀ·(H·V·Hᵀ + R)⁻¹·(y − H·m)}; an interval moves it by the mean of a
 * normal number in it. Exact for normal laws and columns or weighted sums; for others an
 * approximation that gets better as the noise falls. {@code J} comes from the curvature of the
 * score, or from two more evaluations a condition where it has none. Columns known exactly come out
 * as they are.
 */
public record Matching() implements Guidance {

  @Override
  public Score guide(Score score, List<Observation> observations) {
    return Guided.of(
        score, Conditions.of("matching", observations, score.columns()), new Moments());
  }

  private record Moments() implements Bend {
    @Override
    public void move(Seen seen) {
      Kalman.update(seen);
      seen.conditions().fixed.forEach((column, value) -> seen.means()[seen.at() + column] = value);
    }

    @Override
    public String toString() {
      return "matching()";
    }
  }
}
