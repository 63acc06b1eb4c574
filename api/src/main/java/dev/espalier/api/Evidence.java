package dev.espalier.api;

import java.io.Serializable;
import java.util.List;

/**
 * What a finder saw: candidates with their held-out losses, its choice, and further figures.
 *
 * @param structure the kind of structure, the finder's name in a catalogue
 * @param found whether the choice has this structure at all; false for a mixture of one component
 * @param verdict the choice in one line
 * @param candidates from the simplest on, at least one
 * @param chosen the index of the choice, by {@link LossCurve#simplest} unless the notes say
 *     otherwise
 * @param structures what of the choice may go around other estimators too, none if nothing may
 * @param figures what else was measured
 * @param notes what a reader should know, a sentence each
 */
public record Evidence(
    String structure,
    boolean found,
    String verdict,
    List<Candidate> candidates,
    int chosen,
    List<Structure> structures,
    List<Figure> figures,
    List<String> notes)
    implements Serializable {

  /** Checks the index, and copies. */
  public Evidence {
    candidates = List.copyOf(candidates);
    structures = List.copyOf(structures);
    figures = List.copyOf(figures);
    notes = List.copyOf(notes);
    if (!(chosen >= 0 && chosen < candidates.size())) {
      throw new IllegalArgumentException(
          "need the index of one of " + candidates.size() + " candidates, got " + chosen);
    }
  }

  /** The candidate that was chosen. */
  public Candidate choice() {
    return candidates.get(chosen);
  }

  /**
   * One size of the structure.
   *
   * @param size what sets it apart, such as {@code rank 5}
   * @param estimator what to fit if it is chosen
   * @param parameters how many numbers are fitted, by which candidates of all kinds are ordered
   * @param loss on rows held out
   * @param cost of fitting all rows
   */
  public record Candidate(
      String size, ScoreEstimator estimator, double parameters, LossCurve loss, Cost cost)
      implements Serializable {

    /** Checks the range. */
    public Candidate {
      if (!(parameters >= 0 && parameters < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("need finite parameters >= 0, got " + parameters);
      }
    }
  }

  /**
   * A number that was measured.
   *
   * @param name what it is, such as {@code partial correlation}
   * @param at where it was measured, such as {@code distance 1}; empty if there is one only
   * @param value the number
   * @param error its standard error; 0 where none is known
   */
  public record Figure(String name, String at, double value, double error)
      implements Serializable {}
}
