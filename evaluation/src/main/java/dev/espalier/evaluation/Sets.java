package dev.espalier.evaluation;

import dev.espalier.api.Samples;
import java.io.Serializable;
import java.util.List;

/**
 * The three sets of rows that an evaluation is about, in the same columns and units.
 *
 * @param train what the model was fitted to
 * @param test real rows that it has not seen
 * @param drawn rows drawn from the model
 * @param cells the same rows as tables of cells: of train, test and drawn
 */
public record Sets(Samples train, Samples test, Samples drawn, List<Cells> cells)
    implements Serializable {

  /** Fails unless all have at least 5 rows, the same columns and no missing cell. */
  public Sets {
    cells = List.copyOf(cells);
    Rows.requirePair(train, test, 5);
    Rows.requirePair(train, drawn, 5);
    boolean fits =
        cells.size() == 3
            && cells.get(0).count() == train.count()
            && cells.get(1).count() == test.count()
            && cells.get(2).count() == drawn.count();
    if (!fits) {
      throw new IllegalArgumentException(
          "need the cells of train, test and drawn rows, got " + cells);
    }
    Cells.requirePair(cells.get(0), cells.get(1));
    Cells.requirePair(cells.get(0), cells.get(2));
  }

  /** Sets whose cells are their numbers. */
  public Sets(Samples train, Samples test, Samples drawn) {
    this(train, test, drawn, List.of(Cells.of(train), Cells.of(test), Cells.of(drawn)));
  }

  /** The training rows in place of the drawn ones. */
  public Sets oracle() {
    return new Sets(train, test, train, List.of(cells.get(0), cells.get(1), cells.get(0)));
  }

  /** Whether the drawn rows are the training rows. */
  boolean isOracle() {
    return drawn == train;
  }

  /** Some test and some drawn rows; those of an oracle stay the training rows. */
  Sets some(int[] tests, int[] draws) {
    Samples drawnRows = drawn.rows(draws);
    Cells drawnCells = cells.get(2).rows(draws);
    Samples trainRows = isOracle() ? drawnRows : train;
    Cells trainCells = isOracle() ? drawnCells : cells.get(0);
    return new Sets(
        trainRows,
        test.rows(tests),
        drawnRows,
        List.of(trainCells, cells.get(1).rows(tests), drawnCells));
  }
}
