package dev.espalier.experiments;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.api.TimeGrid;
import dev.espalier.estimators.closedform.GaussianMixture;
import dev.espalier.samplers.Affine;
import dev.espalier.samplers.Bound;
import dev.espalier.samplers.Focus;
import dev.espalier.samplers.Samplers;
import dev.espalier.samplers.State;
import dev.espalier.samplers.UniformTime;
import dev.espalier.samplers.VpLinear;
import dev.espalier.samplers.Walk;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What twenty evaluations reach, and how many steps ancestral sampling needs for it: a mixture of
 * three with its means on a line, its exact score, the 1-Wasserstein distance along the line.
 *
 * <p>Means lie on the line and components are spherical, so rows move along it as they do in one
 * column. There the law of what a sampler draws is followed without drawing: the density of one
 * with noise, the map of one without. Beside it rows of 64 columns are drawn and measured.
 *
 * @param seeds with which rows are drawn
 * @param rows a draw
 */
record FewSteps(int seeds, int rows) implements Experiment {

  private static final int COLUMNS = 64;
  private static final int FEW = 20;
  private static final int MANY = 400;
  private static final double VARIANCE = 0.25;
  private static final List<Double> CENTRES = List.of(-2.0, 0.5, 2.0);
  private static final Line LINE = Line.of(-9, 9, 0.009);

  /** Rows whose ends stand for the map of a sampler without noise. */
  private static final int MAPPED = 20_000;

  /** The linear rates of Ho, Jain and Abbeel (2020), in even times. */
  private static final TimeGrid USUAL = new UniformTime(VpLinear.standard());

  /** The range of {@code focus} that suits few steps. */
  private static final TimeGrid NEAR = new Focus(Focus.WIDTH, Bound.of(-6), Bound.of(8));

  /**
   * A walk, and how it is written.
   *
   * @param sampler how its stepper is written
   * @param grid how its grid is written
   */
  private record Way(String sampler, String grid, Walk walk) implements Serializable {

    Way withSteps(int steps) {
      return new Way(sampler, grid, walk.withSteps(steps));
    }

    boolean isNear() {
      return walk.settings().grid().equals(NEAR);
    }

    List<String> labels() {
      return List.of(sampler, grid, Integer.toString(walk.steps()));
    }
  }

  /** Multistep methods of twenty evaluations. */
  private static final List<Way> TWENTY =
      List.of(
          new Way("unipc", "focus()", Samplers.uniPc(FEW)),
          new Way("unipc", "focus(noisiest=-6, cleanest=8)", Samplers.uniPc(FEW).withGrid(NEAR)),
          new Way("dpm", "focus()", Samplers.dpm(FEW)),
          new Way("dpm", "focus(noisiest=-6, cleanest=8)", Samplers.dpm(FEW).withGrid(NEAR)));

  /** Ancestral sampling with the smaller and the larger variance of Ho, Jain and Abbeel. */
  private static final List<Way> ANCESTRAL =
      List.of(
          new Way("ancestral", "uniform(vplinear())", Samplers.ancestral(MANY).withGrid(USUAL)),
          new Way("ddpm", "uniform(vplinear())", Samplers.ddpm(MANY).withGrid(USUAL)));

  static FewSteps full() {
    return new FewSteps(4, 100_000);
  }

  @Override
  public String name() {
    return "few-steps";
  }

  @Override
  public String summary() {
    return "what twenty evaluations reach, and the steps that ancestral sampling needs for it";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    List<Way> exact = new ArrayList<>(TWENTY);
    for (Way each : ANCESTRAL) {
      for (int steps : List.of(100, 200, MANY, 800)) {
        exact.add(each.withSteps(steps));
      }
    }
    List<Double> errors =
        tasks.map(exact.size(), (i, share) -> error(exact.get(i), share), progress.part(0, 0.1));
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < exact.size(); i++) {
      rows.add(new Report.Row(exact.get(i).labels(), errors.get(i), Accepted.any()));
    }
    List<Report.Table> tables = new ArrayList<>();
    tables.add(
        new Report.Table(
            "Distance along the line, followed exactly",
            List.of("sampler", "grid", "steps", "W1"),
            rows));
    tables.add(needed(exact, errors, tasks, progress.part(0.1, 0.2)));
    if (seeds > 0) {
      tables.add(drawn(tasks, progress.part(0.2, 1)));
    }
    return new Report(
        "Twenty evaluations: three components of deviation 1/2, means on a line, exact score",
        tables);
  }

  /** The steps with which ancestral sampling is as close as each way of few evaluations. */
  private static Report.Table needed(
      List<Way> exact, List<Double> errors, Tasks tasks, Progress progress) {
    int pairs = TWENTY.size() * ANCESTRAL.size();
    List<Double> steps =
        tasks.map(
            pairs,
            (i, share) -> {
              Way way = ANCESTRAL.get(i % ANCESTRAL.size());
              double start = errors.get(exact.indexOf(way));
              return steps(way, start, errors.get(i / ANCESTRAL.size()), share);
            },
            progress);
    List<Report.Row> rows = new ArrayList<>();
    for (int i = 0; i < pairs; i++) {
      Way target = TWENTY.get(i / ANCESTRAL.size());
      Way by = ANCESTRAL.get(i % ANCESTRAL.size());
      boolean promised =
          target.sampler.equals("unipc") && (by.sampler.equals("ancestral") || target.isNear());
      rows.add(
          new Report.Row(
              List.of(target.sampler, target.grid, by.sampler),
              steps.get(i),
              promised ? Accepted.between(MANY, Double.POSITIVE_INFINITY) : Accepted.any()));
    }
    return new Report.Table(
        "Steps along uniform(vplinear()) that come as close as 20 evaluations",
        List.of("20 evaluations of", "grid", "by", "steps"),
        rows);
  }

  /** The steps for an error, which falls about as one over the steps. */
  private static double steps(Way way, double error, double wanted, Progress progress) {
    double steps = way.walk.steps();
    double found = error;
    for (int round = 0; round < 2; round++) {
      steps = Math.rint(steps * found / wanted);
      found = error(way.withSteps((int) steps), progress);
    }
    return Math.rint(steps * found / wanted);
  }

  /** The 1-Wasserstein distance of what a walk draws in one column, without drawing. */
  private static double error(Way way, Progress progress) {
    GaussianMixture law = Laws.line(VARIANCE, CENTRES);
    double[] density = Laws.density(law, NoiseLevel.CLEAN, LINE.points());
    double[] exact = LINE.cumulative(density);
    double[] found =
        way.walk.isRandom() ? followed(way.walk, law, progress) : mapped(way.walk, law);
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      sum += Math.abs(found[i] - exact[i]);
    }
    return LINE.spacing() * sum;
  }

  /** The distribution function of what a walk with noise draws. */
  private static double[] followed(Walk walk, GaussianMixture law, Progress progress) {
    int steps = walk.steps();
    List<NoiseLevel> levels = walk.settings().grid().levels(law, steps).subList(0, steps);
    LineScore score = new LineScore(law);
    double[] density =
        new Propagation(score, levels).density((Affine) walk.stepper(), LINE, progress);
    double[] ends = score.mean(levels.get(steps - 1), LINE.points());
    return LINE.interpolate(ends, LINE.cumulative(density), 0, 1);
  }

  /**
   * The distribution function of what a walk without noise draws: every row stands for the share of
   * the start's normal law that is nearest to where it started.
   */
  private static double[] mapped(Walk walk, GaussianMixture law) {
    List<State> states = walk.states(DrawRequest.of(law, MAPPED));
    NoiseLevel first = states.get(0).level();
    double[] start = states.get(0).rows().column(0);
    double[] end = states.get(states.size() - 1).rows().column(0);
    double mean = first.a() * CENTRES.stream().mapToDouble(each -> each).average().orElseThrow();
    double deviation = Math.sqrt(first.a() * first.a() + first.b());
    double[] normal = LINE.cumulative(Laws.standardNormal(LINE.points()));
    int[] order = order(start);
    double[] share = new double[MAPPED];
    double below = 0;
    for (int k = 0; k < MAPPED; k++) {
      double above = 1;
      if (k + 1 < MAPPED) {
        double middle = 0.5 * (start[order[k]] + start[order[k + 1]]);
        above = at((middle - mean) / deviation, normal);
      }
      share[order[k]] = above - below;
      below = above;
    }
    double[] found = new double[normal.length];
    double[] points = LINE.points();
    int next = 0;
    double sum = 0;
    int[] ends = order(end);
    for (int i = 0; i < found.length; i++) {
      while (next < MAPPED && end[ends[next]] <= points[i]) {
        sum += share[ends[next++]];
      }
      found[i] = sum;
    }
    return found;
  }

  private static int[] order(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(i -> i)
        .toArray();
  }

  /** A function on the line, between its points. */
  private static double at(double place, double[] values) {
    double step = (place - LINE.low()) / LINE.spacing();
    int i = (int) Math.max(0, Math.min(values.length - 2, Math.floor(step)));
    return values[i] + (step - i) * (values[i + 1] - values[i]);
  }

  /** Rows drawn in all columns: distances above those of exact samples. */
  private Report.Table drawn(Tasks tasks, Progress progress) {
    List<Way> ways = new ArrayList<>(TWENTY);
    Way usual = ANCESTRAL.get(0);
    ways.add(usual);
    ways.add(usual.withSteps(MANY / 2));
    double[] diagonal = new double[COLUMNS];
    Arrays.fill(diagonal, 1 / Math.sqrt(COLUMNS));
    GaussianMixture law = Laws.along(VARIANCE, CENTRES, diagonal);
    double[] quantiles = quantiles();
    Moments floor = new Moments();
    List<Moments> distances = new ArrayList<>();
    ways.forEach(each -> distances.add(new Moments()));
    for (int seed = 0; seed < seeds; seed++) {
      DrawRequest request = DrawRequest.of(law, rows).withSeed(seed).withTasks(tasks);
      floor.add(distance(Samplers.direct(), request, diagonal, quantiles));
      for (int k = 0; k < ways.size(); k++) {
        double done = (seed + (double) k / ways.size()) / seeds;
        Progress part = progress.part(done, (seed + (k + 1.0) / ways.size()) / seeds);
        distances
            .get(k)
            .add(distance(ways.get(k).walk, request.withProgress(part), diagonal, quantiles));
      }
    }
    double many = distances.get(ways.size() - 2).mean() - floor.mean();
    List<Report.Row> table = new ArrayList<>();
    for (int k = 0; k < ways.size(); k++) {
      Way way = ways.get(k);
      Accepted accepted =
          way.sampler.equals("unipc") && way.isNear()
              ? Accepted.below(many)
              : way.walk.steps() == MANY / 2
                  ? Accepted.between(1.5 * many, Double.POSITIVE_INFINITY)
                  : Accepted.any();
      table.add(row(way.labels(), distances.get(k), floor, accepted));
    }
    table.add(row(List.of("an exact sample", "", ""), floor, floor, Accepted.any()));
    return new Report.Table(
        rows + " rows of " + COLUMNS + " columns, " + seeds + " seeds: W1 above an exact sample's",
        List.of("sampler", "grid", "steps", "W1, mean", "standard error", "above"),
        table);
  }

  private static Report.Row row(
      List<String> labels, Moments distances, Moments floor, Accepted accepted) {
    List<String> all = new ArrayList<>(labels);
    all.add(Accepted.number(distances.mean()));
    all.add(Accepted.number(distances.error()));
    return new Report.Row(all, distances.mean() - floor.mean(), accepted);
  }

  /** The distance of the rows drawn, along the diagonal. */
  private static double distance(
      Sampler sampler, DrawRequest request, double[] diagonal, double[] quantiles) {
    Samples drawn = sampler.draw(request);
    double[] places = new double[drawn.count()];
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < diagonal.length; j++) {
        places[i] += diagonal[j] * drawn.get(i, j);
      }
    }
    Arrays.sort(places);
    double sum = 0;
    for (int i = 0; i < places.length; i++) {
      sum += Math.abs(places[i] - quantiles[i]);
    }
    return sum / places.length;
  }

  /** The law's quantiles along the line, in the middle of each row's share. */
  private double[] quantiles() {
    double[] below =
        LINE.cumulative(
            Laws.density(Laws.line(VARIANCE, CENTRES), NoiseLevel.CLEAN, LINE.points()));
    double[] quantiles = new double[rows];
    int right = 1;
    for (int i = 0; i < rows; i++) {
      double share = (i + 0.5) / rows;
      while (right < below.length - 1 && below[right] < share) {
        right++;
      }
      double step = (share - below[right - 1]) / (below[right] - below[right - 1]);
      quantiles[i] = LINE.low() + LINE.spacing() * (right - 1 + step);
    }
    return quantiles;
  }
}
