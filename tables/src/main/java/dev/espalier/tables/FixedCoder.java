package dev.espalier.tables;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A column with one value: no number, but a flag if some of its cells are missing. */
final class FixedCoder implements Coder {

  static final String NAME = "fixed";

  private final Field field;
  private final double cell;
  private final @Nullable Flag missing;

  /**
   * Codes a column.
   *
   * @param cell the one number or code; NaN or −1 if no cell is there
   * @param missing null unless some cells are missing and some are there
   */
  FixedCoder(Field field, double cell, @Nullable Flag missing) {
    this.field = field;
    this.cell = cell;
    this.missing = missing;
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    return missing == null ? List.of() : List.of(field.name() + " missing");
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    if (missing != null) {
      out[at] = Flag.encode(Cells.missing(field, cell), jitter.at(0, row));
    }
  }

  @Override
  public double decode(double[] in, int at) {
    return missing != null && missing.decode(in[at]) ? Cells.none(field) : cell;
  }

  @Override
  public double fill(double[] in, int at) {
    return cell;
  }

  @Override
  public void know(double cell, int at, Known known) {
    if (cell != this.cell) {
      throw new IllegalArgumentException(
          "this has probability zero: the column '"
              + field.name()
              + "' was the same in all rows that were fitted");
    }
    knowPresent(at, known);
  }

  @Override
  public void knowPresent(int at, Known known) {
    if (missing != null) {
      known.column(at, Flag.encode(false, 0.5));
    }
  }

  /** The one cell; NaN or −1 if there is none. */
  double cell() {
    return cell;
  }

  @Override
  public Coder calibrated(double[][] lanes) {
    return missing == null ? this : new FixedCoder(field, cell, missing.calibrated(lanes[0]));
  }

  @Override
  public Optional<String> note() {
    return field.kind().isNumber() && !Double.isNaN(cell)
        ? Optional.of(
            "column '" + field.name() + "': the same number everywhere, restored as it is")
        : Optional.empty();
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    if (!Cells.missing(field, cell)) {
      node.put("cell", Decimals.exact(cell));
    }
    if (missing != null) {
      node.set("missing", missing.toJson());
    }
    return node;
  }

  static FixedCoder read(Json.Part part, Field field) {
    part.only("coder", "cell", "missing");
    double cell = part.has("cell") ? part.get("cell").number() : Cells.none(field);
    boolean code = cell == Math.rint(cell) && cell >= 0 && cell < field.categories().size();
    if (part.has("cell") && !field.kind().isNumber() && !code) {
      throw part.get("cell").need("a code of '" + field.name() + "'");
    }
    return new FixedCoder(field, cell, part.has("missing") ? Flag.read(part.get("missing")) : null);
  }
}
