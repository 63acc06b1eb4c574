package dev.espalier.plugins.gmm;

import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.GaussianMixture;
import java.util.ArrayList;
import java.util.List;

/** Takes a fitted mixture back to the units and columns of the request. */
final class Assembly {

  private Assembly() {}

  /** The law of rows that are all the same. */
  static GaussianMixture constant(Rows rows) {
    return GaussianMixture.of(
        List.of(
            Component.of(1, centres(rows), Covariance.diagonal(new double[rows.allColumns()]))));
  }

  private static double[] centres(Rows rows) {
    double[] centres = new double[rows.allColumns()];
    for (int j = 0; j < centres.length; j++) {
      centres[j] = rows.centre(j);
    }
    return centres;
  }

  /** The mixture in the units of the request; columns that never vary have variance 0. */
  static GaussianMixture of(Mixture mixture, Rows rows) {
    List<Component> components = new ArrayList<>();
    for (int k = 0; k < mixture.components(); k++) {
      double[] mean = centres(rows);
      for (int j = 0; j < rows.columns(); j++) {
        int column = rows.column(j);
        mean[column] += rows.scale(column) * mixture.mean(k)[j];
      }
      Covariance covariance =
          mixture.form().tied() && k > 0
              ? components.get(0).covariance()
              : covariance(mixture.form(), mixture.shape(k), rows);
      components.add(Component.of(mixture.weight(k), mean, covariance));
    }
    return GaussianMixture.of(components);
  }

  private static Covariance covariance(Form form, Mixture.Shape shape, Rows rows) {
    return switch (form.kind()) {
      case DIAGONAL -> Covariance.diagonal(variances(shape.variances(), rows));
      case SPHERICAL ->
          Covariance.spherical(rows.allColumns(), variances(shape.variances(), rows)[0]);
      case LOWRANK ->
          Covariance.lowRank(factor(shape.factor(), rows), variances(shape.variances(), rows));
      default -> Covariance.full(full(shape.covariance(), rows));
    };
  }

  private static double[] variances(double[] scaled, Rows rows) {
    double[] variances = new double[rows.allColumns()];
    for (int j = 0; j < scaled.length; j++) {
      int column = rows.column(j);
      variances[column] = scaled[j] * rows.scale(column) * rows.scale(column);
    }
    return variances;
  }

  private static double[][] factor(double[][] scaled, Rows rows) {
    double[][] factor = new double[rows.allColumns()][scaled[0].length];
    for (int j = 0; j < scaled.length; j++) {
      int column = rows.column(j);
      for (int r = 0; r < scaled[j].length; r++) {
        factor[column][r] = scaled[j][r] * rows.scale(column);
      }
    }
    return factor;
  }

  private static double[][] full(double[][] scaled, Rows rows) {
    double[][] covariance = new double[rows.allColumns()][rows.allColumns()];
    for (int i = 0; i < scaled.length; i++) {
      for (int j = 0; j < scaled.length; j++) {
        double scale = rows.scale(rows.column(i)) * rows.scale(rows.column(j));
        covariance[rows.column(i)][rows.column(j)] = scaled[i][j] * scale;
      }
    }
    return covariance;
  }
}
