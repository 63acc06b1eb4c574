package dev.espalier.runtime;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shape of an expression, knowing no names and no types.
 *
 * <p>The grammar: a value is a word or number, a quoted string, a list {@code [value, ...]} or a
 * call {@code word(argument, ...)}; an argument is a value or {@code word=value}.
 */
final class Syntax {

  static final int MAX_LENGTH = 100_000;
  static final int MAX_DEPTH = 64;

  private static final String WORD_SIGNS = "_.+-:/%*";

  /** A value as written, from {@code start} to {@code end} (exclusive) of the text. */
  sealed interface Node {
    int start();

    int end();
  }

  /** A word or a number. */
  record Atom(String text, int start, int end) implements Node {}

  /** A quoted string, with its escapes resolved. */
  record Quoted(String text, int start, int end) implements Node {}

  /** A list. */
  record Items(List<Node> items, int start, int end) implements Node {}

  /** A name with arguments in parentheses. */
  record Call(String name, List<Argument> arguments, int start, int end) implements Node {}

  /** An argument of a call; without a key where it goes by its place. */
  record Argument(@Nullable String key, int start, Node value) {}

  private final String text;
  private int at;

  private Syntax(String text) {
    this.text = text;
  }

  /** Reads one value that is the whole text. */
  static Node read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionException(
          "need at most " + MAX_LENGTH + " characters, got " + text.length(), text, MAX_LENGTH);
    }
    Syntax syntax = new Syntax(text);
    syntax.skipSpace();
    Node node = syntax.value(0);
    syntax.skipSpace();
    if (syntax.at < text.length()) {
      throw syntax.error("need the end of the text, got " + syntax.shown());
    }
    return node;
  }

  /** Whether {@code text} reads as one value other than a quoted string, with nothing around it. */
  static boolean standsAlone(String text) {
    try {
      Node node = read(text);
      return !(node instanceof Quoted) && node.start() == 0 && node.end() == text.length();
    } catch (ExpressionException e) {
      return false;
    }
  }

  /** Whether {@code text} can be written as a string without quotes. */
  static boolean plainWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
      boolean inner = c >= '0' && c <= '9' || c == '.' || c == '-';
      if (!(letter || i > 0 && inner)) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** {@code text} in quotes, so that reading gives it back. */
  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (Character.isISOControl(c) || Character.isSurrogate(c)) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  private Node value(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("need at most " + MAX_DEPTH + " levels of nesting");
    }
    if (at == text.length()) {
      throw error("need a value, but the text ends");
    }
    char c = text.charAt(at);
    if (c == '"' || c == '\'') {
      return quotedString(c);
    }
    if (c == '[') {
      return list(depth);
    }
    int start = at;
    String word = word();
    if (word.isEmpty()) {
      throw error("need a value, got " + shown());
    }
    int end = at;
    skipSpace();
    if (at == text.length() || text.charAt(at) != '(') {
      at = end;
      return new Atom(word, start, end);
    }
    return call(word, start, depth);
  }

  private Node call(String name, int start, int depth) {
    at++;
    List<Argument> arguments = new ArrayList<>();
    skipSpace();
    if (!taken(')')) {
      do {
        skipSpace();
        arguments.add(argument(depth));
        skipSpace();
      } while (taken(','));
      if (!taken(')')) {
        throw error("need ',' or ')' in '" + name + "(...)', got " + shown());
      }
    }
    return new Call(name, arguments, start, at);
  }

  private Argument argument(int depth) {
    int start = at;
    String word = word();
    if (!word.isEmpty()) {
      skipSpace();
      if (taken('=')) {
        skipSpace();
        return new Argument(word, start, value(depth + 1));
      }
      at = start;
    }
    return new Argument(null, start, value(depth + 1));
  }

  private Node list(int depth) {
    int start = at++;
    List<Node> items = new ArrayList<>();
    skipSpace();
    if (!taken(']')) {
      do {
        skipSpace();
        items.add(value(depth + 1));
        skipSpace();
      } while (taken(','));
      if (!taken(']')) {
        throw error("need ',' or ']' in the list, got " + shown());
      }
    }
    return new Items(items, start, at);
  }

  private Node quotedString(char quote) {
    int start = at++;
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escape() : c);
    }
    if (at == text.length()) {
      at = start;
      throw error("this quote is never closed");
    }
    at++;
    return new Quoted(out.toString(), start, at);
  }

  private char escape() {
    int backslash = at - 1;
    char c = at < text.length() ? text.charAt(at++) : ' ';
    switch (c) {
      case 'n':
        return '\n';
      case 'r':
        return '\r';
      case 't':
        return '\t';
      case '"', '\'', '\\':
        return c;
      case 'u':
        int code = 0;
        for (int i = 0; i < 4; i++) {
          char hex = at < text.length() ? text.charAt(at) : ' ';
          int digit = hex < 128 ? Character.digit(hex, 16) : -1;
          if (digit < 0) {
            at = backslash;
            throw error("need four hexadecimal digits after \\u");
          }
          code = 16 * code + digit;
          at++;
        }
        return (char) code;
      default:
        at = backslash;
        throw error("need one of \\n \\r \\t \\\" \\' \\\\ \\u0000 after a backslash");
    }
  }

  private String word() {
    int start = at;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      if (!(Character.isLetterOrDigit(c) || c < 128 && WORD_SIGNS.indexOf(c) >= 0)) {
        break;
      }
      at += Character.charCount(c);
    }
    return text.substring(start, at);
  }

  private boolean taken(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private String shown() {
    if (at == text.length()) {
      return "the end of the text";
    }
    int start = at;
    String word = word();
    at = start;
    if (!word.isEmpty()) {
      return "'" + (word.length() <= 40 ? word : word.substring(0, 37) + "...") + "'";
    }
    int c = text.codePointAt(at);
    boolean visible =
        !Character.isISOControl(c) && !(c <= 0xFFFF && Character.isSurrogate((char) c));
    return visible ? "'" + Character.toString(c) + "'" : String.format("the character U+%04X", c);
  }

  private ExpressionException error(String problem) {
    return new ExpressionException(problem, text, at);
  }
}
