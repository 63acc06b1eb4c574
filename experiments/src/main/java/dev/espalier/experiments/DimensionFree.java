package dev.espalier.experiments;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Empirical risk over one class of scores for all noise levels (arXiv 2502.10354): its error does
 * not grow with the dimension.
 *
 * <p>The law is {@code N(0, 1.7·I)}, the class {@code −x/(a²θ + b)} with 201 values of θ, rows are
 * noised along one path through 30 Ornstein–Uhlenbeck times.
 *
 * @param cases what to measure
 * @param runs over which errors are averaged
 */
record DimensionFree(List<Case> cases, int runs) implements Experiment {

  private static final double VARIANCE = 1.7;
  private static final int LEVELS = 30;
  private static final int CLASS = 201;
  private static final double FIRST = 0.1;
  private static final double LAST = 3;

  /**
   * Something to measure.
   *
   * @param columns the dimension
   * @param rows drawn from the law
   * @param joint the reference of one θ for all times, {@code NaN} if there is none
   * @param single the reference of a θ for each time
   */
  record Case(int columns, int rows, double joint, double single) implements Serializable {}

  static DimensionFree full() {
    return new DimensionFree(
        List.of(
            new Case(1, 200, .0055, .0104),
            new Case(4, 200, .0053, .0108),
            new Case(16, 200, .0047, .0099),
            new Case(64, 200, .0043, .0105),
            new Case(256, 200, .0061, .0121),
            new Case(4, 100, .0101, Double.NaN),
            new Case(4, 400, .0027, Double.NaN),
            new Case(4, 800, .0015, Double.NaN)),
        300);
  }

  @Override
  public String name() {
    return "dimension-free";
  }

  @Override
  public String summary() {
    return "error of one score for all noise levels against dimension and number of rows";
  }

  private static double time(int k) {
    return FIRST + k * (LAST - FIRST) / (LEVELS - 1);
  }

  private static double theta(int i) {
    return VARIANCE * StrictMath.exp(0.8 * (i - 100) / 100.0);
  }

  private static double gain(double theta, NoiseLevel level) {
    return 1 / (level.a() * level.a() * theta + level.b());
  }

  /** The errors of the joint choice and of a choice for each time, summed over the times. */
  private static double[] run(Case each, Streams streams) {
    int d = each.columns();
    double[] squares = new double[LEVELS];
    double[] crosses = new double[LEVELS];
    double[] clean = new double[d];
    double[] x = new double[d];
    for (int i = 0; i < each.rows(); i++) {
      RandomGenerator random = streams.stream("row", i);
      for (int j = 0; j < d; j++) {
        clean[j] = Math.sqrt(VARIANCE) * random.nextGaussian();
        x[j] = clean[j];
      }
      NoiseLevel before = NoiseLevel.CLEAN;
      for (int k = 0; k < LEVELS; k++) {
        NoiseLevel level = Sweep.ou(time(k));
        NoiseLevel step = before.to(level);
        double root = Math.sqrt(step.b());
        for (int j = 0; j < d; j++) {
          x[j] = step.a() * x[j] + root * random.nextGaussian();
          squares[k] += x[j] * x[j] / each.rows();
          crosses[k] += x[j] * (x[j] - level.a() * clean[j]) / level.b() / each.rows();
        }
        before = level;
      }
    }
    double gap = (LAST - FIRST) / (LEVELS - 1);
    double[] together = new double[CLASS];
    double single = 0;
    for (int k = 0; k < LEVELS; k++) {
      double least = Double.POSITIVE_INFINITY;
      int best = 0;
      for (int i = 0; i < CLASS; i++) {
        double gain = gain(theta(i), Sweep.ou(time(k)));
        double loss = gain * gain * squares[k] - 2 * gain * crosses[k];
        together[i] += gap * loss;
        if (loss < least) {
          least = loss;
          best = i;
        }
      }
      single += gap * error(best, k, d);
    }
    int best = 0;
    for (int i = 0; i < CLASS; i++) {
      best = together[i] < together[best] ? i : best;
    }
    double joint = 0;
    for (int k = 0; k < LEVELS; k++) {
      joint += gap * error(best, k, d);
    }
    return new double[] {joint, single};
  }

  /** {@code E‖ŝ − s‖²} of a choice at a time, over all columns. */
  private static double error(int chosen, int k, int columns) {
    NoiseLevel level = Sweep.ou(time(k));
    double exact = gain(VARIANCE, level);
    double off = gain(theta(chosen), level) - exact;
    return columns * off * off / exact;
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    List<Case> all = cases;
    int count = runs;
    List<double[]> found =
        tasks.map(
            all.size() * count,
            (piece, share) -> {
              share.check();
              int run = piece % count;
              return run(
                  all.get(piece / count),
                  new Streams(new Streams(81).seed("dimension-free " + piece / count, run)));
            },
            progress);
    double[][] means = new double[all.size()][2];
    for (int piece = 0; piece < found.size(); piece++) {
      for (int j = 0; j < 2; j++) {
        means[piece / count][j] += found.get(piece)[j] / count;
      }
    }
    List<Report.Row> errors = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    double few = Double.NaN;
    double many = Double.NaN;
    int fewest = Integer.MAX_VALUE;
    int most = 0;
    List<Report.Row> shapes = new ArrayList<>();
    for (int c = 0; c < all.size(); c++) {
      Case each = all.get(c);
      String d = Integer.toString(each.columns());
      String m = Integer.toString(each.rows());
      Accepted joint = Accepted.any().beside(each.joint());
      Accepted single = Accepted.any().beside(each.single());
      errors.add(new Report.Row(List.of(d, m, "one for all times"), means[c][0], joint));
      errors.add(new Report.Row(List.of(d, m, "one a time"), means[c][1], single));
      if (each.rows() == 200) {
        least = Math.min(least, means[c][0]);
        greatest = Math.max(greatest, means[c][0]);
        shapes.add(
            new Report.Row(
                List.of("one for all times / one a time, d=" + d),
                means[c][0] / means[c][1],
                Accepted.between(0.35, 0.65).beside(0.5)));
      }
      if (each.columns() == 4 && each.rows() < fewest) {
        fewest = each.rows();
        few = means[c][0];
      }
      if (each.columns() == 4 && each.rows() > most) {
        most = each.rows();
        many = means[c][0];
      }
    }
    shapes.add(
        new Report.Row(
            List.of("greatest / least over d, 200 rows"), greatest / least, Accepted.below(1.6)));
    if (most > fewest) {
      double slope = StrictMath.log(many / few) / StrictMath.log((double) most / fewest);
      shapes.add(
          new Report.Row(
              List.of("slope against rows, log-log, d=4"),
              slope,
              Accepted.between(-1.2, -0.8).beside(-1)));
    }
    return new Report(
        "One score for all noise levels, N(0, 1.7 I), 201 values of one parameter",
        List.of(
            new Report.Table(
                "Integral over time of E|s - s*|^2, over all columns, mean of " + count + " runs",
                List.of("d", "rows", "parameter", "error"),
                errors),
            new Report.Table("Shape", List.of("of", "value"), shapes)));
  }
}
