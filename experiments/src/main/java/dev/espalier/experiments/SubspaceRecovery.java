package dev.espalier.experiments;

import dev.espalier.api.Density;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Stored;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.api.Writer;
import dev.espalier.estimators.closedform.Component;
import dev.espalier.estimators.closedform.Covariance;
import dev.espalier.estimators.closedform.Gaussian;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.estimators.closedform.Penalty;
import dev.espalier.estimators.closedform.RidgeRegression;
import dev.espalier.estimators.network.Network;
import dev.espalier.plots.Axis;
import dev.espalier.plots.LinePlot;
import dev.espalier.plugins.subspace.Subspace;
import dev.espalier.samplers.Affine;
import dev.espalier.samplers.Ancestral;
import dev.espalier.samplers.Ddpm;
import dev.espalier.samplers.Samplers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Rows on a subspace of dimension 3 (arXiv 2302.07194): decomposition, recovery, and errors that do
 * not grow with the number of columns.
 *
 * @param columns for which the error of the score is measured
 * @param runs over which it is averaged
 * @param trained runs of directions learned with a network
 * @param drawn for which numbers of columns rows are drawn
 * @param steps of the networks that they are drawn from
 */
record SubspaceRecovery(
    List<Integer> columns, int runs, int trained, List<Integer> drawn, int steps)
    implements Experiment {

  private static final int RANK = 3;

  static SubspaceRecovery full() {
    return new SubspaceRecovery(List.of(5, 20, 80, 320), 20, 4, List.of(20, 80, 320), 2000);
  }

  @Override
  public String name() {
    return "subspace";
  }

  @Override
  public String summary() {
    return "decomposition of the score, recovery of the subspace, errors against columns";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    Report.Table errors = errors(tasks, progress.part(0.4, 0.6));
    return new Report(
        "Rows on a subspace of dimension 3",
        List.of(
            decomposition(),
            recovery(tasks, progress.part(0, 0.1)),
            joint(tasks, progress.part(0.1, 0.4)),
            errors,
            distributions(tasks, progress.part(0.6, 1)),
            offSubspace()),
        Optional.of(
            new LinePlot(
                "Squared error of the score, 2000 rows on a subspace of dimension 3",
                Axis.log("columns"),
                Axis.log("error over all columns"),
                List.of(
                    Curve.of(errors, 0, labels -> labels.get(1).equals("subspace"), "subspace"),
                    Curve.of(errors, 0, labels -> labels.get(1).equals("none"), "none")))));
  }

  /** The level of the half Ornstein–Uhlenbeck process of the paper. */
  private static NoiseLevel half(double time) {
    return new NoiseLevel(StrictMath.exp(-0.5 * time), -StrictMath.expm1(-time));
  }

  /** Four normal laws at the corners of a tetrahedron; covariance 5·I. */
  private static GaussianMixture corners() {
    return GaussianMixture.of(
        List.of(corner(2, 2, 2), corner(2, -2, -2), corner(-2, 2, -2), corner(-2, -2, 2)));
  }

  private static Component corner(double... mean) {
    return Component.of(1, mean, Covariance.spherical(RANK, 1));
  }

  /** Orthonormal random directions. */
  private static double[][] directions(int columns, Streams streams) {
    double[][] directions = new double[RANK][columns];
    for (int k = 0; k < RANK; k++) {
      RandomGenerator random = streams.stream("directions", k);
      for (int j = 0; j < columns; j++) {
        directions[k][j] = random.nextGaussian();
      }
      for (int l = 0; l <= k; l++) {
        double product = dot(directions[l], directions[k]);
        for (int j = 0; j < columns; j++) {
          directions[k][j] =
              l < k
                  ? directions[k][j] - product * directions[l][j]
                  : directions[k][j] / Math.sqrt(product);
        }
      }
    }
    return directions;
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }

  /** Rows {@code A·z + deviation·e}. */
  private static Samples rows(
      GaussianMixture latent, double[][] a, double deviation, int count, Streams streams) {
    int d = a[0].length;
    double[] values = new double[count * d];
    double[] z = new double[RANK];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = streams.stream("row", i);
      latent.draw(random, z);
      for (int j = 0; j < d; j++) {
        values[i * d + j] = deviation > 0 ? deviation * random.nextGaussian() : 0;
        for (int k = 0; k < RANK; k++) {
          values[i * d + j] += a[k][j] * z[k];
        }
      }
    }
    return Samples.of(d, values);
  }

  /** An estimator whose score is known beforehand. */
  private record Given(GaussianMixture law) implements ScoreEstimator {
    @Override
    public Score fit(FitRequest request) {
      return law;
    }
  }

  private static Report.Table decomposition() {
    int d = 20;
    Streams streams = new Streams(91);
    double[][] a = directions(d, streams);
    Samples clean = rows(corners(), a, 0, 50, streams);
    Score score = Subspace.rank(RANK).around(new Given(corners())).fit(FitRequest.of(clean));
    NoiseLevel level = half(0.5);
    double[] x = Sweep.of(clean).to(level, null, streams).noisy();
    double[] found = new double[x.length];
    double[] mean = new double[x.length];
    score.score(level, x, found);
    score.posteriorMean(level, x, mean);
    Density density = score.ability(Density.class).orElseThrow();
    double step = 1e-4;
    double size = 0;
    double slopes = 0;
    double forms = 0;
    for (int i = 0; i < x.length; i++) {
      double[] two = new double[2 * d];
      System.arraycopy(x, i / d * d, two, 0, d);
      System.arraycopy(x, i / d * d, two, d, d);
      two[i % d] -= step;
      two[d + i % d] += step;
      double[] logs = new double[2];
      density.logDensity(level, two, logs);
      size = Math.max(size, Math.abs(found[i]));
      slopes = Math.max(slopes, Math.abs((logs[1] - logs[0]) / (2 * step) - found[i]));
      double form = (level.a() * mean[i] - x[i]) / level.b();
      forms = Math.max(forms, Math.abs(form - found[i]));
    }
    return new Report.Table(
        "Score on 20 columns around a mixture of four: greatest error, relative",
        List.of("against", "error"),
        List.of(
            new Report.Row(
                List.of("differences of the log density"), slopes / size, Accepted.below(1e-7)),
            new Report.Row(
                List.of("encoder and decoder, (V f(V'x) - x)/h"),
                forms / size,
                Accepted.below(1e-12))));
  }

  /** The directions that a fitted score keeps. */
  private static final class Basis implements Writer {
    private double[] values = new double[0];

    @Override
    public void tensor(String name, double[] values, long... shape) {
      if (name.equals("basis")) {
        this.values = values.clone();
      }
    }

    @Override
    public void text(String name, String value) {}

    @Override
    public void part(String name, Score part) {}
  }

  /** {@code ‖VVᵀ − AAᵀ‖²} of what is found from as many rows. */
  private static double apart(int columns, int count, double deviation, int run) {
    Streams streams = new Streams(new Streams(92).seed("recovery " + count, run));
    double[][] a = directions(columns, streams);
    Samples rows = rows(corners(), a, deviation, count, streams);
    Score score = Subspace.rank(RANK).around(new Gaussian()).fit(FitRequest.of(rows));
    Basis basis = new Basis();
    score.ability(Stored.class).orElseThrow().write(basis);
    double common = 0;
    for (int k = 0; k < RANK; k++) {
      double[] v = new double[columns];
      System.arraycopy(basis.values, k * columns, v, 0, columns);
      for (double[] direction : a) {
        common += dot(v, direction) * dot(v, direction);
      }
    }
    return 2 * RANK - 2 * common;
  }

  /** {@code ‖VVᵀ − AAᵀ‖²} of directions learned with a network from a random start. */
  private static double trainedApart(int columns, int count, double deviation, int run) {
    Streams streams = new Streams(new Streams(92).seed("recovery " + count, run));
    double[][] a = directions(columns, streams);
    double[][] start = directions(columns, new Streams(streams.seed("start", 0)));
    Samples found =
        Network.hidden(32, 32)
            .steps(3000)
            .batch(64)
            .fitDirections(
                FitRequest.of(rows(corners(), a, deviation, count, streams))
                    .withRange(new NoiseRange(-4, 8)),
                Samples.of(start));
    double common = 0;
    for (int k = 0; k < RANK; k++) {
      for (double[] direction : a) {
        double product = dot(found.row(k), direction);
        common += product * product;
      }
    }
    return 2 * RANK - 2 * common;
  }

  private Report.Table joint(Tasks tasks, Progress progress) {
    int count = trained;
    int[] sizes = {200, 200, 1000};
    double[] deviations = {0, 0.3, 0.3};
    List<Accepted> accepted =
        List.of(
            Accepted.below(1e-3).beside(3e-5),
            Accepted.within(0.053, 0.2),
            Accepted.within(0.011, 0.2));
    List<Double> found =
        tasks.map(
            3 * count,
            (piece, share) -> {
              share.check();
              int kind = piece / count;
              return trainedApart(100, sizes[kind], deviations[kind], piece % count);
            },
            progress);
    List<Report.Row> rows = new ArrayList<>();
    for (int kind = 0; kind < 3 && count > 0; kind++) {
      double mean = 0;
      for (double each : found.subList(kind * count, (kind + 1) * count)) {
        mean += each / count;
      }
      rows.add(
          new Report.Row(
              List.of(Integer.toString(sizes[kind]), Accepted.number(deviations[kind])),
              mean,
              accepted.get(kind)));
    }
    return new Report.Table(
        "The same learned with a network from random directions, mean of " + count + " runs",
        List.of("rows", "noise deviation", "distance"),
        rows);
  }

  /** The sliced distance of drawn rows, put on the true subspace, from the law of coordinates. */
  private static double distribution(int columns, boolean structured, int steps, Progress share) {
    Streams streams = new Streams(94);
    double[][] a = directions(columns, new Streams(streams.seed("subspace", columns)));
    Network network = Network.hidden(64, 64).steps(steps).batch(128);
    ScoreEstimator estimator = structured ? Subspace.rank(RANK).around(network) : network;
    Score score =
        estimator.fit(
            FitRequest.of(rows(corners(), a, 0, 2000, streams))
                .withRange(new NoiseRange(-6, 10))
                .withProgress(share));
    Samples generated =
        Samplers.dpm(24).draw(DrawRequest.of(score, 5000).withSeed(5).withProgress(share));
    int count = generated.count();
    double[][] z = new double[count][RANK];
    for (int i = 0; i < count; i++) {
      double[] row = generated.row(i);
      for (int k = 0; k < RANK; k++) {
        z[i][k] = dot(a[k], row);
      }
    }
    int slices = 50;
    int times = 10;
    double[][] exact = new double[times * count][RANK];
    for (int i = 0; i < exact.length; i++) {
      corners().draw(streams.stream("exact", i), exact[i]);
    }
    double distance = 0;
    for (int slice = 0; slice < slices; slice++) {
      double[] along = directions(RANK, new Streams(streams.seed("slice", slice)))[0];
      double[] found = new double[count];
      double[] wanted = new double[exact.length];
      for (int i = 0; i < count; i++) {
        found[i] = dot(along, z[i]);
      }
      for (int i = 0; i < exact.length; i++) {
        wanted[i] = dot(along, exact[i]);
      }
      Arrays.sort(found);
      Arrays.sort(wanted);
      for (int i = 0; i < exact.length; i++) {
        distance += Math.abs(found[i / times] - wanted[i]) / exact.length / slices;
      }
    }
    return distance;
  }

  private Report.Table distributions(Tasks tasks, Progress progress) {
    List<Integer> all = drawn;
    int most = steps;
    List<Double> found =
        tasks.map(
            2 * all.size(),
            (piece, share) -> distribution(all.get(piece / 2), piece % 2 == 0, most, share),
            progress);
    List<Report.Row> rows = new ArrayList<>();
    double least = Double.POSITIVE_INFINITY;
    double greatest = 0;
    for (int piece = 0; piece < found.size(); piece++) {
      boolean structured = piece % 2 == 0;
      String d = Integer.toString(all.get(piece / 2));
      double value = found.get(piece);
      if (structured) {
        least = Math.min(least, value);
        greatest = Math.max(greatest, value);
      }
      rows.add(
          new Report.Row(
              List.of(d, structured ? "subspace" : "none"),
              value,
              structured
                  ? Accepted.any()
                  : Accepted.between(2 * found.get(piece - 1), Double.POSITIVE_INFINITY)));
    }
    if (all.size() > 1) {
      rows.add(
          new Report.Row(
              List.of("greatest / least", "subspace"), greatest / least, Accepted.below(1.3)));
    }
    return new Report.Table(
        "Sliced W1 of 5000 rows drawn, on the true subspace; network trained on 2000 rows",
        List.of("columns", "structure", "distance"),
        rows);
  }

  private static Report.Table recovery(Tasks tasks, Progress progress) {
    int count = 10;
    int[] sizes = {200, 200, 1000};
    double[] deviations = {0, 0.3, 0.3};
    List<Accepted> accepted =
        List.of(
            Accepted.below(1e-3).beside(3e-5),
            Accepted.within(0.053, 0.2),
            Accepted.within(0.011, 0.2));
    List<Double> found =
        tasks.map(
            3 * count,
            (piece, share) -> {
              int kind = piece / count;
              return apart(100, sizes[kind], deviations[kind], piece % count);
            },
            progress);
    List<Report.Row> rows = new ArrayList<>();
    for (int kind = 0; kind < 3; kind++) {
      double mean = 0;
      for (int run = 0; run < count; run++) {
        mean += found.get(kind * count + run) / count;
      }
      rows.add(
          new Report.Row(
              List.of(Integer.toString(sizes[kind]), Accepted.number(deviations[kind])),
              mean,
              accepted.get(kind)));
    }
    return new Report.Table(
        "Distance |VV' - AA'|^2 of the directions found, 100 columns, mean of 10 runs",
        List.of("rows", "noise deviation", "distance"),
        rows);
  }

  /** Errors of the score with the subspace and without, over all columns. */
  private static double[] error(int columns, int run) {
    Streams streams = new Streams(new Streams(93).seed("errors " + columns, run));
    GaussianMixture latent =
        GaussianMixture.of(
            List.of(
                Component.of(1, new double[RANK], Covariance.diagonal(new double[] {4, 2, 1}))));
    double[][] a = directions(columns, streams);
    NoiseLevel level = half(0.2);
    FitRequest request =
        FitRequest.of(rows(latent, a, 0, 2000, streams))
            .withRange(new NoiseRange(level.logSnr() - 1, level.logSnr()))
            .withSeed(run);
    RidgeRegression linear =
        RidgeRegression.on(RidgeRegression.Features.LINEAR)
            .withLevels(2)
            .withPenalty(new Penalty(0));
    double[] exactVariances = {4, 2, 1};
    Samples fresh = rows(latent, a, 0, 1000, new Streams(streams.seed("fresh", 0)));
    double[] x = Sweep.of(fresh).to(level, null, streams).noisy();
    double[] exact = new double[x.length];
    for (int at = 0; at < x.length; at += columns) {
      for (int j = 0; j < columns; j++) {
        exact[at + j] = -x[at + j] / level.b();
      }
      for (int k = 0; k < RANK; k++) {
        double u = 0;
        for (int j = 0; j < columns; j++) {
          u += a[k][j] * x[at + j];
        }
        double h = level.a() * level.a() * exactVariances[k] + level.b();
        for (int j = 0; j < columns; j++) {
          exact[at + j] += a[k][j] * u * (1 / level.b() - 1 / h);
        }
      }
    }
    double[] errors = new double[2];
    List<ScoreEstimator> estimators = List.of(Subspace.rank(RANK).around(linear), linear);
    for (int i = 0; i < 2; i++) {
      double[] found = new double[x.length];
      estimators.get(i).fit(request).score(level, x, found);
      for (int j = 0; j < x.length; j++) {
        errors[i] += (found[j] - exact[j]) * (found[j] - exact[j]) / fresh.count();
      }
    }
    return errors;
  }

  private Report.Table errors(Tasks tasks, Progress progress) {
    List<Integer> all = columns;
    int count = runs;
    List<double[]> found =
        tasks.map(
            all.size() * count,
            (piece, share) -> {
              share.check();
              return error(all.get(piece / count), piece % count);
            },
            progress);
    double[][] reference = {{.021, .022, .024, .026}, {.034, .158, .650, 2.75}};
    List<Report.Row> rows = new ArrayList<>();
    for (int c = 0; c < all.size(); c++) {
      double[] means = new double[2];
      for (double[] errors : found.subList(c * count, (c + 1) * count)) {
        means[0] += errors[0] / count;
        means[1] += errors[1] / count;
      }
      int known = List.of(5, 20, 80, 320).indexOf(all.get(c));
      String d = Integer.toString(all.get(c));
      rows.add(
          new Report.Row(
              List.of(d, "subspace"),
              means[0],
              Accepted.between(.015, .035).beside(known < 0 ? Double.NaN : reference[0][known])));
      Accepted plain =
          all.get(c) == 320 ? Accepted.between(2, Double.POSITIVE_INFINITY) : Accepted.any();
      rows.add(
          new Report.Row(
              List.of(d, "none"),
              means[1],
              plain.beside(known < 0 ? Double.NaN : reference[1][known])));
    }
    return new Report.Table(
        "Score error over all columns, normal coordinates, 2000 rows, t=0.2, linear regression",
        List.of("columns", "structure", "error"),
        rows);
  }

  /** The variance off the subspace after a walk with the exact score, followed exactly. */
  private static Report.Table offSubspace() {
    List<Report.Row> rows = new ArrayList<>();
    double[] ends = {0.1, 0.01, 0.001};
    double[] reference = {1.079, 1.142, 1.20};
    for (int i = 0; i < ends.length; i++) {
      List<Affine> steppers = List.of(new Ancestral(), new Ddpm());
      for (int j = 0; j < 2; j++) {
        int steps = 50;
        double first = 5;
        NoiseLevel level = half(first);
        double variance = level.b();
        for (int k = 1; k <= steps; k++) {
          double ratio = StrictMath.log(ends[i] / first) * k / steps;
          NoiseLevel next = half(first * StrictMath.exp(ratio));
          Affine.Factors factors = steppers.get(j).factors(level, next);
          variance = factors.keep() * factors.keep() * variance + factors.noise() * factors.noise();
          level = next;
        }
        rows.add(
            new Report.Row(
                List.of(Accepted.number(ends[i]), j == 0 ? "ancestral" : "ddpm"),
                variance / level.b(),
                j == 0 ? Accepted.within(1, 0.01) : Accepted.any().beside(reference[i])));
      }
    }
    return new Report.Table(
        "Variance off the subspace over that of the level, 50 steps geometric in t from 5",
        List.of("t0", "sampler", "ratio"),
        rows);
  }
}
