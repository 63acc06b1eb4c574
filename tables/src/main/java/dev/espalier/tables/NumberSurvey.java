package dev.espalier.tables;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over a file learns of the numbers of one column: in which styles all its
 * cells are numbers, and how they are then written.
 *
 * <p>The memory is that of a few cells, however many there are.
 */
final class NumberSurvey {

  private static final int STYLES = NumberStyle.ALL.size();
  private static final int ALL = (1 << STYLES) - 1;
  private static final int UNGROUPED = 0b11;
  private static final int POINTS = 0b01010101;
  private static final int COMMAS = ALL ^ POINTS;

  private static final int DECIMAL_POINT = 0;
  private static final int DECIMAL_COMMA = 1;
  private static final int COMMA_OF_THOUSANDS = 2;
  private static final int POINT_OF_THOUSANDS = 3;

  private static final String CODES =
      "digits with spaces between them are read as numbers; should they be words, say the kind"
          + " categorical or identifier in a schema file";

  /** Cells without signs around them, and those with the signs that came first. */
  private final List<Around> surveys = new ArrayList<>();

  private int cells;
  private int numbers;
  private int infinite;
  private @Nullable Cell first;

  NumberSurvey() {
    surveys.add(new Around("", ""));
  }

  /** A cell to show in an error. */
  record Cell(String text, long line) {}

  /** Takes note of a cell that is there. */
  void add(String cell, long line) {
    Cell shown = new Cell(cell, line);
    first = first == null ? shown : first;
    int from = cell.startsWith("-") ? 1 : 0;
    int before = before(cell, from);
    int after = before > 0 ? 0 : after(cell, from);
    String sign = cell.substring(from, from + before);
    String end = cell.substring(cell.length() - after);
    String number =
        before + after == 0
            ? cell
            : cell.substring(0, from) + cell.substring(from + before, cell.length() - after);
    boolean signed = before + after > 0 && fits(NumberStyle.alike(number)) != 0;
    if (signed && surveys.size() == 1) {
      surveys.add(new Around(sign, end));
      surveys.get(1).missed(cells, first);
    }
    cells++;
    boolean some = false;
    for (Around survey : surveys) {
      some |= survey.add(survey.is(sign, end) ? number : "", shown);
    }
    numbers += some ? 1 : 0;
    infinite += Numeral.form(cell) == Numeral.Form.INFINITE ? 1 : 0;
  }

  /** How many letters at the front are a currency sign with the space after it. */
  private static int before(String cell, int from) {
    if (cell.length() < from + 2 || !isCurrency(cell.charAt(from))) {
      return 0;
    }
    return NumberStyle.like(cell.charAt(from + 1)) == ' ' ? 2 : 1;
  }

  private static boolean isCurrency(char sign) {
    return Character.getType(sign) == Character.CURRENCY_SYMBOL;
  }

  /** How many letters at the end are a percent or currency sign with the space before it. */
  private static int after(String cell, int from) {
    int last = cell.length() - 1;
    if (last <= from || !(cell.charAt(last) == '%' || isCurrency(cell.charAt(last)))) {
      return 0;
    }
    return NumberStyle.like(cell.charAt(last - 1)) == ' ' ? 2 : 1;
  }

  /** How many cells are numbers in one style or another. */
  int numbers() {
    return numbers;
  }

  /** How many cells say that they are infinite. */
  int infinite() {
    return infinite;
  }

  /** Whether there are cells, and a style in which all of them are numbers. */
  boolean all() {
    return cells > 0 && surveys.stream().anyMatch(each -> each.alive != 0);
  }

  /**
   * The likeliest style in which all cells are numbers, if there are any.
   *
   * @param whole whether they are known to be whole
   * @param commas whether commas are decimal ones where nothing else tells
   */
  Optional<Reading> reading(boolean whole, boolean commas) {
    for (Around survey : surveys) {
      if (cells > 0 && survey.alive != 0) {
        return Optional.of(survey.reading(whole, commas));
      }
    }
    return Optional.empty();
  }

  /** Whether all cells are numbers in that style. */
  boolean fits(NumberStyle style) {
    return surveys.stream()
        .anyMatch(
            each ->
                each.is(style.before(), style.after()) && (each.alive >> style.index() & 1) > 0);
  }

  /** The style in which the most cells are numbers. */
  Reading commonest() {
    Reading most = surveys.get(0).commonest();
    for (Around survey : surveys.subList(1, surveys.size())) {
      most = survey.commonest().count > most.count ? survey.commonest() : most;
    }
    return most;
  }

  /**
   * A style of a column.
   *
   * @param count of the cells that are numbers in it
   * @param tally of those
   * @param odd the first cell that is none and no code either, if there is one
   * @param doubt what a reader should know if another style would do
   */
  record Reading(
      NumberStyle style, int count, Tally tally, Optional<Cell> odd, Optional<String> doubt) {

    /** How these numbers are written. */
    String pattern(Kind kind) {
      return tally.pattern(kind, style);
    }
  }

  /** The cells with these signs around them. */
  private static final class Around {
    private final String before;
    private final String after;
    private final int[] counts = new int[STYLES];
    private final @Nullable Cell[] odd = new @Nullable Cell[STYLES];
    private int alive = ALL;
    private int missed;
    private final Tally points = new Tally();

    /** The tally with decimal commas, from the first cell on that makes a difference. */
    private @Nullable Tally commas;

    private char space = ' ';
    private char apostrophe = '\'';
    private boolean spaced;
    private boolean fourTogether;
    private boolean fourApart;
    private boolean ungrouped;

    Around(String before, String after) {
      this.before = before;
      this.after = after;
    }

    boolean is(String before, String after) {
      return NumberStyle.sign(this.before).equals(NumberStyle.sign(before))
          && NumberStyle.sign(this.after).equals(NumberStyle.sign(after));
    }

    /** Takes note that cells before this had other signs around them. */
    void missed(int count, Cell first) {
      if (count > 0) {
        alive = 0;
        miss(0, first);
      }
    }

    private void miss(int styles, Cell cell) {
      int left = (ALL ^ styles) & ~missed;
      if (left != 0 && !isCode(cell.text)) {
        for (int k = 0; k < STYLES; k++) {
          odd[k] = (left >> k & 1) > 0 ? cell : odd[k];
        }
        missed |= left;
      }
    }

    /** Digits after a needless zero are a code, such as a postal one, and no mistyped number. */
    private static boolean isCode(String cell) {
      return cell.startsWith("0") && cell.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    boolean add(String number, Cell cell) {
      boolean plain = Numeral.form(number) == Numeral.Form.WHOLE && number.length() < 4;
      String alike = plain ? number : NumberStyle.alike(number);
      int styles = plain ? ALL : fits(alike);
      styles = styles == 0 ? 0 : finite(alike, styles);
      if (styles != ALL) {
        miss(styles, cell);
      }
      alive &= styles;
      if (styles == 0) {
        return false;
      }
      for (int k = 0; k < STYLES; k++) {
        counts[k] += styles >> k & 1;
      }
      if (!plain) {
        look(number);
      }
      ungrouped |= (styles & UNGROUPED) != 0;
      add(alike, styles);
      return true;
    }

    /** Of the styles those in which the number can be held. */
    private int finite(String number, int styles) {
      int points = Numeral.form(withPoint(number, styles)).isFinite() ? styles & POINTS : 0;
      int commas = Numeral.form(withComma(number, styles)).isFinite() ? styles & COMMAS : 0;
      return points | commas;
    }

    /** The number in the plain style, read in those of some styles that have a decimal point. */
    private static String withPoint(String number, int styles) {
      return has(styles, DECIMAL_POINT) ? number : plain(number, styles & POINTS);
    }

    /** The number in the plain style, read in those of some styles that have a decimal comma. */
    private static String withComma(String number, int styles) {
      boolean neither = has(styles, DECIMAL_POINT) && has(styles, DECIMAL_COMMA);
      return neither ? number : plain(number, styles & COMMAS);
    }

    private static String plain(String number, int styles) {
      return styles == 0
          ? ""
          : NumberStyle.ALL.get(Integer.numberOfTrailingZeros(styles)).plain(number);
    }

    private void add(String number, int styles) {
      String point = withPoint(number, styles);
      String comma = withComma(number, styles);
      if (commas == null && !point.equals(comma) && (alive & COMMAS) != 0) {
        commas = new Tally(points);
      }
      if (!point.isEmpty()) {
        points.add(point);
      }
      if (commas != null && !comma.isEmpty()) {
        commas.add(comma);
      }
    }

    /** Takes note of how thousands are set apart. */
    private void look(String number) {
      int from = number.startsWith("-") ? 1 : 0;
      int at = digits(number, from);
      fourTogether |= at - from == 4;
      if (at - from > 3 || digits(number, at + 1) != at + 4) {
        return;
      }
      char sign = number.charAt(at);
      boolean more = number.length() > at + 4 && number.charAt(at + 4) == sign;
      fourApart |= at - from == 1 && !more;
      if (NumberStyle.like(sign) == ' ') {
        space = spaced ? space : sign;
        spaced = true;
      } else if (NumberStyle.like(sign) == '\'') {
        apostrophe = apostrophe == '\'' ? sign : apostrophe;
      }
    }

    Reading commonest() {
      int best = 0;
      for (int k = 1; k < STYLES; k++) {
        best = counts[k] > counts[best] ? k : best;
      }
      return reading(best, Optional.empty());
    }

    Reading reading(boolean whole, boolean decimalCommas) {
      int styles = alive;
      if (whole) {
        int points = this.points.whole() ? styles & POINTS : 0;
        int commas = tally(COMMAS).whole() ? styles & COMMAS : 0;
        styles = (points | commas) == 0 ? styles : points | commas;
      }
      if (has(styles, DECIMAL_POINT)) {
        boolean doubt = has(styles, POINT_OF_THOUSANDS) && !has(styles, DECIMAL_COMMA);
        return reading(
            DECIMAL_POINT,
            doubt
                ? doubt("points are read as decimal points", POINT_OF_THOUSANDS)
                : Optional.empty());
      }
      if (has(styles, DECIMAL_COMMA) && has(styles, COMMA_OF_THOUSANDS)) {
        return decimalCommas
            ? reading(DECIMAL_COMMA, doubt("commas are read as decimal commas", COMMA_OF_THOUSANDS))
            : reading(
                COMMA_OF_THOUSANDS,
                doubt("commas are read as setting thousands apart", DECIMAL_COMMA));
      }
      int style = Integer.numberOfTrailingZeros(styles);
      boolean codes = NumberStyle.ALL.get(style).group() == ' ' && !ungrouped && points.whole();
      return reading(style, codes ? Optional.of(CODES) : Optional.empty());
    }

    private Optional<String> doubt(String said, int other) {
      boolean decimal = other == DECIMAL_COMMA;
      return Optional.of(
          said
              + "; should they "
              + (decimal ? "be decimal commas" : "set thousands apart")
              + ", say in a schema file {\"kind\": \""
              + (decimal || styled(other).percent() ? Kind.CONTINUOUS : Kind.INTEGER).word()
              + "\", \"pattern\": \""
              + styled(other).pattern(decimal ? "000" : "")
              + "\"}");
    }

    private static boolean has(int styles, int style) {
      return (styles >> style & 1) > 0;
    }

    private Tally tally(int styles) {
      Tally other = commas;
      return (styles & COMMAS) != 0 && other != null ? other : points;
    }

    private NumberStyle styled(int style) {
      NumberStyle like = NumberStyle.ALL.get(style);
      char group = like.group() == ' ' ? space : like.group() == '\'' ? apostrophe : like.group();
      boolean grouped = group != NumberStyle.NONE;
      return like.grouped(group, grouped && fourTogether && !fourApart ? 5 : 4)
          .around(before, after);
    }

    private Reading reading(int style, Optional<String> doubt) {
      return new Reading(
          styled(style), counts[style], tally(1 << style), Optional.ofNullable(odd[style]), doubt);
    }
  }

  /**
   * The styles in which a text may be a number, as bits in the order of {@link NumberStyle#ALL}.
   *
   * <p>Digits set apart come in threes, the first of them no zero; five digits and more in a row
   * speak against setting apart, four do not.
   */
  static int fits(String text) {
    int from = text.startsWith("-") ? 1 : 0;
    int at = digits(text, from);
    int first = at - from;
    int together = first < 5 ? ALL : UNGROUPED;
    if (at == text.length()) {
      return first == 0 ? 0 : together;
    }
    char sign = text.charAt(at);
    if (isExponent(text, at)) {
      return UNGROUPED;
    }
    boolean apart = first >= 1 && first <= 3 && text.charAt(from) != '0';
    int groups = 0;
    while (apart
        && at < text.length()
        && text.charAt(at) == sign
        && digits(text, at + 1) == at + 4) {
      at += 4;
      groups++;
    }
    int group = groups == 0 ? 0 : apart(sign);
    if (at == text.length()) {
      // one group after a point or comma may be decimals as well
      int decimals = groups == 1 ? decimal(sign) & together : 0;
      return group | decimals;
    }
    if (groups == 1 && isExponent(text, at)) {
      return decimal(sign) & UNGROUPED;
    }
    char point = text.charAt(at);
    int end = digits(text, at + 1);
    if (groups > 0) {
      return end == text.length() && point != sign ? group & decimal(point) : 0;
    }
    if (end == text.length()) {
      return decimal(point) & together;
    }
    return isExponent(text, end) ? decimal(point) & UNGROUPED : 0;
  }

  private static boolean isExponent(String text, int at) {
    return text.charAt(at) == 'e' || text.charAt(at) == 'E';
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /** The styles with a decimal sign. */
  private static int decimal(char sign) {
    return sign == '.' ? POINTS : sign == ',' ? COMMAS : 0;
  }

  /** The styles with a sign between thousands. */
  private static int apart(char sign) {
    return switch (sign) {
      case ',' -> 1 << COMMA_OF_THOUSANDS;
      case '.' -> 1 << POINT_OF_THOUSANDS;
      case ' ' -> 0b00110000;
      case '\'' -> 0b11000000;
      default -> 0;
    };
  }

  /** How numbers in the plain style are written. */
  static final class Tally {
    private int count;
    private int whole;
    private int longs;
    private int leastDecimals = Integer.MAX_VALUE;
    private int mostDecimals;
    private double greatest;
    private boolean scientific;
    private boolean integral = true;
    private double last = Double.NaN;
    private boolean counting = true;

    Tally() {}

    Tally(Tally that) {
      count = that.count;
      whole = that.whole;
      longs = that.longs;
      leastDecimals = that.leastDecimals;
      mostDecimals = that.mostDecimals;
      greatest = that.greatest;
      scientific = that.scientific;
      integral = that.integral;
      last = that.last;
      counting = that.counting;
    }

    void add(String number) {
      Numeral.Form form = Numeral.form(number);
      count++;
      whole += form == Numeral.Form.WHOLE ? 1 : 0;
      longs += form == Numeral.Form.LONG ? 1 : 0;
      scientific |= form == Numeral.Form.SCIENTIFIC;
      int decimals = Numeral.decimals(number);
      leastDecimals = Math.min(leastDecimals, decimals);
      mostDecimals = Math.max(mostDecimals, decimals);
      double value = Double.parseDouble(number);
      greatest = Math.max(greatest, Math.abs(value));
      integral &= value == Math.rint(value) && Math.abs(value) < 1e15;
      counting &= Double.isNaN(last) ? value == 0 || value == 1 : value == last + 1;
      last = value;
    }

    /** Whether all are whole numbers of at most 15 digits. */
    boolean whole() {
      return longs == 0 && integral && (whole == count || !scientific);
    }

    /** Whether there are digits of which none may be lost. */
    boolean tooLong() {
      return longs > 0;
    }

    /** Whether some have a decimal sign or an exponent. */
    boolean broken() {
      return whole + longs < count;
    }

    /** Whether they count from 0 or 1. */
    boolean counting() {
      return counting;
    }

    /** How such numbers are written in a style. */
    String pattern(Kind kind, NumberStyle style) {
      if (kind == Kind.INTEGER) {
        boolean same = leastDecimals == mostDecimals && mostDecimals <= 12;
        return style.pattern("0".repeat(same ? mostDecimals : 0));
      }
      boolean tooFine =
          mostDecimals > 12 || greatest * Decimals.power(Math.min(22, mostDecimals)) > 1e14;
      boolean any = scientific || mostDecimals == 0 && !style.percent() || tooFine;
      return style.pattern(
          any ? "*" : "0".repeat(leastDecimals) + "#".repeat(mostDecimals - leastDecimals));
    }
  }
}
