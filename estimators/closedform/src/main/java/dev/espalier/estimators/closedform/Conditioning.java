package dev.espalier.estimators.closedform;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An observation of a mixture: what it says of the components, and their laws given it.
 *
 * <p>Every observed value is measured in units of its greatest deviation over the components, so
 * that inverses and tolerances do not depend on the units of the data. Covariances are formed as
 * {@code A·Aᵀ} of a corrected root, which has no negative eigenvalues.
 */
abstract class Conditioning {

  /**
   * What a direction without variance adds to the log density of an observation on its support:
   * that of a normal law of variance 1e-30.
   */
  static final double SHARPNESS = 33.61983786170601;

  final GaussianMixture law;

  /** The observed values, in units of {@link #scales}. */
  final double[] values;

  final double[] scales;

  /** The laws of the observed values under the components. */
  final List<Component> seen = new ArrayList<>();

  private Conditioning(GaussianMixture law, double[] values) {
    this.law = law;
    this.values = values;
    this.scales = new double[values.length];
  }

  static Conditioning of(GaussianMixture law, Observation.Columns observation) {
    return new OnColumns(law, observation);
  }

  static Conditioning of(GaussianMixture law, Observation.Linear observation) {
    return new OnLinear(law, observation);
  }

  /** The law of component {@code c} given the observation: its mean, and its covariance. */
  abstract Form given(int c, double[] mean);

  private Pass pass() {
    Pass pass = new Pass(seen, NoiseLevel.CLEAN, 1);
    pass.load(values, 0, 1);
    return pass;
  }

  /** The law given the observation. */
  GaussianMixture law() {
    Pass pass = pass();
    if (!pass.supported(0)) {
      throw new IllegalArgumentException(
          "this observation has probability zero: it contradicts values that the law holds"
              + " constant, alone or in combination");
    }
    List<Component> conditional = new ArrayList<>();
    for (int c = 0; c < seen.size(); c++) {
      if (pass.share(c, 0) > 0) {
        double[] mean = new double[law.columns()];
        Form form = given(c, mean);
        conditional.add(Component.of(pass.share(c, 0), mean, Covariance.of(form)));
      }
    }
    return GaussianMixture.of(conditional).withNotes(law.notes());
  }

  /** The log density of the observation. */
  double logEvidence() {
    Pass pass = pass();
    if (!pass.supported(0)) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = pass.logDensity(0) + pass.nullity(0) * SHARPNESS;
    for (double scale : scales) {
      sum -= StrictMath.log(scale);
    }
    return sum;
  }

  /** Replaces variances by units. */
  static void unite(double[] variances) {
    for (int i = 0; i < variances.length; i++) {
      variances[i] = variances[i] > 0 ? Math.sqrt(variances[i]) : 1;
    }
  }

  /** The columns of an observation, checked against the number of columns of the law. */
  static int[] indices(Observation.Columns observation, int columns) {
    int[] indices = observation.values().keySet().stream().mapToInt(Integer::intValue).toArray();
    for (int index : indices) {
      if (index >= columns) {
        throw new IllegalArgumentException(
            "need columns below " + columns + ", got column " + index);
      }
    }
    return indices;
  }

  /** The values of an observation, in the order of its columns. */
  static double[] values(Observation.Columns observation) {
    return observation.values().values().stream().mapToDouble(Double::doubleValue).toArray();
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

  /** Some columns, exactly. */
  private static final class OnColumns extends Conditioning {
    private final int[] observed;
    private final double[] exact;

    OnColumns(GaussianMixture law, Observation.Columns observation) {
      super(law, values(observation));
      observed = indices(observation, law.columns());
      exact = values(observation);
      for (int i = 0; i < exact.length; i++) {
        for (Component component : law.components()) {
          scales[i] = Math.max(scales[i], component.covariance().get(observed[i], observed[i]));
        }
      }
      unite(scales);
      for (Component component : law.components()) {
        double[] mean = new double[exact.length];
        for (int i = 0; i < mean.length; i++) {
          mean[i] = component.mean(observed[i]) / scales[i];
        }
        Form marginal = component.covariance().form().marginal(observed, scales);
        seen.add(Component.of(component.weight(), mean, Covariance.of(marginal)));
      }
      for (int i = 0; i < exact.length; i++) {
        values[i] /= scales[i];
      }
    }

    @Override
    Form given(int c, double[] mean) {
      Component component = law.components().get(c);
      double[] deltas = new double[exact.length];
      for (int i = 0; i < deltas.length; i++) {
        deltas[i] = exact[i] - component.mean(observed[i]);
      }
      Form form = component.covariance().form().given(observed, deltas, scales, mean);
      add(component, mean);
      for (int i = 0; i < deltas.length; i++) {
        mean[observed[i]] = exact[i];
      }
      return form;
    }
  }

  /** A linear image with noise. */
  private static final class OnLinear extends Conditioning {
    private final double[][] h;
    private final FullForm noise;

    /** For every component {@code H·S}. */
    private final List<double[][]> crosses = new ArrayList<>();

    OnLinear(GaussianMixture law, Observation.Linear observation) {
      super(law, observation.y());
      int d = law.columns();
      int m = values.length;
      if (observation.columns() != d) {
        throw new IllegalArgumentException(
            "need " + d + " columns in H, got " + observation.columns());
      }
      h = observation.h();
      double[][] r = observation.r();
      for (Component component : law.components()) {
        double[][] cross = Products.of(h, component.covariance().matrix(), d);
        crosses.add(cross);
        for (int i = 0; i < m; i++) {
          scales[i] = Math.max(scales[i], Products.dot(cross[i], h[i], d) + r[i][i]);
        }
      }
      unite(scales);
      for (int i = 0; i < m; i++) {
        values[i] /= scales[i];
        divide(h[i], scales[i]);
        for (double[][] cross : crosses) {
          divide(cross[i], scales[i]);
        }
        for (int j = 0; j <= i; j++) {
          r[i][j] = 0.5 * (r[i][j] + r[j][i]) / scales[i] / scales[j];
          r[j][i] = r[i][j];
        }
      }
      noise = FullForm.of(r);
      double[][] transposed = Products.transpose(h, d);
      for (int c = 0; c < crosses.size(); c++) {
        Component component = law.components().get(c);
        double[] centre = component.mean();
        double[] mean = new double[m];
        double[][] total = Products.of(crosses.get(c), transposed, m);
        for (int i = 0; i < m; i++) {
          mean[i] = Products.dot(h[i], centre, d);
          for (int j = 0; j <= i; j++) {
            total[i][j] = 0.5 * (total[i][j] + total[j][i]) + r[i][j];
            total[j][i] = total[i][j];
          }
        }
        Form form = FullForm.of(total);
        seen.add(Component.of(component.weight(), mean, Covariance.of(form)));
      }
    }

    @Override
    Form given(int c, double[] mean) {
      Component component = law.components().get(c);
      int m = values.length;
      double[] delta = new double[m];
      for (int i = 0; i < m; i++) {
        delta[i] = values[i] - seen.get(c).mean(i);
      }
      double[][] gain = ((FullForm) seen.get(c).covariance().form()).gain(crosses.get(c));
      FullForm.explain(gain, delta, mean);
      add(component, mean);
      double[][] root = FullForm.of(component.covariance().matrix()).root();
      FullForm.subtract(gain, Products.of(h, root, root.length), root);
      double[][] both = beside(root, Products.of(gain, noise.root(), m));
      return FullForm.ofRoot(both, component.covariance().form());
    }

    private static double[][] beside(double[][] left, double[][] right) {
      double[][] both = new double[left.length][];
      for (int i = 0; i < left.length; i++) {
        both[i] = Arrays.copyOf(left[i], left[i].length + right[i].length);
        System.arraycopy(right[i], 0, both[i], left[i].length, right[i].length);
      }
      return both;
    }
  }
}
