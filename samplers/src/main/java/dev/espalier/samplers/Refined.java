package dev.espalier.samplers;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;

/**
 * A walk whose noise is a function of an interval: that of a walk with finer steps, put together.
 *
 * <p>The noise of a step is the increment of a Brownian path, in the clock {@code a²/b}, between
 * the levels of the step. So {@code Refined(walk, 4)} goes down the same paths as {@code Refined}
 * with four times the steps and {@code times = 1}, and the difference of their rows is what the
 * longer steps cost.
 *
 * @param walk the walk; the levels of its grid must be among those with finer steps
 * @param times finer steps in a step; at least 1
 */
public record Refined(Walk walk, int times) implements Sampler {

  /** Checks the range. */
  public Refined {
    Checks.atLeast("times", 1, times);
  }

  /**
   * Draws the rows of the request, in its order.
   *
   * @throws IllegalArgumentException if the levels are not among those with finer steps
   */
  @Override
  public Samples draw(DrawRequest request) {
    return walk.draw(request, times);
  }
}
