package dev.espalier.runtime;

/** Words from outside, made fit to stand in an error message. */
final class Quote {
  private static final int LONGEST = 60;

  private Quote() {}

  /** The words in quotes, cut to 60 characters, with a {@code ?} for what does not print. */
  static String of(String words) {
    return "'" + plain(words, LONGEST) + "'";
  }

  /** The words, cut to a length, with a {@code ?} for what does not print. */
  static String plain(String words, int longest) {
    StringBuilder shown = new StringBuilder();
    words
        .codePoints()
        .limit(longest)
        .map(point -> printable(point) ? point : '?')
        .forEach(shown::appendCodePoint);
    return words.codePointCount(0, words.length()) > longest ? shown + "…" : shown.toString();
  }

  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
