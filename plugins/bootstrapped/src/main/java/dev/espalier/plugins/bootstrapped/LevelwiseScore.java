package dev.espalier.plugins.bootstrapped;

import dev.espalier.api.Curvature;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One of several scores at every level of a grid, and a mean of two between its levels. */
final class LevelwiseScore implements Score, Curvature, Stored {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "levelwise";

  private final List<Score> parts;

  /** Log SNRs, rising. */
  private final double[] nodes;

  /** The part at every node. */
  private final int[] choices;

  private final List<String> notes;

  private LevelwiseScore(List<Score> parts, double[] nodes, int[] choices, List<String> notes) {
    this.parts = List.copyOf(parts);
    this.nodes = nodes;
    this.choices = choices;
    this.notes = List.copyOf(notes);
  }

  /**
   * The choice among scores; those that are nowhere the choice are not kept.
   *
   * @param nodes log SNRs, rising; the arrays are kept
   * @param choices a score each
   * @param held how many rows made the choice
   */
  static Score of(List<Score> scores, double[] nodes, int[] choices, int held) {
    List<Score> parts = new ArrayList<>();
    int[] own = new int[choices.length];
    StringBuilder said =
        new StringBuilder("levelwise, by the loss on " + held + " rows held out: ");
    for (int s = 0; s < scores.size(); s++) {
      int count = 0;
      for (int k = 0; k < choices.length; k++) {
        if (choices[k] == s) {
          own[k] = parts.size();
          count++;
        }
      }
      if (count > 0) {
        parts.add(scores.get(s));
      }
      said.append(s > 0 ? ", " : "").append("estimator ").append(s + 1);
      said.append(" at ").append(where(nodes, choices, s));
    }
    List<String> notes = new ArrayList<>();
    notes.add(said.toString());
    return new LevelwiseScore(parts, nodes, own, notes);
  }

  /** The runs of nodes that are the choice's, as log SNRs. */
  private static String where(double[] nodes, int[] choices, int choice) {
    List<String> runs = new ArrayList<>();
    for (int k = 0; k < nodes.length; k++) {
      boolean begins = choices[k] == choice && (k == 0 || choices[k - 1] != choice);
      int last = k;
      while (begins && last + 1 < nodes.length && choices[last + 1] == choice) {
        last++;
      }
      if (begins) {
        String from = String.format(Locale.ROOT, "%.1f", nodes[k]);
        String to = String.format(Locale.ROOT, " to %.1f", nodes[last]);
        runs.add(last == k ? from : from + to);
      }
    }
    return runs.isEmpty() ? "no log SNR" : "log SNR " + String.join(" and ", runs);
  }

  /** What a part makes of rows. */
  private interface Answer {
    void write(Score part, double[] out);
  }

  private void write(NoiseLevel level, double[] out, Answer answer) {
    double logSnr = level.logSnr();
    int above = 0;
    while (above < nodes.length && nodes[above] < logSnr) {
      above++;
    }
    int low = choices[Math.max(0, above - 1)];
    int high = choices[Math.min(nodes.length - 1, above)];
    answer.write(parts.get(high), out);
    if (low != high) {
      double share = (nodes[above] - logSnr) / (nodes[above] - nodes[above - 1]);
      double[] other = new double[out.length];
      answer.write(parts.get(low), other);
      for (int i = 0; i < out.length; i++) {
        out[i] = (1 - share) * out[i] + share * other[i];
      }
    }
  }

  @Override
  public int columns() {
    return parts.get(0).columns();
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    write(level, out, (part, answer) -> part.posteriorMean(level, x, answer));
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    write(level, out, (part, answer) -> part.score(level, x, answer));
  }

  private static Curvature curvature(Score part) {
    return part.ability(Curvature.class)
        .orElseThrow(() -> new IllegalStateException("the part has no curvature: " + part));
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    write(level, out, (part, answer) -> curvature(part).jacobianTimes(level, x, v, answer));
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    write(
        level, out, (part, answer) -> curvature(part).transposedJacobianTimes(level, x, v, answer));
  }

  @Override
  public void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    write(level, out, (part, answer) -> curvature(part).hessianTimes(level, x, v, answer));
  }

  @Override
  public NoiseRange range() {
    NoiseRange range = NoiseRange.ALL;
    for (Score part : parts) {
      range = range.intersect(part.range());
    }
    return range;
  }

  /** Everything that the only part can do; else what takes no more than products of all. */
  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    if (ability == Curvature.class || ability == Stored.class) {
      return parts.stream().allMatch(part -> part.ability(ability).isPresent())
          ? Score.super.ability(ability)
          : Optional.empty();
    }
    return parts.size() == 1 ? parts.get(0).ability(ability) : Optional.empty();
  }

  @Override
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    parts.forEach(part -> all.addAll(part.notes()));
    return all;
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    out.tensor("nodes", nodes, nodes.length);
    out.tensor("choices", Arrays.stream(choices).asDoubleStream().toArray(), choices.length);
    out.text("notes", String.join("\n", notes));
    for (int k = 0; k < parts.size(); k++) {
      out.part("part" + k, parts.get(k));
    }
  }

  /** Restores what {@link #write} wrote. */
  static Score read(Reader in) {
    double[] nodes = in.tensor("nodes", Reader.ANY);
    double[] numbers = in.tensor("choices", nodes.length);
    int[] choices = new int[nodes.length];
    List<Score> parts = new ArrayList<>();
    while (in.has("part" + parts.size())) {
      parts.add(in.part("part" + parts.size()));
    }
    for (int k = 0; k < nodes.length; k++) {
      choices[k] = (int) numbers[k];
      if (!(choices[k] == numbers[k]
          && choices[k] >= 0
          && choices[k] < parts.size()
          && (k == 0 || nodes[k - 1] < nodes[k]))) {
        throw new InvalidDataException(
            "need rising log SNRs, each with one of "
                + parts.size()
                + " parts, got "
                + Arrays.toString(numbers)
                + " at "
                + Arrays.toString(nodes));
      }
    }
    if (nodes.length == 0 || parts.stream().mapToInt(Score::columns).distinct().count() > 1) {
      throw new InvalidDataException(
          "need a log SNR and parts of equal columns, got " + nodes.length + " and " + parts);
    }
    return new LevelwiseScore(parts, nodes, choices, in.text("notes").lines().toList());
  }

  @Override
  public String toString() {
    return "LevelwiseScore[" + columns() + " columns, " + parts.size() + " parts]";
  }
}
