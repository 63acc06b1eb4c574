package dev.espalier.experiments;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;

/** Something to measure, with what must come out. */
public interface Experiment {

  /** The word that names it on the command line, {@code [a-z][a-z-]*}. */
  String name();

  /** One line: what it measures. */
  String summary();

  /**
   * Runs it; equal bits for any tasks.
   *
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  Report run(Tasks tasks, Progress progress);
}
