package dev.espalier.estimators.network;

import dev.espalier.api.Curvature;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Streams;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Directions V learned together with a network m of the coordinates along them (arXiv 2302.07194).
 *
 * <p>The loss is {@code E‖a·V·m(Vᵀx) − a·x0‖²}, h² times that of the score. For orthonormal V the
 * noise of the coordinates {@code c = Vᵀx0} is standard normal itself, so that of the other
 * directions is integrated out: a row's loss is {@code a²(‖m(a·c + √b·z) − c‖² + ‖x0‖² − ‖c‖²)},
 * its gradient in V {@code 2a²·x0·(a·Jᵀe − m)ᵀ} with {@code e = m − c} and the Jacobian J of m.
 * After every step of the network V moves down its gradient, in units of the coordinates' variance
 * and with the network's schedule, and is made orthonormal again (QR retraction).
 */
final class JointDirections {

  /** How often the units in which the network sees the coordinates follow them. */
  private static final int FRAMES = 40;

  private final Network settings;
  private final FitRequest request;
  private final Plan plan;
  private final Streams streams;
  private final NoiseRange range;
  private final int n;
  private final int d;
  private final double[] mean;
  private final double[] weights;
  private final double[][] v;

  JointDirections(Network settings, FitRequest request, Samples start) {
    Samples rows = request.rows();
    n = rows.count();
    d = rows.columns();
    if (n == 0 || rows.hasMissing()) {
      throw new InvalidDataException(
          "need complete rows to learn directions, got "
              + (n == 0 ? "none" : "missing cells. Fill them first"));
    }
    if (start.columns() != d || start.count() == 0 || start.count() > d) {
      throw new IllegalArgumentException(
          "need 1 to " + d + " directions of " + d + " columns to start from, got " + start);
    }
    this.settings =
        settings
            .turned(false)
            .target(TrainingTarget.denoising())
            .paths(Paths.FRESH)
            .parametrisation(Parametrisation.RESIDUAL);
    this.request = request;
    this.plan = Plan.of(settings, n, start.count());
    this.streams = new Streams(request.streams().seed("network directions", 0));
    this.range = request.range();
    mean = new double[d];
    weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = request.weight(i) * n / request.totalWeight();
      double[] row = rows.row(i);
      for (int j = 0; j < d; j++) {
        mean[j] += weights[i] * row[j] / n;
      }
    }
    v = new double[start.count()][];
    for (int k = 0; k < v.length; k++) {
      v[k] = start.row(k);
    }
    retract(v);
  }

  /** Makes the rows orthonormal, in their order: the factor Q with a positive diagonal of R. */
  static void retract(double[][] v) {
    for (int k = 0; k < v.length; k++) {
      for (int sweep = 0; sweep < 2; sweep++) {
        for (int l = 0; l < k; l++) {
          add(-dot(v[l], v[k]), v[l], v[k]);
        }
      }
      double length = Math.sqrt(dot(v[k], v[k]));
      if (!(length > 0)) {
        throw new IllegalArgumentException("need independent directions, got fewer");
      }
      for (int j = 0; j < v[k].length; j++) {
        v[k][j] /= length;
      }
    }
  }

  private static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int j = 0; j < x.length; j++) {
      sum += x[j] * y[j];
    }
    return sum;
  }

  private static void add(double factor, double[] x, double[] out) {
    for (int j = 0; j < x.length; j++) {
      out[j] += factor * x[j];
    }
  }

  /**
   * Adds the gradient in V of the loss of rows at a level.
   *
   * @param score of the coordinates
   * @param rows clean rows about their mean
   * @param noise standard normal, a value a row and direction
   * @param weights of the rows
   * @return the weighted sum of {@code a²‖c‖²}
   */
  static double addGradient(
      Score score,
      NoiseLevel level,
      double[][] v,
      double[][] rows,
      double[] noise,
      double[] weights,
      double[][] out) {
    int r = v.length;
    double a = level.a();
    double root = Math.sqrt(level.b());
    double[] clean = new double[rows.length * r];
    double[] noisy = new double[clean.length];
    for (int i = 0; i < clean.length; i++) {
      clean[i] = dot(v[i % r], rows[i / r]);
      noisy[i] = a * clean[i] + root * noise[i];
    }
    double[] means = new double[clean.length];
    score.posteriorMean(level, noisy, means);
    double[] misses = new double[clean.length];
    for (int i = 0; i < clean.length; i++) {
      misses[i] = means[i] - clean[i];
    }
    double[] pulled = new double[clean.length];
    score
        .ability(Curvature.class)
        .orElseThrow()
        .transposedJacobianTimes(level, noisy, misses, pulled);
    double square = 0;
    for (int i = 0; i < clean.length; i++) {
      double weight = weights[i / r] * a * a;
      square += weight * clean[i] * clean[i];
      add(2 * weight * (a * pulled[i] - means[i]), rows[i / r], out[i % r]);
    }
    return square;
  }

  private double[] centred(int i) {
    double[] row = request.rows().row(i);
    add(-1, mean, row);
    return row;
  }

  private Samples coordinates(double[][] rows) {
    int r = v.length;
    double[] out = new double[rows.length * r];
    for (int i = 0; i < out.length; i++) {
      out[i] = dot(v[i % r], rows[i / r]);
    }
    return Samples.of(r, out);
  }

  /** The rows as the network sees them now. */
  private WindowData framed() {
    int r = v.length;
    double[] all = new double[Math.multiplyExact(n, r)];
    List<Integer> columns = new ArrayList<>();
    for (int k = 0; k < r; k++) {
      columns.add(k);
    }
    for (int i = 0; i < n; i++) {
      if (i % 64 == 0) {
        request.progress().check();
      }
      double[] row = centred(i);
      for (int k = 0; k < r; k++) {
        all[i * r + k] = dot(v[k], row);
      }
    }
    Samples coordinates = Samples.of(r, all);
    return WindowData.of(
        settings,
        range,
        coordinates,
        Samples.of(r, new double[0]),
        weights,
        Window.of(columns),
        request.progress());
  }

  /** Trains, and returns the directions. */
  Samples run() {
    int r = v.length;
    Engine engine = Engine.plain();
    Shape shape = new Shape(r, LevelFeatures.COUNT, plan.hidden(), r);
    Networks networks = engine.create(shape, 1, Training.start(shape, streams));
    WindowData data = framed();
    if (data.frame().constant()) {
      return directions();
    }
    int runs = plan.batch() / Plan.RUN;
    int[] order = new int[0];
    long epoch = -1;
    for (int step = 1; step <= plan.steps(); step++) {
      request.progress().check();
      if (step % Math.max(1, plan.steps() / FRAMES) == 0) {
        data = framed();
        request.progress().report("learning directions", (double) step / plan.steps());
      }
      double[][] rows = new double[plan.batch()][];
      double[] some = new double[plan.batch()];
      for (int i = 0; i < rows.length; i++) {
        long position = (step - 1L) * rows.length + i;
        if (position / n != epoch) {
          epoch = position / n;
          order = Shuffle.order(n, streams.stream("order", epoch));
        }
        int row = order[(int) (position % n)];
        rows[i] = centred(row);
        some[i] = weights[row];
      }
      WindowData batch = data.others(coordinates(rows), some, request.progress());
      float[] parameters = networks.state(Networks.State.PARAMETERS);
      Score score =
          new NetworkScore(
              data.frame(),
              data.outputs(),
              0,
              settings.parametrisation(),
              range,
              shape,
              parameters,
              engine,
              List.of());
      WindowData.Place place =
          new WindowData.Place(
              new float[rows.length * r],
              new float[runs * LevelFeatures.COUNT],
              new float[rows.length * r],
              new float[rows.length * r]);
      double shift = streams.stream("levels", step).nextDouble();
      double[][] gradient = new double[r][d];
      double square = 0;
      for (int run = 0; run < runs; run++) {
        double share = shift + (double) run / runs;
        double logSnr = settings.levels().logSnr(range, share >= 1 ? share - 1 : share);
        RandomGenerator random = streams.stream("noise", (step - 1L) * runs + run);
        int from = run * Plan.RUN;
        int[] chosen = new int[Plan.RUN];
        double[] noise = new double[Plan.RUN * r];
        for (int i = 0; i < chosen.length; i++) {
          chosen[i] = from + i;
        }
        double scale = 1.0 / ((double) rows.length * r);
        batch.write(
            chosen, logSnr, random, place, from, run, scale, TrainingTarget.denoising(), null);
        for (int i = 0; i < noise.length; i++) {
          noise[i] = random.nextGaussian();
        }
        square +=
            addGradient(
                score,
                LevelSampling.level(logSnr),
                v,
                Arrays.copyOfRange(rows, from, from + Plan.RUN),
                noise,
                Arrays.copyOfRange(some, from, from + Plan.RUN),
                gradient);
      }
      double rate = Training.rate(settings, plan, step);
      networks.step(
          new Batch(rows.length, Plan.RUN, place.inputs(), place.features()),
          new Networks.Goal(place.targets(), place.weights()),
          new Networks.Update(step, rate, settings.decay(), settings.clip(), 1),
          request.tasks().near(),
          request.progress());
      if (square > 0) {
        for (int k = 0; k < r; k++) {
          add(-0.5 * rate / settings.rate() / square, gradient[k], v[k]);
        }
        retract(v);
      }
    }
    return directions();
  }

  private Samples directions() {
    double[] flat = new double[v.length * d];
    for (int k = 0; k < v.length; k++) {
      System.arraycopy(v[k], 0, flat, k * d, d);
    }
    return Samples.of(d, flat);
  }
}
