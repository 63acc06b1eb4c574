package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Graph;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import dev.espalier.plots.Plot;
import dev.espalier.plugins.localized.Localized;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;

/**
 * Localized scores of a Gaussian chain, at time 0.1 of the Ornstein–Uhlenbeck process: what a
 * radius leaves out, and what it costs to learn.
 *
 * <p>Learning is that of arXiv 2505.04417 with as many noises a row as one likes: the empirical
 * covariance at the level. The errors are exact for the fitted score, so that only the rows vary.
 *
 * @param learned the errors of learning to measure
 * @param seeds how many sets of rows
 */
record LocalizedChain(List<Learned> learned, int seeds) implements Experiment {

  private static final Gaussian PLAIN = new Gaussian(Gaussian.Shrinkage.NONE);
  private static final int COLUMNS = 100;

  /** The level {@code (e^{−0.1}, 1 − e^{−0.2})}. */
  static final NoiseLevel LEVEL = new NoiseLevel(StrictMath.exp(-0.1), -StrictMath.expm1(-0.2));

  private static final double[] POPULATION = {.704, .0164, 4.17e-4, 1.06e-5};

  /**
   * One mean error of learning to measure.
   *
   * @param columns of the chain
   * @param rows to learn from
   * @param radius of the windows
   * @param accepted where the error must lie
   */
  record Learned(int columns, int rows, int radius, Accepted accepted) implements Serializable {

    double measure(int seeds, Progress progress) {
      NormalLaw law = NormalLaw.chain(columns);
      double sum = 0;
      for (int seed = 0; seed < seeds; seed++) {
        progress.check();
        long own = new Streams(columns).seed("rows " + rows, seed);
        FitRequest request = FitRequest.of(law.rows(rows, own));
        sum += law.error(local(radius).fit(request, PLAIN), LEVEL);
      }
      return sum / seeds;
    }
  }

  private static Localized local(int radius) {
    return Localized.on(Graph.chain()).withRadius(radius);
  }

  /** Every number of rows and of columns. */
  static LocalizedChain full() {
    List<Learned> all = new ArrayList<>();
    int[] radii = {0, 1, 2, 3, 4, 8, 20, 99};
    curve(all, 25, radii, .773, .165, .251, .364, .488, 1.14, 3.93, 11.0);
    curve(all, 50, radii, .735, .080, .101, .138, .180, .380, 1.30, 5.79);
    curve(all, 100, radii, .718, .046, .047, .064, .082, .161, .446, 2.06);
    curve(all, 200, radii, .711, .031, .023, .031, .038, .070, .178, .669);
    curve(all, 400, radii, .708, .024, .012, .015, .019, .034, .079, .255);
    int[] columns = {25, 50, 200};
    double[] local = {.047, .048, .047};
    double[] global = {.28, .69, 5.67};
    for (int k = 0; k < columns.length; k++) {
      int d = columns[k];
      all.add(new Learned(d, 100, 2, Accepted.between(.042, .054).beside(local[k])));
      Accepted accepted =
          d == 200 ? Accepted.between(4, Double.POSITIVE_INFINITY) : Accepted.between(.2, 1);
      all.add(new Learned(d, 100, d - 1, accepted.beside(global[k])));
    }
    return new LocalizedChain(List.copyOf(all), 10);
  }

  private static void curve(List<Learned> all, int rows, int[] radii, double... references) {
    for (int k = 0; k < radii.length; k++) {
      Accepted accepted = Accepted.within(references[k], 0.25);
      if (rows == 100 && radii[k] == 2) {
        accepted = Accepted.between(.042, .053).beside(references[k]);
      } else if (rows == 100 && radii[k] == 99) {
        accepted = Accepted.between(1.5, Double.POSITIVE_INFINITY).beside(references[k]);
      } else if (radii[k] == 0) {
        accepted = Accepted.within(references[k], 0.03);
      }
      all.add(new Learned(COLUMNS, rows, radii[k], accepted));
    }
  }

  @Override
  public String name() {
    return "localized";
  }

  @Override
  public String summary() {
    return "localized scores of a Gaussian chain: bias and learning error by radius";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    List<Report.Table> tables = new ArrayList<>(population(tasks, progress.part(0, 0.1)));
    List<Learned> all = learned;
    int count = seeds;
    List<Double> values =
        tasks.map(
            all.size(), (i, share) -> all.get(i).measure(count, share), progress.part(0.1, 1));
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      Learned each = all.get(i);
      rows.add(
          new Report.Row(
              List.of(
                  Integer.toString(each.columns),
                  Integer.toString(each.rows),
                  Integer.toString(each.radius)),
              values.get(i),
              each.accepted));
    }
    tables.add(
        new Report.Table(
            "Error of learned scores E|s' - s|^2/d, mean of " + count + " sets of rows",
            List.of("columns", "rows", "radius", "error"),
            rows));
    tables.add(best(values));
    return new Report("Localized scores of a Gaussian chain at time 0.1", tables, plot(values));
  }

  /** The errors of learning, a line for every number of rows. */
  private Optional<Plot> plot(List<Double> values) {
    Map<Integer, Curve> byRows = new TreeMap<>();
    for (int i = 0; i < values.size(); i++) {
      Learned each = learned.get(i);
      if (each.columns == COLUMNS) {
        double window = Math.min(COLUMNS, 2 * each.radius + 1);
        byRows.computeIfAbsent(each.rows, key -> new Curve()).add(window, values.get(i), 0);
      }
    }
    List<Line> lines = new ArrayList<>();
    byRows.forEach((rows, curve) -> lines.add(curve.line(rows + " rows")));
    return lines.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new LinePlot(
                "Error of scores learned from a chain of 100 columns, t = 0.1",
                Axis.log("columns in a window, 2 x radius + 1"),
                Axis.log("E|s' - s|²/d"),
                lines));
  }

  /** What a radius leaves out, and how far that is from the formula. */
  private static List<Report.Table> population(Tasks tasks, Progress progress) {
    NormalLaw law = NormalLaw.chain(COLUMNS);
    FitRequest request = FitRequest.of(law.exactRows()).withTasks(tasks).withProgress(progress);
    DMatrixRMaj precision = NormalLaw.inverse(law.noisy(LEVEL));
    List<Report.Row> errors = new ArrayList<>();
    List<Report.Row> gaps = new ArrayList<>();
    for (int radius = 0; radius < POPULATION.length; radius++) {
      Score score = local(radius).fit(request, PLAIN);
      double[] found = law.errors(score, LEVEL);
      double sum = 0;
      double gap = 0;
      for (int j = 0; j < COLUMNS; j++) {
        int[] ball = Graph.chain().over(COLUMNS).ball(j, radius);
        DMatrixRMaj window = NormalLaw.inverse(law.marginal(ball).noisy(LEVEL));
        int at = j - ball[0];
        gap = Math.max(gap, Math.abs(precision.get(j, j) - window.get(at, at) - found[j]));
        sum += found[j];
      }
      List<String> label = List.of(Integer.toString(radius));
      errors.add(new Report.Row(label, sum / COLUMNS, Accepted.within(POPULATION[radius], 0.01)));
      gaps.add(new Report.Row(label, gap, Accepted.below(1e-8)));
    }
    return List.of(
        new Report.Table(
            "Error of the best localized score E|s_r - s|^2/d, 100 columns",
            List.of("radius", "error"),
            errors),
        new Report.Table(
            "Greatest difference from inv(C_t)_jj - inv(C_t[N,N])_jj over the columns",
            List.of("radius", "difference"),
            gaps));
  }

  /** The best radius for each number of rows that has a curve. */
  private Report.Table best(List<Double> values) {
    List<Report.Row> rows = new ArrayList<>();
    for (int count : learned.stream().mapToInt(Learned::rows).distinct().toArray()) {
      int best = -1;
      int tried = 0;
      for (int i = 0; i < values.size(); i++) {
        Learned each = learned.get(i);
        if (each.rows == count && each.columns == COLUMNS) {
          tried++;
          best = best < 0 || values.get(i) < values.get(best) ? i : best;
        }
      }
      if (tried > 3) {
        Accepted accepted =
            count == 400
                ? Accepted.between(2, 2)
                : count == 100 ? Accepted.between(1, 2) : Accepted.between(1, 3);
        rows.add(
            new Report.Row(List.of(Integer.toString(count)), learned.get(best).radius, accepted));
      }
    }
    return new Report.Table(
        "Radius of the least error, 100 columns", List.of("rows", "radius"), rows);
  }
}
