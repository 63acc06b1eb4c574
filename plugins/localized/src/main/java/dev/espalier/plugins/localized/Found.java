package dev.espalier.plugins.localized;

import dev.espalier.api.Adjacency;
import dev.espalier.api.Graph;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;

/**
 * A graph found in the rows: columns are neighbours if they depend on each other given the rest.
 *
 * <p>Dependence is partial correlation, tested for every pair by {@link NodewiseRegressions}; rows
 * may be fewer than columns if each column depends on few. Among the neighbours that are found, the
 * expected share of pairs without partial correlation is at most the rate (Benjamini and Hochberg
 * 1995), and in rows without any dependence there is an edge at all with at most that chance.
 *
 * <p>Rows with missing cells take no part; constant columns have no neighbours.
 *
 * @param rate the share of false neighbours, in (0, 1)
 */
public record Found(
    @Setting(value = "" + RATE, help = "the share of false neighbours to put up with, in (0, 1)")
        double rate)
    implements Graph {

  /** The usual share of false neighbours. */
  public static final double RATE = 0.05;

  /** Checks the range. */
  public Found {
    if (!(rate > 0 && rate < 1)) {
      throw new IllegalArgumentException("need a rate in (0, 1), got " + rate);
    }
  }

  /**
   * Fails, as there are no rows to look at.
   *
   * @throws InvalidDataException always
   */
  @Override
  public Adjacency over(int columns) {
    throw new InvalidDataException(
        "need rows to find a graph in, got "
            + columns
            + " columns without any. Give a graph such as chain() or edges(pairs=[0, 1])");
  }

  /**
   * The neighbours in these rows.
   *
   * @throws InvalidDataException if there are fewer than {@value NodewiseRegressions#LEAST_ROWS}
   *     complete rows, or more than {@value NodewiseRegressions#MOST_COLUMNS} columns
   */
  @Override
  public Adjacency over(Samples rows) {
    return NodewiseRegressions.of(rows).graph(rate);
  }
}
