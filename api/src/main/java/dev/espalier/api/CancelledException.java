package dev.espalier.api;

/** Work was cancelled through its {@link Progress}. */
public final class CancelledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what was cancelled. */
  public CancelledException(String message) {
    super(message);
  }
}
