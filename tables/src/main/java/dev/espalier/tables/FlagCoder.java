package dev.espalier.tables;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A column of two categories, none missing, as one flag. */
final class FlagCoder implements Coder {

  static final String NAME = "flag";

  private final Field field;
  private final Flag second;

  FlagCoder(Field field, Flag second) {
    this.field = field;
    this.second = second;
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    return List.of(field.name() + "=" + field.categories().get(1));
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    out[at] = cell < 0 ? Double.NaN : Flag.encode(cell == 1, jitter.at(0, row));
  }

  @Override
  public double decode(double[] in, int at) {
    return second.decode(in[at]) ? 1 : 0;
  }

  @Override
  public Coder calibrated(double[][] lanes) {
    return new FlagCoder(field, second.calibrated(lanes[0]));
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    node.set("second", second.toJson());
    return node;
  }

  static FlagCoder read(Json.Part part, Field field) {
    part.only("coder", "second");
    if (field.categories().size() != 2) {
      throw part.need("two categories in '" + field.name() + "'");
    }
    return new FlagCoder(field, Flag.read(part.get("second")));
  }
}
