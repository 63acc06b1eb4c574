package dev.espalier.api;

/** A fit or a sampler did not reach what it must; the message says how far it came. */
public final class NotConvergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what was reached, what was needed and what to change. */
  public NotConvergedException(String message) {
    super(message);
  }
}
