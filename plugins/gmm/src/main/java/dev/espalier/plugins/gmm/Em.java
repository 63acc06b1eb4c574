package dev.espalier.plugins.gmm;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Expectation maximisation of one form of mixture on one set of rows, in scaled units. */
final class Em implements Serializable {
  private static final long serialVersionUID = 1;

  /** Steps that every start gets before the best of them goes on. */
  static final int TRIAL = 10;

  private final Block[] blocks;
  private final int columns;
  private final double total;
  private final Form form;
  private final double floor;
  private final Maximisation maximisation;

  /**
   * Prepares EM.
   *
   * @param floor the least variance in any direction
   */
  Em(Rows rows, Form form, double floor, Tasks tasks, Progress progress) {
    this.blocks = rows.blocks();
    this.columns = rows.columns();
    this.total = rows.total();
    this.form = form;
    this.floor = floor;
    double[][] scatter = form.tied() ? rows.scatter(tasks, quiet(progress)) : new double[0][];
    this.maximisation = new Maximisation(form, columns, floor, scatter);
  }

  /**
   * Where EM came to.
   *
   * @param mixture in scaled units
   * @param logLikelihood of all rows at the mixture, in scaled units
   * @param masses of the components at the mixture
   * @param history the log-likelihood a row before every M-step and after the last
   * @param converged whether the stop rule was met
   * @param floor the least variance in any direction
   */
  record Result(
      Mixture mixture,
      double logLikelihood,
      List<Double> masses,
      List<Double> history,
      boolean converged,
      double floor)
      implements Serializable {

    /** The number of components that rest on fewer rows than their covariance needs. */
    int thin() {
      double support = mixture.form().support(mixture.mean(0).length);
      double all = 0;
      int count = 0;
      for (double mass : masses) {
        all += mass;
        count += mass < support ? 1 : 0;
      }
      return !mixture.form().tied() ? count : all < support ? masses.size() : 0;
    }

    private double thinMass() {
      double support = mixture.form().support(mixture.mean(0).length);
      double all = 0;
      double thin = 0;
      for (double mass : masses) {
        all += mass;
        thin += mass < support ? mass : 0;
      }
      return !mixture.form().tied() ? thin : all < support ? all : 0;
    }

    /**
     * The log-likelihood less the most that the collapse of thin components could have added: half
     * the logarithm of the floor for each of their rows and columns. Fits are compared by it.
     */
    double fairLogLikelihood() {
      int columns = mixture.mean(0).length;
      return logLikelihood + 0.5 * thinMass() * columns * StrictMath.log(floor);
    }

    int iterations() {
      return history.size() - 1;
    }

    boolean betterThan(Result other) {
      return fairLogLikelihood() > other.fairLogLikelihood();
    }
  }

  Form form() {
    return form;
  }

  /** A mixture to start from, by k-means. */
  Mixture start(int components, RandomGenerator random) {
    Starts starts = new Starts(blocks, columns);
    int[] labels = starts.clusters(components, random);
    Features features = new Features(Expectation.order(form), columns);
    return maximisation.first(starts.moments(labels, features, form));
  }

  /**
   * Runs EM from a mixture until the log-likelihood a row rises by less than {@code tolerance}
   * times its size (at least 1), or for {@code iterations} M-steps.
   */
  Result run(Mixture start, int iterations, double tolerance, Tasks tasks, Progress progress) {
    Mixture mixture = start;
    List<Double> history = new ArrayList<>();
    while (true) {
      progress.check();
      Moments moments = new Expectation(mixture, columns).over(blocks, tasks, quiet(progress));
      double perRow = moments.logLikelihood() / total;
      int done = history.size();
      boolean converged =
          done > 0 && perRow - history.get(done - 1) <= tolerance * Math.max(1, Math.abs(perRow));
      history.add(perRow);
      if (converged || done >= iterations) {
        List<Double> masses = new ArrayList<>();
        for (int k = 0; k < moments.components(); k++) {
          masses.add(moments.mass(k));
        }
        return new Result(
            mixture,
            moments.logLikelihood(),
            List.copyOf(masses),
            List.copyOf(history),
            converged,
            floor);
      }
      mixture = maximisation.after(mixture, moments);
      progress.report("fitting " + describe(mixture), (done + 1.0) / (iterations + 1.0));
    }
  }

  private static String describe(Mixture mixture) {
    int k = mixture.components();
    return k + (k == 1 ? " component, " : " components, ") + mixture.form();
  }

  /** Passes cancellation on, but no reports. */
  private static Progress quiet(Progress progress) {
    return new Progress() {
      @Override
      public void report(String stage, double done) {
        // The steps of EM report for their pieces.
      }

      @Override
      public boolean cancelled() {
        return progress.cancelled();
      }
    };
  }
}
