package dev.espalier.tables;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the first pass over a file learns of the dates, times and moments of one column. */
final class TemporalSurvey {

  private static final double EVEN_OFFSETS =
      Notation.of(Kind.TIMESTAMP, Notation.DATE + "THH:mm[UTC]").least();

  /** Zones are told apart up to so many. */
  private static final int ZONES = 5;

  /** Of each of {@link DateNotation#PATTERNS}, how many cells it reads. */
  private final int[] fits = new int[DateNotation.PATTERNS.size()];

  private int dates;
  private int times;
  private int local;
  private int zoned;
  private String finest = "";
  private boolean sameSeparator = true;
  private double unit = Clock.DAY;
  private double unitInUtc = Clock.DAY;
  private double earliest = Double.POSITIVE_INFINITY;
  private final Map<String, Zone> zones = new LinkedHashMap<>();

  /** Whether a cell is temporal, and takes note of it. */
  boolean add(String cell) {
    if (isDate(cell)) {
      dates++;
      return true;
    }
    OptionalDouble time = TimeNotation.seconds(cell);
    if (time.isPresent()) {
      times++;
      clock(Clock.pattern(cell.length()), time.getAsDouble());
      return true;
    }
    Optional<MomentText> moment = MomentText.of(cell);
    moment.ifPresent(this::add);
    return moment.isPresent();
  }

  private boolean isDate(String cell) {
    boolean date = false;
    for (int k = 0; k < fits.length; k++) {
      if (DateNotation.day(cell, DateNotation.PATTERNS.get(k)).isPresent()) {
        fits[k]++;
        date = true;
      }
    }
    return date;
  }

  private void add(MomentText moment) {
    sameSeparator &=
        finest.length() < Notation.DATE.length()
            || finest.charAt(Notation.DATE.length())
                == moment.pattern().charAt(Notation.DATE.length());
    clock(moment.pattern(), moment.seconds());
    if (moment.zone().isEmpty()) {
      local++;
      return;
    }
    zoned++;
    Zone zone = moment.zone().get();
    double utc = zone.moment(moment.seconds()).orElse(moment.seconds());
    unitInUtc = Math.min(unitInUtc, Clock.unit(utc));
    earliest = Math.min(earliest, utc);
    if (zones.size() < ZONES) {
      zones.putIfAbsent(zone.inPattern().pattern(), zone.inPattern());
    }
  }

  private void clock(String pattern, double seconds) {
    finest = pattern.length() > finest.length() ? pattern : finest;
    unit = Math.min(unit, Clock.unit(seconds));
  }

  int count() {
    return dates + times + local + zoned;
  }

  /** The kind of so many cells, if all are temporal and of one kind. */
  Optional<Kind> kind(int cells) {
    if (dates == cells && fitting().isPresent()) {
      return Optional.of(Kind.DATE);
    }
    if (times == cells) {
      return Optional.of(Kind.TIME);
    }
    if (local == cells && sameSeparator) {
      return Optional.of(Kind.DATE_TIME);
    }
    return zoned == cells && sameSeparator ? Optional.of(Kind.TIMESTAMP) : Optional.empty();
  }

  /** The first pattern that reads all dates. */
  private Optional<String> fitting() {
    return DateNotation.PATTERNS.stream().filter(this::fits).findFirst();
  }

  private boolean fits(String pattern) {
    return dates > 0 && fits[DateNotation.PATTERNS.indexOf(pattern)] == dates;
  }

  /** Whether some moments have a zone and others do not, so that they do not compare. */
  boolean mixesLocalAndZoned(int cells) {
    return local > 0 && zoned > 0 && local + zoned == cells;
  }

  /** How the cells of a temporal kind are written. */
  String pattern(Kind kind) {
    if (kind == Kind.DATE) {
      return fitting().orElse(Notation.DATE);
    }
    if (kind == Kind.TIME) {
      return finest.startsWith("HH") ? Clock.coarser(finest, Math.min(3600, unit)) : "HH:mm:ss";
    }
    String moment = finest.length() < Notation.DATE.length() ? "yyyy-MM-ddTHH:mm:ss" : finest;
    if (kind == Kind.DATE_TIME) {
      boolean utc = zones.containsKey("Z");
      return Clock.coarser(moment, unit) + (utc ? "Z" : "");
    }
    Zone zone = zone();
    if (zone.isRegion()) {
      if (earliest < EVEN_OFFSETS) {
        return moment + (moment.contains("ss") ? "" : ":ss") + zone.pattern();
      }
      return Clock.coarser(moment, Math.min(60, unit)) + zone.pattern();
    }
    return Clock.coarser(moment, zones.size() > 1 ? unitInUtc : unit) + zone.pattern();
  }

  /** The one zone of all moments, or UTC where they have several. */
  private Zone zone() {
    return zones.size() == 1 ? zones.values().iterator().next() : Zone.UTC;
  }

  /** What a reader should know of dates or moments of a kind. */
  Optional<String> note(Kind kind) {
    if (kind == Kind.DATE && fits("d/M/yyyy") && fits("M/d/yyyy")) {
      return Optional.of(
          "read as dates "
              + pattern(kind)
              + "; should the month stand first, say so by the pattern MM/dd/yyyy in a schema file");
    }
    return kind == Kind.TIMESTAMP && zones.size() > 1
        ? Optional.of(
            "moments in several zones, "
                + String.join(", ", zones.keySet())
                + (zones.size() == ZONES ? ", …" : "")
                + ", written in UTC")
        : Optional.empty();
  }
}
