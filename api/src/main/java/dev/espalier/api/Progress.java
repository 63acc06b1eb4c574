package dev.espalier.api;

/** Where long work says how far it is, and asks whether to go on. Safe for concurrent use. */
@FunctionalInterface
public interface Progress {

  /**
   * Says how far the work is.
   *
   * @param stage what is being done, a few words
   * @param done the share done, from 0 to 1
   */
  void report(String stage, double done);

  /**
   * Says what was measured on the way, for whoever draws a curve of it; by itself it does nothing.
   * Parts of one work may measure the same at the same place.
   *
   * @param curve what was measured, a few words
   * @param at how far the work was, such as the steps made
   * @param value what was found there
   */
  default void measured(String curve, double at, double value) {}

  /** Whether the work should stop at its next safe place. */
  default boolean cancelled() {
    return false;
  }

  /**
   * Whether work that improves as it goes should settle for what it has, such as a training that
   * then returns the best it found; other work goes on.
   */
  default boolean enough() {
    return false;
  }

  /**
   * Stops the work if it was cancelled.
   *
   * @throws CancelledException if {@link #cancelled()}
   */
  default void check() {
    if (cancelled()) {
      throw new CancelledException("cancelled");
    }
  }

  /** This progress for one part of the work, from share {@code from} to share {@code to}. */
  default Progress part(double from, double to) {
    Progress whole = this;
    return new Progress() {
      @Override
      public void report(String stage, double done) {
        whole.report(stage, from + (to - from) * done);
      }

      @Override
      public void measured(String curve, double at, double value) {
        whole.measured(curve, at, value);
      }

      @Override
      public boolean cancelled() {
        return whole.cancelled();
      }

      @Override
      public boolean enough() {
        return whole.enough();
      }
    };
  }

  /** Says nothing and never cancels. */
  static Progress silent() {
    return (stage, done) -> {};
  }
}
