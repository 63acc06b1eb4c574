package dev.espalier.tables;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The text of a moment, taken apart.
 *
 * @param seconds local ones since 1970-01-01T00:00
 * @param pattern with the finest parts that the text has, without the zone
 * @param zone what follows the local time, if anything does
 */
record MomentText(double seconds, String pattern, Optional<Zone> zone) {

  private static final int CLOCK = 11;

  /** Takes a text apart; empty if it is no moment. */
  static Optional<MomentText> of(String text) {
    if (text.length() < CLOCK + 5 || text.charAt(10) != 'T' && text.charAt(10) != ' ') {
      return Optional.empty();
    }
    int end = Clock.end(text, CLOCK);
    OptionalDouble day = DateNotation.day(text.substring(0, 10));
    if (end < 0 || day.isEmpty()) {
      return Optional.empty();
    }
    OptionalDouble second = Clock.read(text, CLOCK, end);
    Optional<Zone> zone = Zone.of(text.substring(end)).filter(Zone::isOfCell);
    if (second.isEmpty() || zone.isEmpty() && end < text.length()) {
      return Optional.empty();
    }
    return Optional.of(
        new MomentText(
            day.getAsDouble() * Clock.DAY + second.getAsDouble(),
            Notation.DATE + text.charAt(10) + Clock.pattern(end - CLOCK),
            zone));
  }
}
