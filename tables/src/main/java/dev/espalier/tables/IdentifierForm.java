package dev.espalier.tables;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The form of identifiers: for every place the characters that may stand there.
 *
 * <p>As text: fixed characters, and classes with a count, as in {@code C-[0-9]{5}}; a backslash
 * before one of {@code [ ] { } \} makes it a fixed character. The words of a form are numbered from
 * 0 in the order of their characters.
 *
 * @param places the characters of each place, rising
 */
record IdentifierForm(List<String> places) {

  private static final int LONGEST = 256;
  private static final String SPECIAL = "[]{}\\";
  private static final int FEWEST = 10;

  private static final String DIGITS = range('0', '9');
  private static final String LOWER = range('a', 'z');
  private static final String UPPER = range('A', 'Z');
  private static final List<String> CLASSES =
      List.of(
          DIGITS,
          UPPER,
          LOWER,
          DIGITS + range('A', 'F'),
          DIGITS + range('a', 'f'),
          DIGITS + UPPER,
          DIGITS + LOWER,
          UPPER + LOWER,
          DIGITS + UPPER + LOWER);

  IdentifierForm {
    places = List.copyOf(places);
    if (places.isEmpty() || places.size() > LONGEST) {
      throw new IllegalArgumentException(
          "need 1 to " + LONGEST + " characters in identifiers, got " + places.size());
    }
    if (places.stream().allMatch(each -> each.length() == 1)) {
      throw new IllegalArgumentException(
          "need a character that differs in identifiers, such as [0-9], got '"
              + String.join("", places)
              + "'");
    }
  }

  private static String range(char from, char to) {
    StringBuilder all = new StringBuilder();
    for (char c = from; c <= to; c++) {
      all.append(c);
    }
    return all.toString();
  }

  /**
   * Reads a form.
   *
   * @throws IllegalArgumentException if the text is none
   */
  static IdentifierForm parse(String text) {
    List<String> places = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      String allowed = String.valueOf(c);
      if (c == '[') {
        int end = text.indexOf(']', at);
        allowed = end < 0 ? "" : characters(text.substring(at, end));
        at = end + 1;
      } else if (c == '\\' && at < text.length()) {
        allowed = String.valueOf(text.charAt(at++));
      } else if (SPECIAL.indexOf(c) >= 0) {
        allowed = "";
      }
      int count = 1;
      if (!allowed.isEmpty() && at < text.length() && text.charAt(at) == '{') {
        int end = text.indexOf('}', at);
        boolean number = end > at && text.substring(at + 1, end).matches("[1-9]\\d{0,2}");
        count = number ? Integer.parseInt(text.substring(at + 1, end)) : 0;
        at = end + 1;
      }
      if (allowed.isEmpty() || count == 0 || places.size() + count > LONGEST) {
        throw new IllegalArgumentException(
            "need the form of identifiers, such as C-[0-9]{5}, got '" + Csv.shown(text) + "'");
      }
      for (int k = 0; k < count; k++) {
        places.add(allowed);
      }
    }
    return new IdentifierForm(places);
  }

  /** The characters of a class such as {@code 0-9a-f}; empty if it is none. */
  private static String characters(String text) {
    StringBuilder all = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char from = text.charAt(at);
      boolean span = at + 2 < text.length() && text.charAt(at + 1) == '-';
      char to = span ? text.charAt(at + 2) : from;
      at += span ? 3 : 1;
      boolean rising = all.isEmpty() || from > all.charAt(all.length() - 1);
      if (!rising || to < from || to > 0x7E || from < 0x20) {
        return "";
      }
      all.append(range(from, to));
    }
    return all.toString();
  }

  /** What {@link #parse} reads. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < places.size(); ) {
      String allowed = places.get(from);
      int to = from + 1;
      while (to < places.size() && allowed.length() > 1 && places.get(to).equals(allowed)) {
        to++;
      }
      if (allowed.length() == 1) {
        text.append(SPECIAL.contains(allowed) ? "\\" : "").append(allowed);
      } else {
        text.append('[').append(ranges(allowed)).append(']');
        text.append(to - from > 1 ? "{" + (to - from) + "}" : "");
      }
      from = to;
    }
    return text.toString();
  }

  private static String ranges(String allowed) {
    StringBuilder text = new StringBuilder();
    for (int from = 0; from < allowed.length(); ) {
      int to = from;
      while (to + 1 < allowed.length() && allowed.charAt(to + 1) == allowed.charAt(to) + 1) {
        to++;
      }
      text.append(allowed.charAt(from));
      text.append(to > from + 1 ? "-" : "").append(to > from ? allowed.charAt(to) : "");
      from = to + 1;
    }
    return text.toString();
  }

  /** How many words there are. */
  BigInteger size() {
    BigInteger size = BigInteger.ONE;
    for (String allowed : places) {
      size = size.multiply(BigInteger.valueOf(allowed.length()));
    }
    return size;
  }

  /** The number of a word; empty if it is not of this form. */
  Optional<BigInteger> number(String word) {
    if (word.length() != places.size()) {
      return Optional.empty();
    }
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < word.length(); i++) {
      int digit = places.get(i).indexOf(word.charAt(i));
      if (digit < 0) {
        return Optional.empty();
      }
      number = number.multiply(BigInteger.valueOf(places.get(i).length()));
      number = number.add(BigInteger.valueOf(digit));
    }
    return Optional.of(number);
  }

  /** The word of a number below {@link #size}. */
  String word(BigInteger number) {
    char[] word = new char[places.size()];
    BigInteger rest = number;
    for (int i = word.length - 1; i >= 0; i--) {
      String allowed = places.get(i);
      BigInteger[] parts = rest.divideAndRemainder(BigInteger.valueOf(allowed.length()));
      word[i] = allowed.charAt(parts[1].intValue());
      rest = parts[0];
    }
    return new String(word);
  }

  /** This form with one place more, like the last that differs and after it. */
  IdentifierForm longer() {
    int last = places.size() - 1;
    while (places.get(last).length() == 1) {
      last--;
    }
    List<String> more = new ArrayList<>(places);
    more.add(last + 1, places.get(last));
    return new IdentifierForm(more);
  }

  /**
   * The form that most of the words have: what is the same in all of those is fixed, and runs of
   * letters and digits are of the narrowest usual class. Empty if fewer than half of the words, or
   * fewer than ten, are alike in length and punctuation.
   */
  static Optional<IdentifierForm> learn(List<String> words) {
    Map<String, List<String>> alike = new HashMap<>();
    for (String word : words) {
      if (word.length() <= LONGEST - 64) {
        alike.computeIfAbsent(outline(word), each -> new ArrayList<>()).add(word);
      }
    }
    List<String> most = List.of();
    String outline = "";
    for (Map.Entry<String, List<String>> each : alike.entrySet()) {
      int more = Integer.compare(each.getValue().size(), most.size());
      if (more > 0 || more == 0 && each.getKey().compareTo(outline) < 0) {
        most = each.getValue();
        outline = each.getKey();
      }
    }
    if (most.size() < FEWEST || 2 * most.size() < words.size()) {
      return Optional.empty();
    }
    List<String> places = new ArrayList<>();
    for (int from = 0; from < outline.length(); ) {
      int to = from + 1;
      while (to < outline.length() && isWord(outline.charAt(from)) == isWord(outline.charAt(to))) {
        to++;
      }
      if (isWord(outline.charAt(from))) {
        run(most, from, to, places);
      } else {
        outline.substring(from, to).chars().forEach(c -> places.add(String.valueOf((char) c)));
      }
      from = to;
    }
    return places.stream().allMatch(each -> each.length() == 1)
        ? Optional.empty()
        : Optional.of(new IdentifierForm(places));
  }

  private static final char ANY_WORD = 'w';

  /** Letters and digits made one, all else as it is. */
  private static String outline(String word) {
    StringBuilder outline = new StringBuilder();
    word.chars().forEach(c -> outline.append(isWord((char) c) ? ANY_WORD : (char) c));
    return outline.toString();
  }

  private static boolean isWord(char c) {
    return DIGITS.indexOf(c) >= 0 || LOWER.indexOf(c) >= 0 || UPPER.indexOf(c) >= 0;
  }

  /** Adds the places of a run of letters and digits. */
  private static void run(List<String> words, int from, int to, List<String> places) {
    List<String> classes = new ArrayList<>();
    for (int i = from; i < to; i++) {
      classes.add(narrowest(words, i, i + 1));
    }
    boolean pure = classes.stream().allMatch(List.of(DIGITS, UPPER, LOWER)::contains);
    if (!pure) {
      String all = narrowest(words, from, to);
      same(words, from, to)
          .ifPresentOrElse(
              fixed -> fixed.chars().forEach(c -> places.add(String.valueOf((char) c))),
              () -> {
                for (int i = from; i < to; i++) {
                  places.add(all);
                }
              });
      return;
    }
    for (int start = from; start < to; ) {
      String of = classes.get(start - from);
      int end = start + 1;
      while (end < to && classes.get(end - from).equals(of)) {
        end++;
      }
      Optional<String> fixed = same(words, start, end);
      for (int i = start; i < end; i++) {
        boolean leads = i == start && of.equals(DIGITS) && end - start > 1;
        places.add(
            fixed.isPresent()
                ? String.valueOf(fixed.get().charAt(i - start))
                : leads && all(words, i, c -> c != '0') ? DIGITS.substring(1) : of);
      }
      start = end;
    }
  }

  private static boolean all(List<String> words, int i, IntPredicate fits) {
    return words.stream().allMatch(word -> fits.test(word.charAt(i)));
  }

  /** The part that is the same in all words, if it is. */
  private static Optional<String> same(List<String> words, int from, int to) {
    String first = words.get(0).substring(from, to);
    return words.stream().allMatch(word -> word.startsWith(first, from))
        ? Optional.of(first)
        : Optional.empty();
  }

  private static String narrowest(List<String> words, int from, int to) {
    for (String each : CLASSES) {
      boolean fits = true;
      for (int i = from; fits && i < to; i++) {
        fits = all(words, i, c -> each.indexOf(c) >= 0);
      }
      if (fits) {
        return each;
      }
    }
    throw new IllegalStateException("the last class has all letters and digits");
  }
}
