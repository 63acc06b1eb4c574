package dev.espalier.tables;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A column of numbers on a common scale; a missing cell is NaN there, and a flag tells of it. */
final class NumberCoder implements Coder {

  static final String NAME = "number";

  private final Field field;
  private final NumberLine line;
  private final @Nullable Flag missing;

  NumberCoder(Field field, NumberLine line, @Nullable Flag missing) {
    this.field = field;
    this.line = line;
    this.missing = missing;
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    return missing == null
        ? List.of(field.name())
        : List.of(field.name(), field.name() + " missing");
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    boolean gone = Double.isNaN(cell);
    out[at] = gone ? Double.NaN : line.encode(cell, jitter.at(0, row));
    if (missing != null) {
      out[at + 1] = Flag.encode(gone, jitter.at(1, row));
    }
  }

  @Override
  public double decode(double[] in, int at) {
    return saysMissing(in, at) ? Double.NaN : line.decode(in[at]);
  }

  @Override
  public double fill(double[] in, int at) {
    return line.decode(in[at]);
  }

  @Override
  public void knowPresent(int at, Known known) {
    if (missing != null) {
      known.column(at + 1, Flag.encode(false, 0.5));
    }
  }

  NumberLine line() {
    return line;
  }

  @Override
  public boolean saysMissing(double[] in, int at) {
    return missing != null && missing.decode(in[at + 1]);
  }

  @Override
  public Coder calibrated(double[][] lanes) {
    return missing == null ? this : new NumberCoder(field, line, missing.calibrated(lanes[1]));
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    node.set("line", line.toJson());
    if (missing != null) {
      node.set("missing", missing.toJson());
    }
    return node;
  }

  static NumberCoder read(Json.Part part, Field field) {
    part.only("coder", "line", "missing");
    if (!field.kind().isNumber()) {
      throw part.need("a kind of numbers in '" + field.name() + "'");
    }
    return new NumberCoder(
        field,
        NumberLine.read(part.get("line"), field),
        part.has("missing") ? Flag.read(part.get("missing")) : null);
  }
}
