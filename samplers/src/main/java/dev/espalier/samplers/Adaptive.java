package dev.espalier.samplers;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Streams;
import dev.espalier.api.TimeGrid;
import java.util.List;

/**
 * A sampler that follows the probability-flow equation within a tolerance, by the method of Dormand
 * and Prince (1980) with steps of its own for every row.
 *
 * <p>With {@code y = x/a} and {@code λ = log(a/√b)} the equation is {@code dy/dλ = m − y}. Where
 * two rows need the same step they are evaluated together, but no row depends on another.
 *
 * @param rtol tolerance of a step relative to the size of a number; finite and positive
 * @param atol tolerance of a step added to it; finite and positive
 * @param grid tells the first and the last noisy level; its levels between do not count
 * @param start where rows start
 * @param last how rows leave the last noisy level; {@link Last#STEP} is {@link Last#DENOISE} here
 */
public record Adaptive(
    @Setting(
            value = "" + Adaptive.TOLERANCE,
            help = "tolerance of a step relative to each number; > 0")
        double rtol,
    @Setting(value = "" + Adaptive.TOLERANCE, help = "tolerance of a step added to that; > 0")
        double atol,
    @Setting(value = Walk.Settings.GRID, help = "tells the first and the last noisy level")
        TimeGrid grid,
    @Setting(value = Walk.Settings.START, help = Walk.Settings.START_HELP) Start start,
    @Setting(value = Walk.Settings.LAST, help = Walk.Settings.LAST_HELP) Last last)
    implements Sampler {

  /** The usual tolerances. */
  public static final double TOLERANCE = 1e-5;

  /** Steps of the grid whose ends are taken. */
  private static final int STEPS = 64;

  /** Checks the ranges. */
  public Adaptive {
    Checks.positive("rtol", rtol);
    Checks.positive("atol", atol);
  }

  /** The usual tolerances and ends. */
  public static Adaptive standard() {
    return new Adaptive(TOLERANCE, TOLERANCE, Focus.standard(), Start.MEAN, Last.DENOISE);
  }

  /** With other tolerances. */
  public Adaptive within(double rtol, double atol) {
    return new Adaptive(rtol, atol, grid, start, last);
  }

  /** With the ends of another grid. */
  public Adaptive withGrid(TimeGrid grid) {
    return new Adaptive(rtol, atol, grid, start, last);
  }

  /** With another end. */
  public Adaptive withLast(Last last) {
    return new Adaptive(rtol, atol, grid, start, last);
  }

  /**
   * Draws the rows of the request, in its order.
   *
   * @throws NotConvergedException if a row needs ever shorter steps
   * @throws IllegalArgumentException if the first level has no signal
   */
  @Override
  public Samples draw(DrawRequest request) {
    List<NoiseLevel> levels = TimeGrid.check(grid.levels(request.score(), STEPS));
    NoiseLevel first = levels.get(0);
    int size = levels.size();
    NoiseLevel end = levels.get(size - (levels.get(size - 1).b() == 0 ? 2 : 1));
    if (!(first.a() > 0)) {
      throw new IllegalArgumentException(
          "need levels with signal, a > 0, for the sampler 'adaptive', got " + first);
    }
    return Blocks.draw(request, new Descent(request.score(), this, first, end));
  }

  /** One way down. */
  private record Descent(Score score, Adaptive settings, NoiseLevel first, NoiseLevel last)
      implements Blocks.Work {

    @Override
    public double[] rows(DrawRequest.Rows rows, Streams streams, Progress progress) {
      double[] y = settings.start.rows(score, first, rows, streams);
      for (int i = 0; i < y.length; i++) {
        y[i] /= first.a();
      }
      new DormandPrince(this::slope, score.columns(), settings.rtol, settings.atol)
          .integrate(
              0.5 * first.logSnr(), 0.5 * last.logSnr(), y, DormandPrince.Watcher.NONE, progress);
      if (settings.last == Last.KEEP) {
        for (int i = 0; i < y.length; i++) {
          y[i] *= last.a();
        }
        return y;
      }
      double[] mean = new double[y.length];
      score.posteriorMean(NoiseLevel.exploding(last.sigma()), y, mean);
      return mean;
    }

    private void slope(double time, int[] rows, double[] y, double[] out) {
      score.posteriorMean(NoiseLevel.exploding(StrictMath.exp(-time)), y, out);
      for (int i = 0; i < out.length; i++) {
        out[i] -= y[i];
      }
    }
  }
}
