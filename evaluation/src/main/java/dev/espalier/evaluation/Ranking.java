package dev.espalier.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Several models by every metric, with ties where their intervals overlap.
 *
 * @param trainRows the number of training rows
 * @param testRows the number of test rows
 * @param drawnRows the number of drawn rows of each model
 * @param columns the number of columns
 * @param seed of whatever was random
 * @param entrants the names of the models, in the order given
 * @param lines one for every metric, in order
 */
public record Ranking(
    int trainRows,
    int testRows,
    List<Integer> drawnRows,
    int columns,
    long seed,
    List<String> entrants,
    List<Line> lines) {

  /** Copies. */
  public Ranking {
    drawnRows = List.copyOf(drawnRows);
    entrants = List.copyOf(entrants);
    lines = List.copyOf(lines);
  }

  /**
   * One metric.
   *
   * @param metric its name
   * @param summary what it measures
   * @param goal which values are good
   * @param values one for each model
   * @param oracle what it says of the training rows in place of drawn ones
   */
  public record Line(String metric, String summary, Goal goal, List<Value> values, Value oracle) {

    /** Copies. */
    public Line {
      values = List.copyOf(values);
    }

    /**
     * The rank of each model from 1: one more than the number of models that are better beyond
     * doubt, that is whose interval of badness ends before this one's begins.
     */
    public List<Integer> ranks() {
      List<Integer> ranks = new ArrayList<>();
      for (Value each : values) {
        int better = 0;
        for (Value other : values) {
          better += beats(other, each) ? 1 : 0;
        }
        ranks.add(1 + better);
      }
      return List.copyOf(ranks);
    }

    /** Whether model {@code one} is better than model {@code other} beyond doubt. */
    public boolean beats(int one, int other) {
      return beats(values.get(one), values.get(other));
    }

    private boolean beats(Value one, Value other) {
      return goal.badness(one.value()) + one.margin()
          < goal.badness(other.value()) - other.margin();
    }
  }

  /** The line of the metric of this name. */
  public Optional<Line> line(String metric) {
    return lines.stream().filter(each -> each.metric().equals(metric)).findFirst();
  }

  /** What was found of one model. */
  public Report report(int entrant) {
    return new Report(
        trainRows,
        testRows,
        drawnRows.get(entrant),
        columns,
        seed,
        lines.stream()
            .map(
                line ->
                    new Result(
                        line.metric,
                        line.summary,
                        line.goal,
                        line.values.get(entrant),
                        line.oracle))
            .toList());
  }
}
