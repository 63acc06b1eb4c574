package dev.espalier.api;

/**
 * Something that came from outside, such as a table or a model file, is not what was needed.
 *
 * <p>The message says what was needed, what came and what to do.
 */
public final class InvalidDataException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what was needed, what came and what to do. */
  public InvalidDataException(String message) {
    super(message);
  }

  /** Says the same, with the failure that showed it. */
  public InvalidDataException(String message, Throwable cause) {
    super(message, cause);
  }
}
