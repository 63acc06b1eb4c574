package dev.espalier.report;

import dev.espalier.evaluation.Metrics;
import dev.espalier.evaluation.Ranking;
import dev.espalier.evaluation.Value;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What drawn rows are worth, in two sentences.
 *
 * @param kind the finding
 * @param likeness the sentence on how like real rows they are, and on references
 * @param privacy the sentence on copies of training rows
 */
public record Verdict(Kind kind, String likeness, String privacy) {

  /** Tests reject at this chance of a false alarm each. */
  private static final double ALPHA = 0.005;

  /** So many standard errors away from one half a classifier does not guess. */
  private static final double ERRORS = 3;

  private static final double COPIED = 0.5;
  private static final double LEANING = 0.9;

  /** What was found, the worst first. */
  public enum Kind {
    /** Drawn rows are training rows, or all but. */
    MEMORISED("memorised"),
    /** Columns are right one by one and wrong together. */
    BROKEN_PAIRS("broken pairs"),
    /** Drawn rows can be told from real ones. */
    DISTINGUISHABLE("distinguishable"),
    /** No test tells drawn rows from real ones. */
    INDISTINGUISHABLE("indistinguishable");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** In words, such as {@code broken pairs}. */
    public String words() {
      return words;
    }
  }

  /**
   * Judges the first model of a ranking, the others being references.
   *
   * <p>Drawn rows are told from real ones if the permutation test of the energy distance or of the
   * maximum mean discrepancy rejects at 0.005, or if a classifier is right more often than half the
   * time by three standard errors. So one of a hundred perfect models is called distinguishable.
   * Pairs are broken if the training rows beat the drawn ones by pair trend or by correlations
   * beyond doubt and not by column shape. Rows are memorised if copy protection is below 0.5 beyond
   * doubt.
   *
   * @throws IllegalArgumentException if the ranking lacks a metric of {@code Metrics.standard()}
   */
  public static Verdict of(Ranking ranking) {
    List<String> told = told(ranking);
    boolean columns = oracleBeats(ranking, "column shape") || oracleBeats(ranking, "KS to test");
    boolean pairs = oracleBeats(ranking, "pair trend") || oracleBeats(ranking, "correlation error");
    Value protection = line(ranking, "copy protection").values().get(0);
    boolean memorised = protection.value() + protection.margin() < COPIED;
    Kind kind = Kind.INDISTINGUISHABLE;
    if (memorised) {
      kind = Kind.MEMORISED;
    } else if (pairs && !columns) {
      kind = Kind.BROKEN_PAIRS;
    } else if (!told.isEmpty()) {
      kind = Kind.DISTINGUISHABLE;
    }
    return new Verdict(kind, likeness(ranking, kind, told, columns), privacy(ranking, protection));
  }

  private static Ranking.Line line(Ranking ranking, String metric) {
    return ranking
        .line(metric)
        .orElseThrow(() -> new IllegalArgumentException("need the metric '" + metric + "'"));
  }

  private static boolean oracleBeats(Ranking ranking, String metric) {
    Ranking.Line line = line(ranking, metric);
    Value drawn = line.values().get(0);
    return line.goal().badness(line.oracle().value()) + line.oracle().margin()
        < line.goal().badness(drawn.value()) - drawn.margin();
  }

  private static List<Ranking.Line> classifiers(Ranking ranking) {
    return ranking.lines().stream()
        .filter(line -> line.metric().startsWith(Metrics.CLASSIFIER))
        .toList();
  }

  /** The tests that tell drawn rows from real ones. */
  private static List<String> told(Ranking ranking) {
    List<String> told = new ArrayList<>();
    classifiers(ranking).stream()
        .map(line -> line.values().get(0))
        .filter(value -> value.error() != null && value.value() - ERRORS * value.error() > 0.5)
        .max(Comparator.comparingDouble(Value::value))
        .ifPresent(
            value ->
                told.add(
                    "a classifier tells them from real rows "
                        + percent(value.value())
                        + " of the time (guessing: 50 %)"));
    for (String test : List.of("energy to test", "MMD² to test")) {
      Double p = line(ranking, test).values().get(0).p();
      if (p != null && p <= ALPHA) {
        told.add(
            "the test of the "
                + (test.startsWith("energy") ? "energy distance" : "mean discrepancy")
                + " rejects (p = "
                + String.format(Locale.ROOT, "%.3f", p)
                + ")");
        break;
      }
    }
    return told;
  }

  private static String likeness(Ranking ranking, Kind kind, List<String> told, boolean columns) {
    String rows = ranking.testRows() + " real rows held out";
    String beside = beside(ranking);
    return switch (kind) {
      case MEMORISED ->
          "The drawn rows are copies of training rows, so how like "
              + rows
              + " they look says nothing of a model.";
      case BROKEN_PAIRS ->
          "Each column by itself is as in "
              + rows
              + ", but the pairs are broken: columns do not go together as they should (pair trend "
              + percent(line(ranking, "pair trend").values().get(0).value())
              + ", real rows "
              + percent(line(ranking, "pair trend").oracle().value())
              + ")"
              + beside
              + ".";
      case DISTINGUISHABLE ->
          "Against "
              + rows
              + ", "
              + String.join(" and ", told)
              + (columns ? ", and single columns differ" : "")
              + beside
              + ".";
      case INDISTINGUISHABLE ->
          "Two permutation tests and "
              + count(classifiers(ranking).size())
              + " cannot tell the drawn rows from "
              + rows
              + beside
              + ".";
    };
  }

  private static String count(int classifiers) {
    List<String> words = List.of("no classifier", "one classifier", "two", "three", "four", "five");
    String word = classifiers < words.size() ? words.get(classifiers) : "" + classifiers;
    return classifiers < 2 ? word : word + " classifiers";
  }

  /** How the references compare by energy distance: beyond doubt, or not at all. */
  private static String beside(Ranking ranking) {
    Ranking.Line energy = line(ranking, "energy to test");
    List<String> beaten = new ArrayList<>();
    List<String> better = new ArrayList<>();
    List<String> tied = new ArrayList<>();
    for (int k = 1; k < ranking.entrants().size(); k++) {
      String name = ranking.entrants().get(k);
      (energy.beats(0, k) ? beaten : energy.beats(k, 0) ? better : tied).add(name);
    }
    List<String> parts = new ArrayList<>();
    if (!beaten.isEmpty()) {
      parts.add("they are closer than those of " + String.join(" and ", beaten));
    }
    if (!better.isEmpty()) {
      parts.add("those of " + String.join(" and ", better) + " are closer");
    }
    if (!tied.isEmpty()) {
      parts.add("no better and no worse than " + String.join(" and ", tied));
    }
    return parts.isEmpty() ? "" : "; by energy distance " + String.join(", ", parts);
  }

  private static String privacy(Ranking ranking, Value protection) {
    double exact = line(ranking, "exact copies").values().get(0).value();
    double nearer = 1 - protection.value() / 2;
    if (protection.value() + protection.margin() < COPIED) {
      return percent(exact)
          + " of them equal a training row in every cell and "
          + percent(nearer)
          + " are nearer to training rows than to others: do not share them as synthetic.";
    }
    Value attack = line(ranking, "membership attack").values().get(0);
    if (protection.value() + protection.margin() < LEANING
        || attack.value() - attack.margin() > 0.55) {
      return "They lean towards the training rows ("
          + percent(nearer)
          + " are nearer to these than to others, and guessing who was in the training rows succeeds "
          + percent(attack.value())
          + " of the time): look at the privacy section before sharing them.";
    }
    return "They are no nearer to training rows than to real rows that were not fitted"
        + (exact > 0 ? ", though " + percent(exact) + " equal one in every cell" : "")
        + ": no sign of copying, which is no proof of privacy.";
  }

  /** A share in percent, small ones with a decimal. */
  static String percent(double share) {
    return String.format(
        Locale.ROOT, share > 0 && share < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * share);
  }

  /** Both sentences. */
  public String text() {
    return likeness + " " + privacy;
  }
}
