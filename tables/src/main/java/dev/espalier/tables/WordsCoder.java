package dev.espalier.tables;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column of a few categories as one flag for each (one-hot), missing being one more of them.
 *
 * <p>The category with the greatest number, after an offset for each, is the cell. The offsets may
 * be set so that drawn rows have each category as often as the data; they are so small that encoded
 * data decode exactly whatever they are.
 */
final class WordsCoder implements Coder {

  static final String NAME = "one-hot";

  private static final double MOST = 0.23;
  private static final int ROUNDS = 200;

  private final Field field;
  private final double[] shares;
  private final double[] offsets;

  /**
   * Codes a column.
   *
   * @param shares of the categories, and of missing cells last if there are any
   */
  WordsCoder(Field field, double[] shares, double[] offsets) {
    this.field = field;
    this.shares = shares;
    this.offsets = offsets;
  }

  @Override
  public Field field() {
    return field;
  }

  @Override
  public List<String> names() {
    List<String> names = new ArrayList<>();
    for (String category : field.categories()) {
      names.add(field.name() + "=" + category);
    }
    if (shares.length > names.size()) {
      names.add(field.name() + " missing");
    }
    return names;
  }

  @Override
  public void encode(double cell, Jitter jitter, long row, double[] out, int at) {
    int categories = field.categories().size();
    boolean unknown = cell < 0 && shares.length == categories;
    int lane = cell < 0 ? categories : (int) cell;
    for (int k = 0; k < shares.length; k++) {
      out[at + k] = unknown ? Double.NaN : Flag.encode(k == lane, jitter.at(k, row));
    }
  }

  @Override
  public double decode(double[] in, int at) {
    int best = most(in, at, shares.length);
    return best == field.categories().size() ? -1 : best;
  }

  @Override
  public double fill(double[] in, int at) {
    return most(in, at, field.categories().size());
  }

  @Override
  public void knowPresent(int at, Known known) {
    if (shares.length > field.categories().size()) {
      known.column(at + field.categories().size(), Flag.encode(false, 0.5));
    }
  }

  private int most(double[] in, int at, int lanes) {
    int best = 0;
    for (int k = 1; k < lanes; k++) {
      if (in[at + k] + offsets[k] > in[at + best] + offsets[best]) {
        best = k;
      }
    }
    return best;
  }

  /** Moves every offset by the lack of its category, in ever smaller steps. */
  @Override
  public WordsCoder calibrated(double[][] lanes) {
    int rows = lanes[0].length;
    double[] current = new double[shares.length];
    double[] best = current.clone();
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      int[] counts = new int[shares.length];
      for (int i = 0; i < rows; i++) {
        int chosen = 0;
        for (int k = 1; k < shares.length; k++) {
          if (lanes[k][i] + current[k] > lanes[chosen][i] + current[chosen]) {
            chosen = k;
          }
        }
        counts[chosen]++;
      }
      double error = 0;
      double step = 1.0 / (1 + round / 20.0);
      double[] next = new double[shares.length];
      for (int k = 0; k < shares.length; k++) {
        double lack = shares[k] - counts[k] / (double) rows;
        error += Math.abs(lack);
        next[k] = Math.max(-MOST, Math.min(MOST, current[k] + step * lack));
      }
      if (error < least) {
        least = error;
        best = current;
      }
      current = next;
    }
    return new WordsCoder(field, shares, best);
  }

  @Override
  public ObjectNode toJson() {
    ObjectNode node = Json.object().put("coder", NAME);
    node.set("shares", Json.numbers(shares));
    node.set("offsets", Json.numbers(offsets));
    return node;
  }

  static WordsCoder read(Json.Part part, Field field) {
    part.only("coder", "shares", "offsets");
    double[] shares = part.get("shares").numbers();
    double[] offsets = part.get("offsets").numbers();
    int categories = field.categories().size();
    boolean sound =
        categories > 0
            && (shares.length == categories || shares.length == categories + 1)
            && offsets.length == shares.length;
    for (double offset : offsets) {
      sound &= Math.abs(offset) <= MOST;
    }
    if (!sound) {
      throw part.need("a share and a small offset for every category of '" + field.name() + "'");
    }
    return new WordsCoder(field, shares, offsets);
  }
}
