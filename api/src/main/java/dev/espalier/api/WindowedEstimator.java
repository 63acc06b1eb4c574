package dev.espalier.api;

import java.util.List;

/** An estimator that learns many windows of the same rows at once, faster than one by one. */
public interface WindowedEstimator extends ScoreEstimator {

  /**
   * Fits one score a window, in the order of the windows.
   *
   * <p>The score of a window answers rows of the window's columns, in their order. Of its answers
   * those in the output columns are learned; in the others a coarse guess may stand. The score of a
   * window depends on the request and on that window alone.
   *
   * @throws IllegalArgumentException if a window names a column that the rows do not have
   * @throws InvalidDataException if the rows cannot be fitted
   * @throws NotConvergedException if the fit did not reach what it must
   * @throws CancelledException if the request's progress was cancelled
   */
  List<Score> fitWindows(FitRequest request, List<Window> windows);

  /** What {@link #fitWindows} is expected to take, told before it starts. */
  default Cost cost(FitRequest request, List<Window> windows) {
    return Cost.NEGLIGIBLE;
  }
}
