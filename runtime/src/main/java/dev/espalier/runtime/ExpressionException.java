package dev.espalier.runtime;

import org.jspecify.annotations.Nullable;

/** The text of an expression is not what was needed; the message shows the place. */
public final class ExpressionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** How much of a long text is shown on either side of the place. */
  private static final int SHOWN = 50;

  private final String problem;
  private final int position;
  private final boolean missingProvider;

  ExpressionException(String problem, String text, int position) {
    this(problem, text, position, false, null);
  }

  ExpressionException(
      String problem,
      String text,
      int position,
      boolean missingProvider,
      @Nullable Throwable cause) {
    super(problem + " (at offset " + position + ")\n" + excerpt(text, position), cause);
    this.problem = problem;
    this.position = position;
    this.missingProvider = missingProvider;
  }

  /** What is wrong, in one line without the place. */
  public String problem() {
    return problem;
  }

  /** The offset of the place in the text, counted from 0; the length of the text at its end. */
  public int position() {
    return position;
  }

  /** Whether the text may be right and only a plugin is not there. */
  boolean missingProvider() {
    return missingProvider;
  }

  /** The line around the place and a caret below it. */
  private static String excerpt(String text, int position) {
    int from = Math.max(0, position - SHOWN);
    int to = Math.min(text.length(), position + SHOWN);
    String before = from > 0 ? "..." : "";
    String after = to < text.length() ? "..." : "";
    StringBuilder line = new StringBuilder("  ").append(before);
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      line.append(c < ' ' || Character.isISOControl(c) || Character.isSurrogate(c) ? ' ' : c);
    }
    int indent = 2 + before.length() + position - from;
    return line.append(after).append('\n').append(" ".repeat(indent)).append('^').toString();
  }
}
