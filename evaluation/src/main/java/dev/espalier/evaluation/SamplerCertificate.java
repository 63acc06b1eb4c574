package dev.espalier.evaluation;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Refinable;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a sampler on laws of which everything is known: order, bias, invariances, determinism,
 * and error against evaluations of the score.
 *
 * <p>Orders are slopes of errors over doubling numbers of steps, on a mixture of two normal laws in
 * one column that knows log signal-to-noise ratios from −4 to 4 only, against the same sampler with
 * many more steps. That this limit is the right one is tested apart, by mean and variance of rows
 * with many steps at all levels. A sampler that is not {@link Refinable} gets no order.
 *
 * <pre>{@code
 * Certificate certificate = SamplerCertificate.of("mine", sampler).measure(Tasks.here(), progress);
 * assertTrue(certificate.passed(), certificate.text());
 * }</pre>
 *
 * @param name what the certificate calls the sampler
 * @param sampler at its own settings
 * @param effort how many rows are drawn
 */
public record SamplerCertificate(String name, Sampler sampler, Effort effort) {
  private static final NoiseRange SOME = new NoiseRange(-4, 4);
  private static final long SEED = 20221;

  /** How many rows are drawn. */
  public enum Effort {
    /** Seconds for a sampler; moments to about a hundredth. */
    QUICK(6_000, 4_000),
    /** As documented; moments to a few thousandths. */
    FULL(60_000, 20_000);

    private final int paths;
    private final int rows;

    Effort(int paths, int rows) {
      this.paths = paths;
      this.rows = rows;
    }
  }

  /** The full measurement of a sampler. */
  public static SamplerCertificate of(String name, Sampler sampler) {
    return new SamplerCertificate(name, sampler, Effort.FULL);
  }

  /** The measurement with as many rows. */
  public SamplerCertificate with(Effort effort) {
    return new SamplerCertificate(name, sampler, effort);
  }

  private static CertificateLaw inOneColumn(NoiseRange range) {
    return new CertificateLaw(List.of(List.of(-1.0), List.of(1.25)), 0.5, range);
  }

  private static CertificateLaw inThePlane(double shift) {
    return new CertificateLaw(
        List.of(List.of(-1.2 + shift, 0.3), List.of(0.8 + shift, 0.6), List.of(0.4 + shift, -0.9)),
        0.09,
        NoiseRange.ALL);
  }

  /**
   * Measures the sampler; the same bits for any tasks.
   *
   * @throws dev.espalier.api.CancelledException if the progress was cancelled
   */
  public Certificate measure(Tasks tasks, Progress progress) {
    boolean random = sampler instanceof Refinable steps && steps.isRandom();
    int promised = sampler instanceof Refinable steps ? steps.order() : 0;
    List<Certificate.Point> curve =
        sampler instanceof Refinable steps ? curve(steps, tasks, progress.part(0, 0.8)) : List.of();
    Certificate.Bias bias = bias(tasks, progress.part(0.8, 0.9));
    Map<String, Double> invariances = invariances(tasks, progress.part(0.9, 0.95));
    boolean same = deterministic(progress.part(0.95, 1));
    return new Certificate(
        name,
        random,
        promised,
        random ? slope(curve, true) : Double.NaN,
        slope(curve, false),
        curve,
        bias,
        invariances,
        same);
  }

  /**
   * The slope of log error over log steps, with its sign turned; of the finest four whose error of
   * the moments is beyond doubt, where that is what counts. NaN where there are no such errors.
   */
  private static double slope(List<Certificate.Point> curve, boolean weak) {
    List<Certificate.Point> sure =
        curve.stream().filter(each -> !weak || each.weak() >= 4 * each.weakError()).toList();
    int from = weak ? Math.max(0, sure.size() - 4) : Math.max(0, sure.size() - 5);
    int n = sure.size() - from;
    double centre = 0;
    for (int i = from; i < sure.size(); i++) {
      centre += StrictMath.log(sure.get(i).steps() - 1) / n;
    }
    double slope = 0;
    double square = 0;
    for (int i = from; i < sure.size(); i++) {
      Certificate.Point point = sure.get(i);
      double place = StrictMath.log(point.steps() - 1) - centre;
      slope -= place * StrictMath.log(weak ? point.weak() : point.strong());
      square += place * place;
    }
    return n < 4 ? Double.NaN : slope / square;
  }

  private List<Certificate.Point> curve(Refinable steps, Tasks tasks, Progress progress) {
    boolean random = steps.isRandom();
    int coarsest = random ? 8 : steps.order() > 3 ? 64 : 32;
    int counts = 5;
    int finest = coarsest << (counts - 1);
    int most = finest * (random ? 8 : 16) + 1;
    int rows = random ? effort.paths : 64;
    CertificateLaw law = inOneColumn(SOME);
    DrawRequest request = DrawRequest.of(law, rows).withSeed(SEED).withTasks(tasks);
    double[] limit =
        steps
            .withSteps(most)
            .onPathsOf(most)
            .draw(request.withProgress(progress.part(0, 0.6)))
            .column(0);
    boolean coupled =
        !random || steps.withSteps(finest + 1).onPathsOf(most) != steps.withSteps(finest + 1);
    List<Certificate.Point> curve = new ArrayList<>();
    for (int k = 0; k < counts; k++) {
      int moves = coarsest << k;
      law.takeEvaluations();
      double[] drawn =
          steps
              .withSteps(moves + 1)
              .onPathsOf(most)
              .draw(request.withProgress(progress.part(0.6 + 0.08 * k, 0.68 + 0.08 * k)))
              .column(0);
      double strong = random ? mean(drawn, limit) : greatest(drawn, limit);
      curve.add(
          new Certificate.Point(
              moves + 1,
              law.takeEvaluations() / (double) rows,
              moments(drawn, limit),
              momentsError(drawn, limit),
              coupled ? strong : Double.NaN));
    }
    return curve;
  }

  private static double greatest(double[] drawn, double[] limit) {
    double most = 0;
    for (int i = 0; i < drawn.length; i++) {
      most = Math.max(most, Math.abs(drawn[i] - limit[i]));
    }
    return most;
  }

  private static double mean(double[] drawn, double[] limit) {
    double sum = 0;
    for (int i = 0; i < drawn.length; i++) {
      sum += Math.abs(drawn[i] - limit[i]);
    }
    return sum / drawn.length;
  }

  /** The length of the differences of the first two moments. */
  private static double moments(double[] drawn, double[] limit) {
    double first = average(differences(drawn, limit, 1));
    double second = average(differences(drawn, limit, 2));
    return Math.sqrt(first * first + second * second);
  }

  /** The standard error of that, at most. */
  private static double momentsError(double[] drawn, double[] limit) {
    double first = variance(differences(drawn, limit, 1));
    double second = variance(differences(drawn, limit, 2));
    return Math.sqrt((first + second) / drawn.length);
  }

  private static double[] differences(double[] drawn, double[] limit, int power) {
    double[] each = new double[drawn.length];
    for (int i = 0; i < each.length; i++) {
      double factor = power == 1 ? 1 : drawn[i] + limit[i];
      each[i] = factor * (drawn[i] - limit[i]);
    }
    return each;
  }

  private Certificate.Bias bias(Tasks tasks, Progress progress) {
    CertificateLaw law = inOneColumn(NoiseRange.ALL);
    int rows = effort.rows;
    DrawRequest request = DrawRequest.of(law, rows).withSeed(SEED + 1).withTasks(tasks);
    double[] drawn = sampler.draw(request.withProgress(progress.part(0, 0.3))).column(0);
    double evaluations = law.takeEvaluations() / (double) rows;
    double[] exact = exact(law, rows, 1);
    double[] another = exact(law, rows, 2);
    double expected = 0.125;
    double deviation = Math.sqrt(0.5 + 1.125 * 1.125);
    double limit = Double.NaN;
    if (sampler instanceof Refinable steps) {
      int many = Math.max(steps.steps(), 1025);
      double[] fine =
          steps.withSteps(many).draw(request.withProgress(progress.part(0.3, 1))).column(0);
      limit = standardErrors(fine, expected, deviation);
    }
    return new Certificate.Bias(
        evaluations,
        (average(drawn) - expected) / deviation,
        Math.sqrt(variance(drawn)) / deviation - 1,
        wasserstein(drawn, exact) / deviation,
        wasserstein(another, exact) / deviation,
        limit);
  }

  private static double[] exact(CertificateLaw law, int rows, long which) {
    double[] all = new double[rows];
    double[] row = new double[1];
    for (int i = 0; i < rows; i++) {
      law.draw(new Streams(SEED).stream("exact." + which, i), row);
      all[i] = row[0];
    }
    return all;
  }

  private static double average(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = average(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / (values.length - 1);
  }

  /**
   * The error of mean or variance, whichever is greater, in standard errors, less 0.1 % of bias.
   */
  private static double standardErrors(double[] values, double mean, double deviation) {
    int n = values.length;
    double[] squares = new double[n];
    for (int i = 0; i < n; i++) {
      squares[i] = (values[i] - mean) * (values[i] - mean);
    }
    double first = excess(average(values) - mean, 0.002 * deviation);
    double second = excess(average(squares) - deviation * deviation, 0.004 * deviation * deviation);
    return Math.max(
        first / Math.sqrt(variance(values) / n), second / Math.sqrt(variance(squares) / n));
  }

  private static double excess(double error, double allowed) {
    return Math.max(0, Math.abs(error) - allowed);
  }

  private static double wasserstein(double[] one, double[] other) {
    double[] x = one.clone();
    double[] y = other.clone();
    Arrays.sort(x);
    Arrays.sort(y);
    return mean(x, y);
  }

  /** What a shift of the law and a plane that holds it should do to the rows. */
  private Map<String, Double> invariances(Tasks tasks, Progress progress) {
    DrawRequest request =
        DrawRequest.of(inThePlane(0), 500)
            .withSeed(SEED + 2)
            .withTasks(tasks)
            .withProgress(progress.part(0, 0.3));
    Samples rows = sampler.draw(request);
    Samples moved =
        sampler.draw(request.withScore(inThePlane(2)).withProgress(progress.part(0.3, 0.6)));
    double shift = 0;
    for (int i = 0; i < rows.count(); i++) {
      shift = Math.max(shift, Math.abs(moved.get(i, 0) - 2 - rows.get(i, 0)));
      shift = Math.max(shift, Math.abs(moved.get(i, 1) - rows.get(i, 1)));
    }
    CertificateLaw line =
        new CertificateLaw(List.of(List.of(-1.0, 3.0), List.of(1.0, 3.0)), 1e-12, NoiseRange.ALL);
    Samples points = sampler.draw(request.withScore(line).withProgress(progress.part(0.6, 1)));
    double off = 0;
    for (int i = 0; i < points.count(); i++) {
      off = Math.max(off, Math.abs(points.get(i, 1) - 3));
    }
    Map<String, Double> measured = new LinkedHashMap<>();
    measured.put("a law moved by 2, rows differ from the moved ones by", shift);
    measured.put("a law on a line, rows are off the line by", off);
    return measured;
  }

  private boolean deterministic(Progress progress) {
    DrawRequest request = DrawRequest.of(inThePlane(0), 60).withSeed(SEED + 3);
    Samples rows = sampler.draw(request);
    progress.check();
    long[] some = {59, 7, 7, 0};
    int[] places = {59, 7, 7, 0};
    return rows.equals(sampler.draw(request.withTasks(Tasks.threads(3))))
        && rows.rows(0, 17).equals(sampler.draw(request.withRows(DrawRequest.Rows.range(0, 17))))
        && rows.rows(places).equals(sampler.draw(request.withRows(DrawRequest.Rows.of(some))));
  }
}
