package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the first pass over a file learns of one column, and the kind that follows.
 *
 * <p>The rules, in order: nothing there is all-missing; one word is constant; two words such as
 * yes/no or 0/1 are boolean; whole numbers are integers, unless they count the rows from 0 or 1 or
 * are all distinct under a name that ends in "id", which makes them identifiers; other numbers are
 * continuous; dates, times and date-times are those kinds, and with an offset or zone time stamps;
 * words are categorical, unless there are more than {@value #FEW} and more than half as many as
 * cells, or as many as cells and more than {@value #ROWS}, which makes them identifiers. Numbers
 * are all of one {@linkplain NumberStyle style}. Digits after a needless zero are words; numbers
 * with a few other words among them are an error, and so are moments with and without a zone.
 */
final class ColumnSurvey {

  private static final int FEW = 20;
  private static final int ROWS = 10;
  private static final int DISTINCT_NUMBERS = 100_000;
  private static final List<Set<String>> NO_AND_YES =
      List.of(
          Set.of("false", "true"),
          Set.of("no", "yes"),
          Set.of("f", "t"),
          Set.of("n", "y"),
          Set.of("off", "on"),
          Set.of("0", "1"));

  private final String name;
  private final Schema.Rule rule;
  private final Set<String> missingWords;
  private final boolean wordsOnly;
  private final boolean numbersOnly;
  private final TreeMap<String, Integer> missing = new TreeMap<>();
  private final List<String> first = new ArrayList<>();
  private final Hashes distinct = new Hashes();
  private boolean distinctLost;

  private int present;
  private boolean gaps;

  private final NumberSurvey numbers = new NumberSurvey();
  private final TemporalSurvey temporal = new TemporalSurvey();

  private NumberSurvey.@Nullable Cell notDate;

  ColumnSurvey(String name, Schema.Rule rule, Set<String> missingWords, RowSource.Hint hint) {
    this.name = name;
    this.rule = rule;
    this.missingWords = missingWords;
    this.wordsOnly = hint == RowSource.Hint.WORDS && rule.kind().isEmpty();
    this.numbersOnly = hint == RowSource.Hint.NUMBERS;
  }

  boolean isMissing(String cell) {
    return cell.isEmpty() || missingWords.contains(cell) || rule.missing().contains(cell);
  }

  void add(String cell, long line) {
    if (isMissing(cell)) {
      missing.merge(cell, 1, Integer::sum);
      gaps = true;
      return;
    }
    present++;
    if (!wordsOnly) {
      numbers.add(cell, line);
    }
    boolean maybeTemporal = temporal.count() >= present / 2 || present < 100;
    if (!wordsOnly && maybeTemporal && !temporal.add(cell)) {
      notDate = notDate == null ? new NumberSurvey.Cell(cell, line) : notDate;
    }
    if (!distinctLost) {
      boolean added = distinct.add(cell);
      if (added && first.size() <= 2) {
        first.add(cell);
      }
      if (distinct.size() > DISTINCT_NUMBERS && numbers.all() && !namedId()) {
        distinctLost = true;
        distinct.clear();
      }
    }
  }

  /** The words that stood for missing cells, with their counts. */
  TreeMap<String, Integer> missing() {
    return missing;
  }

  /**
   * What the column is; the categories of words are not yet known.
   *
   * @param pattern of numbers and of identifiers that are regenerated, {@code any} if their form is
   *     to be learned; else empty
   * @param read the pattern that reads the cells of numbers, where it is not the one to write
   */
  record Finding(Kind kind, String pattern, Optional<String> read, Optional<String> note) {

    Finding(Kind kind, String pattern, Optional<String> note) {
      this(kind, pattern, Optional.empty(), note);
    }

    /** These identifiers in the form that a rule gives, or in one to be learned. */
    Finding regenerated(Schema.Rule rule) {
      return new Finding(kind, rule.pattern().orElse(Notation.ANY), Optional.empty());
    }
  }

  /**
   * The finding after the first pass.
   *
   * @param commas whether commas are decimal ones where nothing else tells
   */
  Finding finding(RowSource file, boolean commas) {
    Kind said = rule.kind().orElse(null);
    boolean known = said != null && (!said.isCategory() || !rule.categories().isEmpty());
    if (said != null && (known || present > 0)) {
      return said(file, said, commas);
    }
    NumberSurvey.Reading most = numbers.commonest();
    if (numbersOnly && most.odd().isPresent()) {
      throw junk(file, most.odd().get(), "a finite number", most.count(), "numbers");
    }
    if (present == 0) {
      return new Finding(Kind.ALL_MISSING, "", note("no cell is there, kept as all missing"));
    }
    if (!distinctLost && distinct.size() == 1) {
      return new Finding(Kind.CONSTANT, "", Optional.empty());
    }
    if (!distinctLost
        && distinct.size() == 2
        && NO_AND_YES.contains(
            Set.copyOf(first.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList()))) {
      return new Finding(Kind.BOOLEAN, "", Optional.empty());
    }
    Optional<NumberSurvey.Reading> reading = numbers.reading(false, commas);
    if (reading.isPresent()) {
      NumberSurvey.Tally tally = reading.get().tally();
      if (tally.whole() && !reading.get().style().percent()) {
        return whole(reading.get());
      }
      if (tally.broken() || !tally.tooLong()) {
        return numbers(Kind.CONTINUOUS, reading.get());
      }
    }
    Kind found = temporal.kind(present).orElse(null);
    if (found != null) {
      return new Finding(found, temporal.pattern(found), temporal.note(found).flatMap(this::note));
    }
    refuseMixedMoments(file);
    refuseJunk(file, most);
    return words(most);
  }

  private Finding numbers(Kind kind, NumberSurvey.Reading reading) {
    Optional<String> doubt = numbersOnly ? Optional.empty() : reading.doubt().flatMap(this::note);
    return new Finding(kind, reading.pattern(kind), doubt);
  }

  private Finding said(RowSource file, Kind said, boolean commas) {
    if (said == Kind.ALL_MISSING && present > 0
        || (said == Kind.CONSTANT || said == Kind.BOOLEAN)
            && rule.categories().isEmpty()
            && distinct.size() != (said == Kind.BOOLEAN ? 2 : 1)) {
      throw new InvalidDataException(
          file.name()
              + ": need "
              + switch (said) {
                case ALL_MISSING -> "no cells";
                case CONSTANT -> "one word";
                default -> "two words";
              }
              + " in the "
              + said.word()
              + " "
              + Csv.column(name)
              + ", got "
              + distinctWords("against the schema"));
    }
    if (said == Kind.IDENTIFIER) {
      return new Finding(said, "", note("left out, as the schema says"));
    }
    if (!said.isNumber()) {
      return new Finding(said, "", Optional.empty());
    }
    if (rule.pattern().isPresent()) {
      String pattern = rule.pattern().get();
      return new Finding(said, pattern, plainly(said, pattern), Optional.empty());
    }
    if (said.isTemporal()) {
      return new Finding(said, temporal.pattern(said), temporal.note(said).flatMap(this::note));
    }
    return numbers(
        said, numbers.reading(said == Kind.INTEGER, commas).orElseGet(numbers::commonest));
  }

  /** The plain pattern for numbers that are written so where a schema says otherwise. */
  private Optional<String> plainly(Kind kind, String pattern) {
    boolean other =
        Notation.of(kind, pattern) instanceof NumberNotation notation
            && !numbers.fits(notation.style())
            && numbers.fits(NumberStyle.PLAIN);
    return other ? Optional.of(Notation.finest(kind).pattern()) : Optional.empty();
  }

  private Finding whole(NumberSurvey.Reading reading) {
    if (reading.tally().counting() && !gaps && present >= ROWS) {
      return new Finding(Kind.IDENTIFIER, "", note("counts the rows, left out as an identifier"));
    }
    if (namedId() && distinct.size() == present && present > ROWS) {
      return new Finding(Kind.IDENTIFIER, "", note(distinctWords("left out as an identifier")));
    }
    return numbers(Kind.INTEGER, reading);
  }

  private boolean namedId() {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("id")
        || lower.endsWith("_id")
        || lower.endsWith(" id")
        || lower.endsWith("-id")
        || lower.endsWith(".id")
        || name.endsWith("Id")
        || name.length() > 2 && name.endsWith("ID");
  }

  private Finding words(NumberSurvey.Reading most) {
    int count = distinctLost ? Integer.MAX_VALUE : distinct.size();
    if (count > FEW && count > present / 2 || count == present && count > ROWS) {
      return new Finding(Kind.IDENTIFIER, "", note(distinctWords("left out as an identifier")));
    }
    Optional<String> note =
        most.count() > 0 && most.count() < present
            ? note(
                (most.odd().isEmpty() ? "has leading zeros" : "mixes numbers and words")
                    + ", read as categories")
            : most.tally().tooLong()
                ? note("has numbers of more than 15 digits, read as categories")
                : Optional.empty();
    return new Finding(Kind.CATEGORICAL, "", note);
  }

  private String distinctWords(String ending) {
    String count = distinctLost ? "more than " + DISTINCT_NUMBERS : "" + distinct.size();
    return count + " distinct values in " + present + " cells, " + ending;
  }

  private Optional<String> note(String text) {
    return Optional.of(Csv.column(name) + ": " + text);
  }

  /** Fails if most cells are numbers or dates and the rest are no few known words. */
  private void refuseJunk(RowSource file, NumberSurvey.Reading most) {
    boolean manyWords = distinctLost || distinct.size() > Math.min(FEW, present / 2);
    boolean infinite = numbers.infinite() > 0;
    boolean mostlyNumbers =
        most.count() >= 0.8 * present
            || infinite && most.count() >= 0.5 * present
            || numbers.numbers() == present;
    boolean mostlyDates = temporal.count() >= 0.8 * present;
    if (manyWords && most.odd().isPresent() && mostlyNumbers) {
      String need = Notation.of(Kind.CONTINUOUS, most.pattern(Kind.CONTINUOUS)).need("");
      boolean other = numbers.numbers() == present;
      throw junk(
          file,
          most.odd().get(),
          infinite ? "a finite number" : other ? need + ", written like most" : need,
          most.count(),
          other ? "such" : "numbers");
    }
    if (manyWords && notDate != null && mostlyDates) {
      throw junk(file, notDate, "a date", temporal.count(), "dates");
    }
  }

  /** Fails if some moments have a zone and others do not: nothing tells how they compare. */
  private void refuseMixedMoments(RowSource file) {
    if (temporal.mixesLocalAndZoned(present)) {
      throw new InvalidDataException(
          file.name()
              + ": need moments that all have an offset or zone, or none that has, in "
              + Csv.column(name)
              + ", got both. Mend the cells, or say in a schema file that they are categorical");
    }
  }

  private InvalidDataException junk(
      RowSource file, NumberSurvey.Cell cell, String need, int good, String what) {
    return new InvalidDataException(
        file.place(cell.line())
            + ": need "
            + need
            + " in "
            + Csv.column(name)
            + ", got '"
            + Csv.shown(cell.text())
            + "' ("
            + good
            + " of "
            + present
            + " cells are "
            + what
            + "). Mend the cell, count '"
            + Csv.shown(cell.text())
            + "' as missing, or name the column's kind in a schema file");
  }

  /** A set of 64-bit hashes of words. */
  private static final class Hashes {
    private long[] slots = new long[16];
    private int size;

    int size() {
      return size;
    }

    void clear() {
      slots = new long[16];
      size = 0;
    }

    boolean add(String word) {
      long hash = 0xCBF29CE484222325L;
      for (int i = 0; i < word.length(); i++) {
        hash = (hash ^ word.charAt(i)) * 0x9E3779B97F4A7C15L;
        hash ^= hash >>> 32;
      }
      hash = hash == 0 ? 1 : hash;
      if (2 * (size + 1) > slots.length) {
        long[] old = slots;
        slots = new long[2 * old.length];
        for (long each : old) {
          if (each != 0) {
            slots[free(each)] = each;
          }
        }
      }
      int slot = free(hash);
      if (slots[slot] == hash) {
        return false;
      }
      slots[slot] = hash;
      size++;
      return true;
    }

    /** The slot of this hash, or the empty one where it belongs. */
    private int free(long hash) {
      int slot = (int) (hash >>> 33) & (slots.length - 1);
      while (slots[slot] != 0 && slots[slot] != hash) {
        slot = (slot + 1) & (slots.length - 1);
      }
      return slot;
    }
  }
}
