package dev.espalier.estimators.network;

import java.io.Serializable;
import java.util.List;

/**
 * The shape of a network: residual layers with SiLU between inputs and outputs, and a level that
 * shifts every layer.
 *
 * <p>With {@code h₀} the inputs and {@code e} the level features, layer l computes {@code y =
 * SiLU(Wᵀh + Uᵀe + c)}, and {@code h' = h + y} where {@code h} comes from a layer of the same
 * width, {@code h' = y} elsewhere; the outputs are {@code V·h + c}.
 *
 * <p>The one order of parameters, for every engine: for each layer the rows of {@code W} (one an
 * input of the layer, as long as the layer is wide), the rows of {@code U} (one a feature), the row
 * {@code c}; then the rows of {@code V} (one an output, as long as the last layer is wide), then
 * its row {@code c}.
 *
 * @param inputs the number of inputs, at least 1
 * @param features the number of level features, at least 0
 * @param hidden the widths of the layers, at least one
 * @param outputs the number of outputs, at least 1
 */
public record Shape(int inputs, int features, List<Integer> hidden, int outputs)
    implements Serializable {

  /** Checks and copies. */
  public Shape {
    hidden = List.copyOf(hidden);
    if (!(inputs >= 1 && features >= 0 && !hidden.isEmpty() && outputs >= 1)) {
      throw new IllegalArgumentException(
          "need at least one input, layer and output, got inputs="
              + inputs
              + ", features="
              + features
              + ", hidden="
              + hidden
              + ", outputs="
              + outputs);
    }
    for (int width : hidden) {
      if (width < 1) {
        throw new IllegalArgumentException("need layers at least 1 wide, got " + hidden);
      }
    }
  }

  /** The number of layers. */
  public int layers() {
    return hidden.size();
  }

  /** The number of inputs of layer {@code l}. */
  public int fanIn(int l) {
    return l == 0 ? inputs : hidden.get(l - 1);
  }

  /** The width of layer {@code l}. */
  public int width(int l) {
    return hidden.get(l);
  }

  /** Whether layer {@code l} adds to what it gets. */
  public boolean residual(int l) {
    return l > 0 && fanIn(l) == width(l);
  }

  /** The width of the last layer. */
  public int last() {
    return hidden.get(hidden.size() - 1);
  }

  /** The greatest width of a layer. */
  int widest() {
    return hidden.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** The number of parameters of one network. */
  public long parameters() {
    long sum = (long) outputs * (last() + 1);
    for (int l = 0; l < layers(); l++) {
      sum += (long) width(l) * (fanIn(l) + features + 1);
    }
    return sum;
  }

  /** The number of parameter rows. */
  int rows() {
    return firstRow(layers()) + outputs + 1;
  }

  /** The row at which layer {@code l} begins, or the outputs for {@code l = layers()}. */
  int firstRow(int l) {
    int row = 0;
    for (int each = 0; each < l; each++) {
      row += fanIn(each) + features + 1;
    }
    return row;
  }

  /** The length of every parameter row. */
  int[] rowLengths() {
    int[] lengths = new int[rows()];
    int row = 0;
    for (int l = 0; l < layers(); l++) {
      for (int i = 0; i < fanIn(l) + features + 1; i++) {
        lengths[row++] = width(l);
      }
    }
    for (int o = 0; o < outputs; o++) {
      lengths[row++] = last();
    }
    lengths[row] = outputs;
    return lengths;
  }

  /** Whether parameter row {@code row} holds weights, which decay, and not shifts. */
  boolean weights(int row) {
    int at = 0;
    for (int l = 0; l < layers(); l++) {
      at += fanIn(l) + features;
      if (row == at) {
        return false;
      }
      at++;
    }
    return row < rows() - 1;
  }
}
