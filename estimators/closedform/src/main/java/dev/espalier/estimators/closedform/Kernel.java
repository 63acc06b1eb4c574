package dev.espalier.estimators.closedform;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.Streams;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The posterior mean over the rows themselves, each blurred by a small normal kernel.
 *
 * <p>With no bandwidth this would be the exact minimiser of the denoising loss on the rows, which
 * draws nothing but the rows; the bandwidth, in standard deviations of each column, is what lies
 * between that and a normal law. It is chosen by the held-out score loss, on up to 1000 of the
 * validation rows of the request or, without them, of the rows, in five folds by the seed.
 *
 * <p>Every row answered is compared with every row of the data, at a cost of the order of n·d;
 * {@code neighbours} limits only how many are then told apart, and by default is all up to 8192
 * rows and 1024 beyond. It is a yardstick and a memory, not a generalisation: the draws stay within
 * a bandwidth of the rows.
 *
 * @param bandwidth the kernel's deviation, in standard deviations of each column
 * @param neighbours how many rows are told apart at a time
 */
public record Kernel(
    @Setting(
            value = "auto",
            help = "the kernel's deviation in standard deviations of each column, or auto")
        Bandwidth bandwidth,
    @Setting(
            value = "auto",
            help = "how many of the likeliest rows are told apart, at least 1, or auto")
        Size neighbours)
    implements ScoreEstimator {

  private static final int ALL = 8192;
  private static final int MANY = 2048;
  private static final int FEWEST = 200;
  private static final int MOST = 1000;
  private static final int COMPARED = 2_000_000;
  private static final int FOLDS = 5;

  /** Levels of the held-out loss: noise in standard deviations of each column. */
  private static final double[] SIGMAS = {0.1, 0.25, 0.6};

  private static final double WIDEST = 1.5;
  private static final int HALVINGS = 8;

  /** Checks that a number of neighbours is fixed or automatic. */
  public Kernel {
    if (!(neighbours.equals(Size.AUTO) || neighbours.fixed() && neighbours.low() >= 1)) {
      throw new IllegalArgumentException(
          "need neighbours of auto or at least 1, got " + neighbours);
    }
  }

  /** Bandwidth and neighbours chosen by the fit. */
  public Kernel() {
    this(Bandwidth.AUTO, Size.AUTO);
  }

  /** A given bandwidth, in standard deviations of each column. */
  public static Kernel bandwidth(double width) {
    return new Kernel(new Bandwidth(width), Size.AUTO);
  }

  /**
   * A bandwidth: a positive number, or {@code auto}.
   *
   * @param width finite and positive, or 0 where the fit is to choose
   */
  public record Bandwidth(double width) implements Serializable {

    /** Chosen by the fit. */
    public static final Bandwidth AUTO = new Bandwidth(0);

    /** Checks the range. */
    public Bandwidth {
      if (!(width >= 0 && width < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("need a finite bandwidth > 0 or auto, got " + width);
      }
    }

    /** Reads {@code auto} or a positive number. */
    public static Bandwidth parse(String text) {
      if (text.equals("auto")) {
        return AUTO;
      }
      try {
        double width = Double.parseDouble(text);
        if (width > 0) {
          return new Bandwidth(width);
        }
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException("need auto or a number > 0, got " + text, e);
      }
      throw new IllegalArgumentException("need auto or a number > 0, got " + text);
    }

    /** The text that {@link #parse} reads. */
    @Override
    public String toString() {
      return width == 0 ? "auto" : Double.toString(width);
    }
  }

  @Override
  public Score fit(FitRequest request) {
    Samples rows = request.rows();
    int d = rows.columns();
    Moments moments = Moments.of(request);
    needComplete(rows, "row");
    request.validation().ifPresent(validation -> needComplete(validation, "validation row"));
    double[] deviations = moments.columns().deviations();
    int[] varying = Gaussian.varying(deviations);
    List<String> notes = new ArrayList<>();
    notes.add(
        "a kernel memorises: its draws are the rows it was fitted to, blurred by the bandwidth");
    if (varying.length < d) {
      notes.add(Gaussian.constants(deviations, d - varying.length));
    }
    double width = bandwidth.width();
    if (bandwidth.equals(Bandwidth.AUTO)) {
      width = varying.length == 0 ? 1 : choose(request, moments.weights(), varying, deviations);
      notes.add("the bandwidth is " + width + " standard deviations of each column");
    }
    double[] variances = new double[d];
    double[][] columns = new double[d][];
    for (int j = 0; j < d; j++) {
      variances[j] = width * width * deviations[j] * deviations[j];
      columns[j] = rows.column(j);
    }
    int told = told(rows.count());
    if (told < rows.count()) {
      notes.add(
          "at a time "
              + told
              + " of "
              + rows.count()
              + " rows are told apart; the others act as one normal law");
    }
    return KernelScore.of(moments.weights(), columns, variances, told, notes);
  }

  /** How many rows judge a bandwidth: as many as keep the number of comparisons in bounds. */
  private static int judges(int count) {
    return Math.max(FEWEST, Math.min(MOST, COMPARED / Math.max(1, count)));
  }

  private int told(int count) {
    int wanted = neighbours.equals(Size.AUTO) ? (count <= ALL ? count : MANY) : neighbours.low();
    return Math.min(wanted, count);
  }

  private static void needComplete(Samples rows, String what) {
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < rows.columns(); j++) {
        if (Double.isNaN(rows.get(i, j))) {
          throw new InvalidDataException(
              "need complete rows for a kernel, got a missing cell in "
                  + what
                  + " "
                  + i
                  + ", column "
                  + j
                  + ". Fill it in, or fit gaussian or gmm, which account for missing cells");
        }
      }
    }
  }

  /** The bandwidth of the least held-out loss: by halves from the widest, then between. */
  private double choose(FitRequest request, double[] weights, int[] varying, double[] deviations) {
    Samples rows = request.rows();
    int n = rows.count();
    Optional<Samples> validation = request.validation().filter(each -> each.count() > 0);
    if (n < 2 && validation.isEmpty()) {
      return 1;
    }
    int wanted = judges(n);
    Samples standard = scaled(rows, varying, deviations);
    List<Fold> folds = new ArrayList<>();
    if (validation.isPresent()) {
      Samples judges = validation.get().rows(0, Math.min(validation.get().count(), wanted));
      int[] all = IntStream.range(0, n).toArray();
      folds.add(new Fold(standard, weights, all, scaled(judges, varying, deviations)));
    } else {
      int[] order = shuffled(n, request.streams().stream("kernel held out", 0));
      for (int k = 0; k < Math.min(FOLDS, n); k++) {
        int from = (int) ((long) n * k / Math.min(FOLDS, n));
        int to = (int) ((long) n * (k + 1) / Math.min(FOLDS, n));
        int[] held = Arrays.copyOfRange(order, from, Math.min(to, from + wanted / FOLDS));
        int[] kept = IntStream.range(0, n).filter(i -> i < from || i >= to).toArray();
        for (int i = 0; i < kept.length; i++) {
          kept[i] = order[kept[i]];
        }
        Arrays.sort(kept);
        folds.add(new Fold(standard, weights, kept, standard.rows(held)));
      }
    }
    Trial trial = new Trial(folds, this, wanted, request.streams().seed("kernel loss", 0));
    double[] widths = new double[HALVINGS];
    for (int k = 0; k < HALVINGS; k++) {
      widths[k] = k == 0 ? WIDEST : widths[k - 1] / 2;
    }
    double best = trial.best(request, widths, 0, 0.7);
    return trial.best(
        request, new double[] {best, best * Math.sqrt(2), best * Math.sqrt(0.5)}, 0.7, 1);
  }

  private static int[] shuffled(int n, RandomGenerator random) {
    int[] order = IntStream.range(0, n).toArray();
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
    return order;
  }

  private static Samples scaled(Samples rows, int[] varying, double[] deviations) {
    double[] values = new double[rows.count() * varying.length];
    for (int i = 0; i < rows.count(); i++) {
      for (int j = 0; j < varying.length; j++) {
        values[i * varying.length + j] = rows.get(i, varying[j]) / deviations[varying[j]];
      }
    }
    return Samples.of(varying.length, values);
  }

  /** Rows to fit and rows to judge by, in standardised columns. */
  private static final class Fold implements Serializable {
    private static final long serialVersionUID = 1;

    private final double[] weights;
    private final double[][] columns;
    private final Samples judges;

    Fold(Samples rows, double[] weights, int[] kept, Samples judges) {
      this.judges = judges;
      this.weights = new double[kept.length];
      double total = 0;
      for (int i : kept) {
        total += weights[i];
      }
      for (int i = 0; i < kept.length; i++) {
        this.weights[i] = weights[kept[i]] / total;
      }
      Samples fitted = rows.rows(kept);
      this.columns = new double[rows.columns()][];
      for (int j = 0; j < columns.length; j++) {
        columns[j] = fitted.column(j);
      }
    }

    /**
     * The sum over the judges of the loss of a bandwidth, relative to the noise; each noise is used
     * with both signs, whose errors of first order cancel.
     */
    double loss(double width, Kernel settings, long seed) {
      int d = columns.length;
      double[] variances = new double[d];
      Arrays.fill(variances, width * width);
      int told = settings.told(weights.length);
      Score score = KernelScore.of(weights, columns, variances, told, List.of());
      double[] clean = judges.toArray();
      double[] noisy = new double[2 * clean.length];
      double[] mean = new double[2 * clean.length];
      double loss = 0;
      for (double sigma : SIGMAS) {
        for (int i = 0; i < judges.count(); i++) {
          RandomGenerator random = new Streams(seed).stream("kernel judge", i);
          for (int j = i * d; j < (i + 1) * d; j++) {
            double noise = sigma * random.nextGaussian();
            noisy[j] = clean[j] + noise;
            noisy[clean.length + j] = clean[j] - noise;
          }
        }
        score.posteriorMean(NoiseLevel.exploding(sigma), noisy, mean);
        double sum = 0;
        for (int j = 0; j < clean.length; j++) {
          double one = mean[j] - clean[j];
          double other = mean[clean.length + j] - clean[j];
          sum += one * one + other * other;
        }
        loss += sum / (sigma * sigma);
      }
      return loss;
    }
  }

  /** Judges bandwidths. */
  private static final class Trial implements Serializable {
    private static final long serialVersionUID = 1;

    private final ArrayList<Fold> folds;
    private final Kernel settings;
    private final long seed;
    private final int copies;

    Trial(List<Fold> folds, Kernel settings, int wanted, long seed) {
      this.folds = new ArrayList<>(folds);
      this.settings = settings;
      this.seed = seed;
      int judges = 0;
      for (Fold fold : folds) {
        judges += fold.judges.count();
      }
      this.copies = Math.max(1, wanted / judges);
    }

    /** The first of the widths that have the least loss. */
    double best(FitRequest request, double[] widths, double from, double to) {
      List<Double> losses =
          request
              .tasks()
              .map(
                  widths.length, (k, on) -> loss(widths[k], on), request.progress().part(from, to));
      int best = 0;
      for (int k = 1; k < widths.length; k++) {
        best = losses.get(k) < losses.get(best) ? k : best;
      }
      return widths[best];
    }

    private double loss(double width, Progress on) {
      double loss = 0;
      for (int copy = 0; copy < copies; copy++) {
        for (int k = 0; k < folds.size(); k++) {
          on.check();
          loss += folds.get(k).loss(width, settings, seed + copy * folds.size() + k);
        }
      }
      on.report("bandwidth", 1);
      return loss;
    }
  }

  @Override
  public Cost cost(FitRequest request) {
    double n = request.rows().count();
    double d = request.rows().columns();
    double trials =
        bandwidth.equals(Bandwidth.AUTO) ? (HALVINGS + 3) * 2 * SIGMAS.length * judges((int) n) : 0;
    return new Cost(trials * n * (d + 20) / 1e9, (long) (8 * n * (d + 6)));
  }
}
