package dev.espalier.tables;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows a local date-time and makes it a moment.
 *
 * <p>An offset, {@code Z}, {@code +02:00}, {@code +0200} or {@code +02}; a region of the time zone
 * database, {@code [Europe/Berlin]}; or a region with the offset of the moment, as in {@code
 * +02:00[Europe/Berlin]}, whose pattern is {@code XXX[Europe/Berlin]}. A blank may stand before.
 *
 * <p>Of a local time that occurs twice in a region, when clocks are set back, the earlier moment is
 * meant unless an offset says otherwise.
 */
final class Zone {

  /** The offset 0, written as Z. */
  static final Zone UTC = new Zone("", "Z", Optional.empty());

  private static final Pattern FORM =
      Pattern.compile(
          "( ?)(Z|XXX|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?)?(?:\\[([A-Za-z][A-Za-z0-9+_/-]*)\\])?");
  private static final String EACH = "XXX";

  private final String blank;
  private final String offset;
  private final Optional<ZoneId> region;

  private Zone(String blank, String offset, Optional<ZoneId> region) {
    this.blank = blank;
    this.offset = offset;
    this.region = region;
  }

  /** The zone of a text; empty if it is none. */
  static Optional<Zone> of(String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches() || text.isBlank()) {
      return Optional.empty();
    }
    String offset = form.group(2) == null ? "" : form.group(2);
    try {
      Optional<ZoneId> region = Optional.ofNullable(form.group(3)).map(ZoneId::of);
      if (!offset.isEmpty() && !offset.equals(EACH)) {
        ZoneOffset.of(offset);
      }
      boolean sound = !offset.equals(EACH) || region.isPresent();
      return sound ? Optional.of(new Zone(form.group(1), offset, region)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** The zone of a cell as a pattern has it: a region's offset changes from cell to cell. */
  Zone inPattern() {
    return region.isPresent() && !offset.isEmpty() ? new Zone(blank, EACH, region) : this;
  }

  /** The text in a pattern. */
  String pattern() {
    return blank + offset + region.map(each -> "[" + each.getId() + "]").orElse("");
  }

  /** Whether this can stand in a cell, not in a pattern alone. */
  boolean isOfCell() {
    return !offset.equals(EACH);
  }

  /** Whether the offset may differ from moment to moment. */
  boolean isRegion() {
    return region.isPresent();
  }

  /** Whether local times are told apart by their offset. */
  boolean isDefinite() {
    return !offset.isEmpty();
  }

  /** The text after the local time of a moment. */
  String write(double moment) {
    String shown = offset.equals(EACH) ? at(moment).getId() : offset;
    return blank + shown + region.map(each -> "[" + each.getId() + "]").orElse("");
  }

  /** Local seconds since 1970-01-01T00:00 of a moment. */
  double local(double moment) {
    return moment + at(moment).getTotalSeconds();
  }

  private ZoneOffset at(double moment) {
    return region.isPresent()
        ? region.get().getRules().getOffset(Instant.ofEpochSecond((long) Math.floor(moment)))
        : ZoneOffset.of(offset);
  }

  /**
   * The moment of a local time in this zone, which is that of a cell; empty if a region skips the
   * local time or does not have the offset then.
   */
  OptionalDouble moment(double local) {
    if (!isDefinite()) {
      return resolved(local);
    }
    double moment = local - ZoneOffset.of(offset).getTotalSeconds();
    return region.isEmpty() || at(moment).getTotalSeconds() == local - moment
        ? OptionalDouble.of(moment)
        : OptionalDouble.empty();
  }

  /** The earlier moment of a local time by the rules of the region; empty if it skips it. */
  OptionalDouble resolved(double local) {
    double second = Math.floor(local);
    ZoneRules rules = region.orElseThrow().getRules();
    List<ZoneOffset> offsets =
        rules.getValidOffsets(LocalDateTime.ofEpochSecond((long) second, 0, ZoneOffset.UTC));
    return offsets.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(local - offsets.get(0).getTotalSeconds());
  }

  /** Why a local time in this zone is no moment. */
  String problem() {
    String where = region.map(ZoneId::getId).orElse("");
    return isDefinite()
        ? "the offset that " + where + " has then"
        : "a time that " + where + " has: its clocks skip this one";
  }
}
