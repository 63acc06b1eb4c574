package dev.espalier.tables;

import dev.espalier.api.DrawRequest;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * How one column becomes numbers and comes back.
 *
 * <p>A cell is passed as a number: that of a column of numbers or NaN, a code or −1, and for
 * identifiers 0 or −1.
 */
sealed interface Coder
    permits CappedCoder,
        FixedCoder,
        FlagCoder,
        FreshCoder,
        NumberCoder,
        OrderedCoder,
        RankCoder,
        WordsCoder {

  /** The type of the column. */
  Field field();

  /** One name for every number that a cell becomes. */
  List<String> names();

  /** How many numbers a cell becomes. */
  default int width() {
    return names().size();
  }

  /** Writes the numbers of the cell in a row from {@code out[at]} on. */
  void encode(double cell, Jitter jitter, long row, double[] out, int at);

  /** The cell of the numbers from {@code in[at]} on. */
  double decode(double[] in, int at);

  /** The cell of these numbers as one that is there, even where they say that it is missing. */
  default double fill(double[] in, int at) {
    return decode(in, at);
  }

  /**
   * Whether the numbers from {@code in[at]} on say that the cell is missing by a flag beside it.
   */
  default boolean saysMissing(double[] in, int at) {
    return false;
  }

  /**
   * The column of decoded cells.
   *
   * @param rows which rows of a draw they are
   * @param seed of the draw
   */
  default Column column(double[] cells, DrawRequest.Rows rows, long seed) {
    return Cells.column(field(), cells);
  }

  /**
   * Tells what the numbers from {@code at} on are for a cell.
   *
   * @throws IllegalArgumentException if the column has no such cell
   */
  default void know(double cell, int at, Known known) {
    double[] lanes = new double[width()];
    encode(cell, Jitter.none(), 0, lanes, 0);
    for (int k = 0; k < lanes.length; k++) {
      if (!Double.isNaN(lanes[k])) {
        known.column(at + k, lanes[k]);
      }
    }
  }

  /** Tells that the cell is there. */
  default void knowPresent(int at, Known known) {}

  /** This coder with its thresholds moved so that drawn numbers decode as often as in the data. */
  default Coder calibrated(double[][] lanes) {
    return this;
  }

  /** What a reader should know of the encoding. */
  default Optional<String> note() {
    return Optional.empty();
  }

  /** What {@link #read} reads. */
  ObjectNode toJson();

  /** Restores a coder. */
  static Coder read(Json.Part part, Field field) {
    String coder = part.get("coder").text();
    return switch (coder) {
      case CappedCoder.NAME -> CappedCoder.read(part, field);
      case FixedCoder.NAME -> FixedCoder.read(part, field);
      case FlagCoder.NAME -> FlagCoder.read(part, field);
      case FreshCoder.NAME -> FreshCoder.read(part, field);
      case NumberCoder.NAME -> NumberCoder.read(part, field);
      case OrderedCoder.NAME -> OrderedCoder.read(part, field);
      case RankCoder.NAME -> RankCoder.read(part, field);
      case WordsCoder.NAME -> WordsCoder.read(part, field);
      default -> throw part.get("coder").need("a known coder");
    };
  }
}
