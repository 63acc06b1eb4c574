package dev.espalier.runtime;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What a mistyped name may have meant. */
final class NearMisses {

  private NearMisses() {}

  /** A clause like {@code ; did you mean 'gmm'?}, or nothing if no name is near. */
  static String clause(String typed, Collection<String> names) {
    List<String> near = of(typed, names);
    return near.isEmpty() ? "" : "; did you mean '" + String.join("' or '", near) + "'?";
  }

  /** The clause and then the sentence. */
  static String clause(String typed, Collection<String> names, String sentence) {
    String clause = clause(typed, names);
    return (clause.isEmpty() ? ". " : clause + " ") + sentence;
  }

  /** Up to three names within a third of the typed length in edits, the nearest first. */
  static List<String> of(String typed, Collection<String> names) {
    if (typed.length() > 100) {
      return List.of();
    }
    String lower = typed.toLowerCase(Locale.ROOT);
    int allowed = Math.max(1, (lower.length() + 1) / 3);
    Comparator<String> byDistance = Comparator.comparingInt(name -> distance(lower, name));
    return names.stream()
        // so many edits at least; a long word is not laid out against every short name
        .filter(name -> Math.abs(name.length() - lower.length()) <= allowed)
        .filter(name -> distance(lower, name) <= allowed)
        .sorted(byDistance.thenComparing(Comparator.naturalOrder()))
        .limit(3)
        .toList();
  }

  /** Edits from one word to the other; swapping neighbours is one. */
  static int distance(String from, String name) {
    String to = name.toLowerCase(Locale.ROOT);
    int[][] cost = new int[from.length() + 1][to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      for (int j = 0; j <= to.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int least = Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1);
        least = Math.min(least, cost[i - 1][j - 1] + change);
        boolean swap =
            i > 1
                && j > 1
                && from.charAt(i - 1) == to.charAt(j - 2)
                && from.charAt(i - 2) == to.charAt(j - 1);
        cost[i][j] = swap ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
      }
    }
    return cost[from.length()][to.length()];
  }
}
