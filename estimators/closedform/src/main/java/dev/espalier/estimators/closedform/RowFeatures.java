package dev.espalier.estimators.closedform;

import java.io.Serializable;

/**
 * Fixed features of a row u in units of its deviations: its columns, then bumps or cosines.
 *
 * <p>Feature {@code d + k} is {@code exp(−‖u − c_k‖²·scale)} or {@code cos(c_k·u + phase_k)}.
 */
final class RowFeatures implements Serializable {
  private static final long serialVersionUID = 1;

  private final RidgeRegression.Features kind;
  private final int columns;
  private final double[][] centres;

  /** Of bumps a single scale, of cosines a phase each. */
  private final double[] extra;

  RowFeatures(RidgeRegression.Features kind, int columns, double[][] centres, double[] extra) {
    this.kind = kind;
    this.columns = columns;
    this.centres = centres;
    this.extra = extra;
  }

  int size() {
    return columns + centres.length;
  }

  int columns() {
    return columns;
  }

  double[][] centres() {
    return centres;
  }

  double[] extra() {
    return extra;
  }

  void write(double[] u, double[] out) {
    System.arraycopy(u, 0, out, 0, columns);
    for (int k = 0; k < centres.length; k++) {
      double[] centre = centres[k];
      double sum = 0;
      if (kind == RidgeRegression.Features.RBF) {
        for (int j = 0; j < columns; j++) {
          sum += (u[j] - centre[j]) * (u[j] - centre[j]);
        }
        out[columns + k] = StrictMath.exp(-sum * extra[0]);
      } else {
        for (int j = 0; j < columns; j++) {
          sum += u[j] * centre[j];
        }
        out[columns + k] = StrictMath.cos(sum + extra[k]);
      }
    }
  }
}
