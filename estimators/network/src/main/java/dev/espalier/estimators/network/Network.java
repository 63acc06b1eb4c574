package dev.espalier.estimators.network;

import dev.espalier.api.Cost;
import dev.espalier.api.DirectionEstimator;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.TrainingTarget;
import dev.espalier.api.Window;
import dev.espalier.api.WindowedEstimator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Learns the posterior mean by a residual perceptron over rows and noise levels.
 *
 * <p>The columns are centred and turned onto the axes of their covariance, so that inputs and
 * targets have unit variance at every level; an untrained network already gives the best linear
 * guess, and training only adds what held-out rows confirm. Training is Adam with decoupled weight
 * decay (Loshchilov and Hutter 2019), warm-up, cosine decay, clipped gradients and averaged
 * weights; the weights kept are those with the least held-out loss. Settings that are {@code auto}
 * or {@code []} come from the numbers of rows and columns.
 *
 * <p>Missing cells count neither as inputs nor in the loss; where there are any, more inputs tell
 * which, and the axes are the columns. Equal requests give equal bits, for any number of threads.
 * Constant columns are answered by their constant. Training at a rate that diverges ends with the
 * last good weights and a note that says at which step.
 *
 * @param hidden the widths of the layers, none to choose by rows and columns
 * @param parametrisation what the outputs mean
 * @param target what a noisy row is regressed on
 * @param steps steps of training at most
 * @param batch noisy rows in a step
 * @param rate the learning rate after warm-up, positive
 * @param warmup the share of the steps in which the rate rises, from 0 to 1
 * @param decay weight decay, at least 0
 * @param clip the greatest length of a gradient, positive
 * @param average how much of the averaged weights is kept in a step, from 0 to below 1
 * @param levels which noise levels are trained at
 * @param weighting which error counts
 * @param copies noisy copies of a row side by side, at least 1
 * @param validation the share of the rows held out if the request holds out none, from 0 to 0.5
 * @param patience checks without a better held-out loss before training stops, at least 1
 * @param turned whether the network sees the axes of the covariance instead of the columns
 * @param paths what noise a row has when it is seen again
 * @param engine what computes the training; what was learned is always answered by plain Java
 */
public record Network(
    @Setting(
            value = "[]",
            help = "Widths of the layers, such as [64,64]; [] chooses by rows and columns.")
        List<Integer> hidden,
    @Setting(value = "residual", help = "What the outputs mean: residual, x0, epsilon, v or score.")
        Parametrisation parametrisation,
    @Setting(value = "denoising()", help = "What a noisy row is regressed on.")
        TrainingTarget target,
    @Setting(value = "auto", help = "Steps of training at most, at least 1.") Size steps,
    @Setting(value = "auto", help = "Noisy rows in a step, at least 1.") Size batch,
    @Setting(value = "0.002", help = "The learning rate after warm-up, positive.") double rate,
    @Setting(value = "0.02", help = "Share of the steps in which the rate rises, from 0 to 1.")
        double warmup,
    @Setting(
            value = "0.01",
            help = "Weight decay, at least 0; weights shrink by rate times decay in a step.")
        double decay,
    @Setting(value = "1", help = "Greatest length of a gradient, positive.") double clip,
    @Setting(
            value = "0.999",
            help = "How much of the averaged weights is kept in a step, from 0 to below 1.")
        double average,
    @Setting(value = "logsnr", help = "Noise levels trained at: logsnr, uniform or lognormal.")
        LevelSampling levels,
    @Setting(
            value = "unit",
            help =
                "The error that counts: unit (of the output), mean (of the posterior mean) or score.")
        Weighting weighting,
    @Setting(value = "1", help = "Noisy copies of a row side by side, at least 1.") int copies,
    @Setting(
            value = "0.1",
            help = "Share of the rows held out if the request holds out none, from 0 to 0.5.")
        double validation,
    @Setting(
            value = "20",
            help = "Checks without a better held-out loss before training stops, at least 1.")
        int patience,
    @Setting(
            value = "true",
            help = "Whether the network sees the axes of the covariance instead of the columns.")
        boolean turned,
    @Setting(
            value = "fresh",
            help = "fresh: new noise whenever a row is seen; fixed: one noise path a row and copy.")
        Paths paths,
    @Setting(
            value = "plain()",
            help = "What computes the training: plain(), or native() where OpenBLAS was added.")
        Engine engine)
    implements WindowedEstimator, DirectionEstimator {

  /** A network with every setting at its default. */
  public static final Network STANDARD =
      new Network(
          List.of(),
          Parametrisation.RESIDUAL,
          TrainingTarget.denoising(),
          Size.AUTO,
          Size.AUTO,
          0.002,
          0.02,
          0.01,
          1,
          0.999,
          LevelSampling.LOGSNR,
          Weighting.UNIT,
          1,
          0.1,
          20,
          true,
          Paths.FRESH,
          Engine.plain());

  /** Checks the ranges. */
  public Network {
    hidden = List.copyOf(hidden);
    for (int width : hidden) {
      require(width >= 1, "layers at least 1 wide", "hidden=" + hidden);
    }
    require(steps.high() >= 1, "at least 1 step", "steps=" + steps);
    require(batch.high() >= 1, "at least 1 row in a batch", "batch=" + batch);
    require(rate > 0 && rate < Double.POSITIVE_INFINITY, "a finite rate > 0", "rate=" + rate);
    require(warmup >= 0 && warmup <= 1, "0 <= warmup <= 1", "warmup=" + warmup);
    require(decay >= 0 && rate * decay < 1, "decay >= 0 and rate*decay < 1", "decay=" + decay);
    require(clip > 0, "clip > 0", "clip=" + clip);
    require(average >= 0 && average < 1, "0 <= average < 1", "average=" + average);
    require(copies >= 1, "at least 1 copy", "copies=" + copies);
    require(
        validation >= 0 && validation <= 0.5, "0 <= validation <= 0.5", "validation=" + validation);
    require(patience >= 1, "patience of at least 1 check", "patience=" + patience);
  }

  private static void require(boolean holds, String need, String got) {
    if (!holds) {
      throw new IllegalArgumentException("need " + need + ", got " + got);
    }
  }

  /** The standard network with layers of these widths. */
  public static Network hidden(int... widths) {
    return builder().hidden(widths).build();
  }

  /** This network with another {@code parametrisation}. */
  public Network parametrisation(Parametrisation parametrisation) {
    return changed().parametrisation(parametrisation).build();
  }

  /** This network with another {@code target}. */
  public Network target(TrainingTarget target) {
    return changed().target(target).build();
  }

  /** This network with another {@code steps}. */
  public Network steps(int steps) {
    return changed().steps(steps).build();
  }

  /** This network with another {@code batch}. */
  public Network batch(int batch) {
    return changed().batch(batch).build();
  }

  /** This network with another {@code rate}. */
  public Network rate(double rate) {
    return changed().rate(rate).build();
  }

  /** This network with another {@code warmup}. */
  public Network warmup(double warmup) {
    return changed().warmup(warmup).build();
  }

  /** This network with another {@code decay}. */
  public Network decay(double decay) {
    return changed().decay(decay).build();
  }

  /** This network with another {@code clip}. */
  public Network clip(double clip) {
    return changed().clip(clip).build();
  }

  /** This network with another {@code average}. */
  public Network average(double average) {
    return changed().average(average).build();
  }

  /** This network with another {@code levels}. */
  public Network levels(LevelSampling levels) {
    return changed().levels(levels).build();
  }

  /** This network with another {@code weighting}. */
  public Network weighting(Weighting weighting) {
    return changed().weighting(weighting).build();
  }

  /** This network with another {@code copies}. */
  public Network copies(int copies) {
    return changed().copies(copies).build();
  }

  /** This network with another {@code validation}. */
  public Network validation(double validation) {
    return changed().validation(validation).build();
  }

  /** This network with another {@code patience}. */
  public Network patience(int patience) {
    return changed().patience(patience).build();
  }

  /** This network with another {@code engine}. */
  public Network engine(Engine engine) {
    return changed().engine(engine).build();
  }

  /** This network with another {@code turned}. */
  public Network turned(boolean turned) {
    return changed().turned(turned).build();
  }

  /** This network with another {@code paths}. */
  public Network paths(Paths paths) {
    return changed().paths(paths).build();
  }

  /** A builder that begins with every setting at its default. */
  public static Builder builder() {
    return STANDARD.changed();
  }

  private Builder changed() {
    return new Builder(this);
  }

  @Override
  public Score fit(FitRequest request) {
    return Trainer.of(this, unlabelled(request), List.of(everything(request))).run().get(0);
  }

  @Override
  public List<Score> fitWindows(FitRequest request, List<Window> windows) {
    return Trainer.of(this, unlabelled(request), windows).run();
  }

  /**
   * Learns directions together with a network of the coordinates along them, in as many steps as a
   * {@link #fit} has. The network is of the kind that a fit trains; it is not kept.
   */
  @Override
  public Samples fitDirections(FitRequest request, Samples start) {
    return new JointDirections(this, request, start).run();
  }

  @Override
  public Cost cost(FitRequest request) {
    return cost(request, List.of(everything(request)));
  }

  @Override
  public Cost cost(FitRequest request, List<Window> windows) {
    return Trainer.of(this, unlabelled(request), windows).cost();
  }

  /** Learns a score that is told the label of the rows, of which there is one. */
  NetworkScore fitLabelled(FitRequest request) {
    return (NetworkScore) Trainer.of(this, request, List.of(everything(request))).run().get(0);
  }

  /** What {@link #fitLabelled} is expected to take. */
  Cost costLabelled(FitRequest request) {
    return Trainer.of(this, request, List.of(everything(request))).cost();
  }

  private static FitRequest unlabelled(FitRequest request) {
    return request.withRows(
        request.rows().withLabels(List.of()),
        request.validation().map(rows -> rows.withLabels(List.of())).orElse(null));
  }

  private static Window everything(FitRequest request) {
    List<Integer> columns = new ArrayList<>();
    for (int j = 0; j < request.rows().columns(); j++) {
      columns.add(j);
    }
    return Window.of(columns);
  }

  /** Collects settings; {@link #build()} checks them all. */
  public static final class Builder {
    private List<Integer> hidden;
    private Parametrisation parametrisation;
    private TrainingTarget target;
    private Size steps;
    private Size batch;
    private double rate;
    private double warmup;
    private double decay;
    private double clip;
    private double average;
    private LevelSampling levels;
    private Weighting weighting;
    private int copies;
    private double validation;
    private int patience;
    private boolean turned;
    private Paths paths;
    private Engine engine;

    private Builder(Network from) {
      hidden = from.hidden;
      parametrisation = from.parametrisation;
      target = from.target;
      steps = from.steps;
      batch = from.batch;
      rate = from.rate;
      warmup = from.warmup;
      decay = from.decay;
      clip = from.clip;
      average = from.average;
      levels = from.levels;
      weighting = from.weighting;
      copies = from.copies;
      validation = from.validation;
      patience = from.patience;
      turned = from.turned;
      paths = from.paths;
      engine = from.engine;
    }

    /** The widths of the layers; none to choose by rows and columns. */
    public Builder hidden(int... widths) {
      hidden = Arrays.stream(widths).boxed().toList();
      return this;
    }

    /** What the outputs mean. */
    public Builder parametrisation(Parametrisation parametrisation) {
      this.parametrisation = parametrisation;
      return this;
    }

    /** What a noisy row is regressed on. */
    public Builder target(TrainingTarget target) {
      this.target = target;
      return this;
    }

    /** Steps of training at most. */
    public Builder steps(int steps) {
      this.steps = Size.of(steps);
      return this;
    }

    /** Noisy rows in a step. */
    public Builder batch(int batch) {
      this.batch = Size.of(batch);
      return this;
    }

    /** The learning rate after warm-up. */
    public Builder rate(double rate) {
      this.rate = rate;
      return this;
    }

    /** The share of the steps in which the rate rises. */
    public Builder warmup(double warmup) {
      this.warmup = warmup;
      return this;
    }

    /** Weight decay. */
    public Builder decay(double decay) {
      this.decay = decay;
      return this;
    }

    /** The greatest length of a gradient. */
    public Builder clip(double clip) {
      this.clip = clip;
      return this;
    }

    /** How much of the averaged weights is kept in a step. */
    public Builder average(double average) {
      this.average = average;
      return this;
    }

    /** Which noise levels are trained at. */
    public Builder levels(LevelSampling levels) {
      this.levels = levels;
      return this;
    }

    /** Which error counts. */
    public Builder weighting(Weighting weighting) {
      this.weighting = weighting;
      return this;
    }

    /** Noisy copies of a row side by side. */
    public Builder copies(int copies) {
      this.copies = copies;
      return this;
    }

    /** The share of the rows held out. */
    public Builder validation(double validation) {
      this.validation = validation;
      return this;
    }

    /** Checks without a better held-out loss before training stops. */
    public Builder patience(int patience) {
      this.patience = patience;
      return this;
    }

    /** Whether the network sees the axes of the covariance. */
    public Builder turned(boolean turned) {
      this.turned = turned;
      return this;
    }

    /** What noise a row has when it is seen again. */
    public Builder paths(Paths paths) {
      this.paths = paths;
      return this;
    }

    /** What computes the training. */
    public Builder engine(Engine engine) {
      this.engine = engine;
      return this;
    }

    /**
     * The network.
     *
     * @throws IllegalArgumentException if a setting is out of its range
     */
    public Network build() {
      return new Network(
          hidden,
          parametrisation,
          target,
          steps,
          batch,
          rate,
          warmup,
          decay,
          clip,
          average,
          levels,
          weighting,
          copies,
          validation,
          patience,
          turned,
          paths,
          engine);
    }
  }
}
