package dev.espalier.runtime;

import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.LossCurve;
import java.io.Serializable;
import java.util.List;

/**
 * What a {@link Discovery} found: the candidates held against each other, the choice, and the
 * evidence of every finder.
 *
 * @param finalists from the fewest parameters on, with losses on rows that no finder has seen
 * @param chosen the index of the choice
 * @param evidence of every finder that could look, by name
 * @param heldOut how many rows the finalists were compared on
 * @param notes what a reader should know, a sentence each
 */
public record Findings(
    List<Finalist> finalists,
    int chosen,
    List<Evidence> evidence,
    int heldOut,
    List<String> notes) {

  /** Checks the index, and copies. */
  public Findings {
    finalists = List.copyOf(finalists);
    evidence = List.copyOf(evidence);
    notes = List.copyOf(notes);
    if (!(chosen >= 0 && chosen < finalists.size())) {
      throw new IllegalArgumentException(
          "need the index of one of " + finalists.size() + " finalists, got " + chosen);
    }
  }

  /**
   * A candidate with the name of its structure.
   *
   * @param structure the finder's name
   * @param candidate its choice
   */
  public record Finalist(String structure, Evidence.Candidate candidate) implements Serializable {

    Finalist with(LossCurve loss, FitRequest request) {
      return new Finalist(
          structure,
          new Evidence.Candidate(
              candidate.size(),
              candidate.estimator(),
              candidate.parameters(),
              loss,
              candidate.estimator().cost(request)));
    }
  }

  /** The candidate that was chosen. */
  public Finalist choice() {
    return finalists.get(chosen);
  }

  /**
   * The index of the best of the others, which is what remains if the choice is wrong.
   *
   * @throws IllegalStateException if there is one finalist only
   */
  public int nextBest() {
    if (finalists.size() < 2) {
      throw new IllegalStateException("need at least 2 finalists, got 1");
    }
    int best = chosen == 0 ? 1 : 0;
    for (int k = 0; k < finalists.size(); k++) {
      if (k != chosen && loss(k).mean() < loss(best).mean()) {
        best = k;
      }
    }
    return best;
  }

  /** The losses of a finalist above those of the choice, row by row. */
  public LossCurve excess(int finalist) {
    return loss(finalist).minus(loss(chosen));
  }

  private LossCurve loss(int finalist) {
    return finalists.get(finalist).candidate().loss();
  }
}
