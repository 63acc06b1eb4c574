package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Exact conditional laws of mixtures.
 *
 * <p>Every observed value is measured in units of its greatest deviation over the components, so
 * that inverses and tolerances do not depend on the units of the data. Covariances are formed as
 * {@code A·Aᵀ} of a corrected root, which has no negative eigenvalues.
 */
final class Conditioning {

  private Conditioning() {}

  static GaussianMixture on(GaussianMixture law, Observation.Columns observation) {
    int m = observation.values().size();
    if (m == 0) {
      return law;
    }
    int[] observed = new int[m];
    double[] values = new double[m];
    int next = 0;
    for (var entry : observation.values().entrySet()) {
      if (entry.getKey() >= law.columns()) {
        throw new IllegalArgumentException(
            "need columns below " + law.columns() + ", got column " + entry.getKey());
      }
      observed[next] = entry.getKey();
      values[next++] = entry.getValue();
    }
    double[] scales = new double[m];
    for (int i = 0; i < m; i++) {
      for (Component component : law.components()) {
        scales[i] = Math.max(scales[i], component.covariance().get(observed[i], observed[i]));
      }
      scales[i] = unit(scales[i]);
    }
    List<Component> seen = new ArrayList<>();
    for (Component component : law.components()) {
      double[] mean = new double[m];
      for (int i = 0; i < m; i++) {
        mean[i] = component.mean(observed[i]) / scales[i];
      }
      Form marginal = component.covariance().form().marginal(observed, scales);
      seen.add(Component.of(component.weight(), mean, Covariance.of(marginal)));
    }
    double[] scaled = new double[m];
    for (int i = 0; i < m; i++) {
      scaled[i] = values[i] / scales[i];
    }
    double[] weights = weights(seen, scaled);
    List<Component> conditional = new ArrayList<>();
    for (int c = 0; c < weights.length; c++) {
      if (weights[c] > 0) {
        Component component = law.components().get(c);
        double[] deltas = new double[m];
        for (int i = 0; i < m; i++) {
          deltas[i] = values[i] - component.mean(observed[i]);
        }
        double[] mean = new double[law.columns()];
        Form form = component.covariance().form().given(observed, deltas, scales, mean);
        add(component, mean);
        for (int i = 0; i < m; i++) {
          mean[observed[i]] = values[i];
        }
        conditional.add(Component.of(weights[c], mean, Covariance.of(form)));
      }
    }
    return GaussianMixture.of(conditional);
  }

  static GaussianMixture on(GaussianMixture law, Observation.Linear observation) {
    int d = law.columns();
    int m = observation.count();
    if (observation.columns() != d) {
      throw new IllegalArgumentException(
          "need " + d + " columns in H, got " + observation.columns());
    }
    double[][] h = observation.h();
    double[][] r = observation.r();
    double[] y = observation.y();
    double[] scales = new double[m];
    List<double[][]> crosses = new ArrayList<>();
    for (Component component : law.components()) {
      double[][] cross = Products.of(h, component.covariance().matrix(), d);
      crosses.add(cross);
      for (int i = 0; i < m; i++) {
        scales[i] = Math.max(scales[i], Products.dot(cross[i], h[i], d) + r[i][i]);
      }
    }
    for (int i = 0; i < m; i++) {
      scales[i] = unit(scales[i]);
      y[i] /= scales[i];
      divide(h[i], scales[i]);
      for (double[][] cross : crosses) {
        divide(cross[i], scales[i]);
      }
    }
    double[][] noise = new double[m][m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j <= i; j++) {
        noise[i][j] = 0.5 * (r[i][j] + r[j][i]) / scales[i] / scales[j];
        noise[j][i] = noise[i][j];
      }
    }
    FullForm noiseForm = FullForm.of(noise);
    double[][] transposed = Products.transpose(h, d);
    List<Component> seen = new ArrayList<>();
    for (int c = 0; c < crosses.size(); c++) {
      Component component = law.components().get(c);
      double[][] total = Products.of(crosses.get(c), transposed, m);
      for (int i = 0; i < m; i++) {
        for (int j = 0; j <= i; j++) {
          total[i][j] = 0.5 * (total[i][j] + total[j][i]) + noise[i][j];
          total[j][i] = total[i][j];
        }
      }
      double[] mean = new double[m];
      double[] centre = component.mean();
      for (int i = 0; i < m; i++) {
        mean[i] = Products.dot(h[i], centre, d);
      }
      seen.add(Component.of(component.weight(), mean, Covariance.of(FullForm.of(total))));
    }
    double[] weights = weights(seen, y);
    List<Component> conditional = new ArrayList<>();
    for (int c = 0; c < weights.length; c++) {
      if (weights[c] > 0) {
        Component component = law.components().get(c);
        FullForm marginal = (FullForm) seen.get(c).covariance().form();
        double[][] gain = marginal.gain(crosses.get(c));
        double[] delta = new double[m];
        for (int i = 0; i < m; i++) {
          delta[i] = y[i] - seen.get(c).mean(i);
        }
        double[] mean = new double[d];
        FullForm.explain(gain, delta, mean);
        add(component, mean);
        double[][] root = FullForm.of(component.covariance().matrix()).root();
        FullForm.subtract(gain, Products.of(h, root, d), root);
        double[][] both = beside(root, Products.of(gain, noiseForm.root(), m));
        Form form = FullForm.ofRoot(both, component.covariance().form());
        conditional.add(Component.of(weights[c], mean, Covariance.of(form)));
      }
    }
    return GaussianMixture.of(conditional);
  }

  private static double unit(double variance) {
    return variance > 0 ? Math.sqrt(variance) : 1;
  }

  private static void divide(double[] row, double by) {
    for (int j = 0; j < row.length; j++) {
      row[j] /= by;
    }
  }

  private static void add(Component component, double[] shift) {
    for (int j = 0; j < shift.length; j++) {
      shift[j] += component.mean(j);
    }
  }

  private static double[][] beside(double[][] left, double[][] right) {
    double[][] both = new double[left.length][];
    for (int i = 0; i < left.length; i++) {
      both[i] = Arrays.copyOf(left[i], left[i].length + right[i].length);
      System.arraycopy(right[i], 0, both[i], left[i].length, right[i].length);
    }
    return both;
  }

  /** The weights of the components given what was seen of them. */
  private static double[] weights(List<Component> seen, double[] values) {
    Pass pass = new Pass(seen, NoiseLevel.CLEAN, 1);
    pass.load(values, 0, 1);
    if (!pass.supported(0)) {
      throw new IllegalArgumentException(
          "this observation has probability zero: it contradicts values that the law holds"
              + " constant, alone or in combination");
    }
    double[] weights = new double[seen.size()];
    for (int c = 0; c < weights.length; c++) {
      weights[c] = pass.share(c, 0);
    }
    return weights;
  }
}
