package dev.espalier.tables;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Moments in seconds since 1970-01-01T00:00: of local time, or of any zone.
 *
 * <p>Years are from 1 to 9999. Moments of a region to the minute begin with 1973, since offsets had
 * odd seconds before.
 *
 * @param kind date-time or timestamp
 * @param pattern as in {@link Notation}
 * @param clock the part of the pattern that is a {@link Clock}'s
 * @param zone empty for local time
 */
record MomentNotation(Kind kind, String pattern, String clock, Optional<Zone> zone)
    implements Notation {

  private static final double FIRST = LocalDate.of(1, 1, 1).toEpochDay() * Clock.DAY;
  private static final double END = LocalDate.of(9999, 12, 31).toEpochDay() * Clock.DAY + Clock.DAY;
  private static final double EVEN_OFFSETS = LocalDate.of(1973, 1, 1).toEpochDay() * Clock.DAY;

  static MomentNotation of(Kind kind, String pattern) {
    int start = DATE.length() + 1;
    if (pattern.startsWith(DATE + "T") || pattern.startsWith(DATE + " ")) {
      for (int end = Math.min(pattern.length(), start + 15); end >= start + 5; end--) {
        String clock = pattern.substring(start, end);
        if (Clock.isPattern(clock)) {
          Optional<Zone> zone = Zone.of(pattern.substring(end));
          boolean local = end == pattern.length();
          boolean utc = zone.map(each -> each.pattern().equals("Z")).orElse(false);
          boolean fits =
              kind == Kind.DATE_TIME
                  ? local || utc
                  : zone.isPresent() && !(zone.get().isRegion() && Clock.unitOf(clock) > 60);
          if (fits) {
            return new MomentNotation(kind, pattern, clock, zone);
          }
        }
      }
    }
    throw Notation.wrong(
        kind,
        kind == Kind.DATE_TIME
            ? "yyyy-MM-ddTHH:mm:ss"
            : "yyyy-MM-ddTHH:mm:ssZ, yyyy-MM-ddTHH:mm+02:00 or"
                + " yyyy-MM-ddTHH:mm:ssXXX[Europe/Berlin]",
        pattern);
  }

  @Override
  public double unit() {
    return Clock.unitOf(clock);
  }

  @Override
  public double least() {
    boolean even = zone.isPresent() && zone.get().isRegion() && unit() > 1;
    return even ? EVEN_OFFSETS : kind == Kind.DATE_TIME ? FIRST : FIRST + Clock.DAY;
  }

  @Override
  public double greatest() {
    return kind == Kind.DATE_TIME ? Math.nextDown(END) : END - Clock.DAY;
  }

  @Override
  public String values() {
    return least() == EVEN_OFFSETS ? "years from 1973 to 9999" : "years from 1 to 9999";
  }

  @Override
  public double snap(double value) {
    if (zone.isEmpty()) {
      return Math.min(Clock.snap(clock, value), Clock.snap(clock, END - unit()));
    }
    double offset = zone.get().local(value) - value;
    double snapped = Clock.snap(clock, value + offset) - offset;
    return zone.get().isDefinite()
        ? snapped
        : zone.get().resolved(zone.get().local(snapped)).orElse(snapped);
  }

  @Override
  public String write(double value) {
    double local = zone.isPresent() ? zone.get().local(value) : value;
    double second = Math.floor(local);
    double day = Math.floor(second / Clock.DAY);
    StringBuilder text = new StringBuilder(LocalDate.ofEpochDay((long) day).toString());
    text.append(pattern.charAt(DATE.length()));
    Clock.write(text, clock, (int) (second - day * Clock.DAY), local - second);
    return text.append(zone.map(each -> each.write(value)).orElse("")).toString();
  }

  @Override
  public OptionalDouble read(String cell) {
    OptionalDouble day = DateNotation.day(cell);
    if (day.isPresent() && kind == Kind.DATE_TIME) {
      return OptionalDouble.of(day.getAsDouble() * Clock.DAY);
    }
    Optional<MomentText> text = MomentText.of(cell);
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    Optional<Zone> said = text.get().zone();
    if (kind == Kind.DATE_TIME) {
      boolean plain = said.map(each -> each.pattern().equals("Z")).orElse(true);
      return plain ? OptionalDouble.of(text.get().seconds()) : OptionalDouble.empty();
    }
    OptionalDouble moment =
        said.isPresent() ? said.get().moment(text.get().seconds()) : OptionalDouble.empty();
    boolean within =
        moment.isPresent() && moment.getAsDouble() >= least() && moment.getAsDouble() <= greatest();
    return within ? moment : OptionalDouble.empty();
  }

  @Override
  public String need(String cell) {
    if (kind == Kind.DATE_TIME) {
      return "a date-time such as 2020-12-31T23:59:59";
    }
    Optional<MomentText> text = MomentText.of(cell);
    Optional<Zone> said = text.flatMap(MomentText::zone);
    boolean odd = said.isPresent() && said.get().moment(text.get().seconds()).isEmpty();
    return odd
        ? said.get().problem()
        : "a moment with its offset or zone, such as 2020-12-31T23:59:59+01:00";
  }
}
