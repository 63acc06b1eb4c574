package dev.espalier.estimators.network.openblas;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import dev.espalier.estimators.network.Batch;
import dev.espalier.estimators.network.MatrixKernels;
import dev.espalier.estimators.network.Networks;
import dev.espalier.estimators.network.Shape;
import dev.ludovic.netlib.blas.BLAS;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Networks over a matrix library, one group after the other, a chunk of rows at a time.
 *
 * <p>The parameters stay in the one order of {@link Shape}: the weights, level weights and shifts
 * of a layer are one matrix, so that rows with their level features and a one behind them pass a
 * layer in one product, and its gradient is one product too.
 */
final class BlasNetworks implements Networks {

  /** The greatest number of rows in a chunk. */
  static final int CHUNK = 256;

  private final Shape shape;
  private final int groups;
  private final int size;
  private final BLAS blas;
  private final MatrixKernels kernels = MatrixKernels.fastest();
  private final float[] parameters;
  private final Map<State, float[]> others = new EnumMap<>(State.class);
  private final List<Share> shares = new ArrayList<>();

  /** Memory that no piece is using. The next one takes what is still in the cache. */
  private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();

  BlasNetworks(Shape shape, int groups, float[] parameters, BLAS blas) {
    require("parameters", parameters.length, groups * shape.parameters());
    this.shape = shape;
    this.groups = groups;
    this.size = Math.toIntExact(shape.parameters());
    this.blas = blas;
    this.parameters = parameters.clone();
  }

  private static void require(String what, long found, long needed) {
    if (found != needed) {
      throw new IllegalArgumentException("need " + needed + " " + what + ", got " + found);
    }
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int groups() {
    return groups;
  }

  private float[] part(State which) {
    if (which == State.PARAMETERS) {
      return parameters;
    }
    return others.computeIfAbsent(
        which, state -> state == State.AVERAGE ? parameters.clone() : new float[parameters.length]);
  }

  @Override
  public float[] state(State which) {
    return part(which).clone();
  }

  @Override
  public void restore(State which, float[] values) {
    require("values", values.length, parameters.length);
    // The average starts where the parameters were, so it is made before they change.
    part(State.AVERAGE);
    System.arraycopy(values, 0, part(which), 0, values.length);
  }

  @Override
  public void outputs(Batch batch, float[] out) {
    compute(
        batch,
        out,
        shape.outputs(),
        (work, at) -> System.arraycopy(work.head, 0, out, at, work.rows * shape.outputs()));
  }

  @Override
  public void tangents(Batch batch, float[] directions, float[] out) {
    require("directions", directions.length, batch.inputs().length);
    compute(batch, out, shape.outputs(), (work, at) -> work.tangents(directions, out, at));
  }

  @Override
  public void cotangents(Batch batch, float[] directions, float[] out) {
    require("directions", directions.length, (long) groups * batch.rows() * shape.outputs());
    compute(batch, out, shape.inputs(), (work, at) -> work.cotangents(directions, out, at));
  }

  /** What is done with rows that have passed all layers; {@code at} is where to write. */
  private interface Use {
    void run(Workspace work, int at);
  }

  private void compute(Batch batch, float[] out, int width, Use use) {
    batch.require(shape, groups);
    require("values to write", out.length, (long) groups * batch.rows() * width);
    int chunk = Math.max(1, Math.min(batch.rows(), CHUNK));
    Workspace work = new Workspace(shape, chunk, blas, kernels);
    for (int g = 0; g < groups; g++) {
      for (int from = 0; from < batch.rows(); from += chunk) {
        work.forward(parameters, g, batch, from, Math.min(batch.rows(), from + chunk));
        use.run(work, (g * batch.rows() + from) * width);
      }
    }
  }

  @Override
  public double[] gradients(Batch batch, Goal goal, float[] out, Tasks tasks, Progress progress) {
    require("values to write", out.length, parameters.length);
    double[] losses = new double[groups];
    for (int g = 0; g < groups; g++) {
      Share sum = gradient(batch, goal, g, tasks, progress);
      losses[g] = sum.loss;
      System.arraycopy(sum.gradient, 0, out, g * size, size);
    }
    return losses;
  }

  /** The gradient of one group, which the next call overwrites. */
  private Share gradient(Batch batch, Goal goal, int group, Tasks tasks, Progress progress) {
    batch.require(shape, groups);
    require("targets", goal.targets().length, (long) groups * batch.rows() * shape.outputs());
    int pieces = batch.pieces(shape);
    int length = (batch.rows() + pieces - 1) / pieces;
    while (shares.size() < pieces) {
      shares.add(new Share());
    }
    Piece piece = new Piece(shape, parameters, batch, goal, group, length, shares, idle);
    List<Share> found =
        pieces == 1 ? List.of(piece.run(0, progress)) : tasks.map(pieces, piece, progress);
    Share sum = found.get(0);
    for (Share other : found.subList(1, pieces)) {
      sum.loss += other.loss;
      for (int i = 0; i < size; i++) {
        sum.gradient[i] += other.gradient[i];
      }
    }
    return sum;
  }

  @Override
  public double[] step(Batch batch, Goal goal, Update update, Tasks tasks, Progress progress) {
    double[] losses = new double[groups];
    for (int g = 0; g < groups; g++) {
      // Once a group has moved, the others follow, so that a cancelled step is none at all.
      Share sum = gradient(batch, goal, g, tasks, g == 0 ? progress : Progress.silent());
      double squares = 0;
      for (float slope : sum.gradient) {
        squares += (double) slope * slope;
      }
      double norm = Math.sqrt(squares);
      if (!(norm < Double.POSITIVE_INFINITY && Math.abs(sum.loss) < Double.POSITIVE_INFINITY)) {
        losses[g] = Double.NaN;
        continue;
      }
      losses[g] = sum.loss;
      move(sum.gradient, g, norm, update);
    }
    return losses;
  }

  private void move(float[] gradient, int group, double norm, Update update) {
    MatrixKernels.Move ofWeights = MatrixKernels.Move.ofWeights(update, norm);
    MatrixKernels.Move ofShifts = MatrixKernels.Move.ofShifts(update, norm);
    float[] first = part(State.FIRST_MOMENT);
    float[] second = part(State.SECOND_MOMENT);
    float[] average = part(State.AVERAGE);
    int start = group * size;
    float[][] parts = {first, second, parameters, average};
    float[][] moved = new float[parts.length][];
    for (int p = 0; p < parts.length; p++) {
      moved[p] = groups == 1 ? parts[p] : Arrays.copyOfRange(parts[p], start, start + size);
    }
    int at = 0;
    for (int l = 0; l <= shape.layers(); l++) {
      boolean head = l == shape.layers();
      int width = head ? shape.outputs() : shape.width(l);
      int weights = head ? width * shape.last() : width * (shape.fanIn(l) + shape.features());
      move(gradient, moved, at, at + weights, ofWeights);
      move(gradient, moved, at + weights, at + weights + width, ofShifts);
      at += weights + width;
    }
    for (int p = 0; groups > 1 && p < parts.length; p++) {
      System.arraycopy(moved[p], 0, parts[p], start, size);
    }
  }

  private void move(float[] gradient, float[][] parts, int from, int to, MatrixKernels.Move move) {
    kernels.move(gradient, parts[0], parts[1], parts[2], parts[3], from, to, move);
  }

  /** The gradient and loss of some rows. */
  private static final class Share implements Serializable {
    private static final long serialVersionUID = 1;

    private float[] gradient = new float[0];
    private double loss;
  }

  /** The rows of a batch from {@code index·length} on; serializable, with memory where it is. */
  private static final class Piece implements Tasks.Piece<Share> {
    private static final long serialVersionUID = 1;

    private final Shape shape;
    private final float[] parameters;
    private final Batch batch;
    private final Goal goal;
    private final int group;
    private final int length;
    private final transient @Nullable List<Share> shares;
    private final transient @Nullable Deque<Workspace> idle;

    Piece(
        Shape shape,
        float[] parameters,
        Batch batch,
        Goal goal,
        int group,
        int length,
        List<Share> shares,
        Deque<Workspace> idle) {
      this.shape = shape;
      this.parameters = parameters;
      this.batch = batch;
      this.goal = goal;
      this.group = group;
      this.length = length;
      this.shares = shares;
      this.idle = idle;
    }

    @Override
    public Share run(int index, Progress progress) {
      Share share = shares == null ? new Share() : shares.get(index);
      int chunk = Math.max(1, Math.min(length, CHUNK));
      Workspace work = idle == null ? null : idle.pollFirst();
      if (work == null || work.capacity < chunk) {
        work = new Workspace(shape, chunk, Library.open(), MatrixKernels.fastest());
      }
      if (share.gradient.length == 0) {
        share.gradient = new float[Math.toIntExact(shape.parameters())];
      } else {
        Arrays.fill(share.gradient, 0);
      }
      share.loss = 0;
      int end = Math.min(batch.rows(), (index + 1) * length);
      for (int from = index * length; from < end; from += chunk) {
        progress.check();
        work.forward(parameters, group, batch, from, Math.min(end, from + chunk));
        share.loss += work.learn(goal, share.gradient);
      }
      if (idle != null) {
        idle.addFirst(work);
      }
      return share;
    }
  }

  /** A chunk of rows on its way through the layers and back; all matrices row-major. */
  private static final class Workspace {
    private final Shape shape;
    private final BLAS blas;
    private final MatrixKernels kernels;
    private final int capacity;
    private final int[] layerAt;
    private final float[][] in;
    private final float[][] slope;
    private final float[][] value;
    private final float[] head;
    private final float[] scratch;
    private float[] above;
    private float[] below;
    private float[] w = new float[0];
    private Batch batch = new Batch(0, 1, new float[0], new float[0]);
    private int group;
    private int from;
    private int rows;
    private int start;

    Workspace(Shape shape, int capacity, BLAS blas, MatrixKernels kernels) {
      int layers = shape.layers();
      this.shape = shape;
      this.blas = blas;
      this.kernels = kernels;
      this.capacity = capacity;
      this.layerAt = new int[layers + 1];
      this.in = new float[layers][];
      this.slope = new float[layers][];
      this.value = new float[layers][];
      int widest = Math.max(shape.inputs(), shape.outputs());
      for (int l = 0; l < layers; l++) {
        layerAt[l + 1] = layerAt[l] + terms(l) * shape.width(l);
        in[l] = new float[capacity * terms(l)];
        slope[l] = new float[capacity * shape.width(l)];
        value[l] = new float[capacity * shape.width(l)];
        widest = Math.max(widest, shape.width(l));
      }
      this.head = new float[capacity * shape.outputs()];
      this.scratch = new float[capacity * widest];
      this.above = new float[capacity * widest];
      this.below = new float[capacity * widest];
    }

    /** What a row of layer {@code l} consists of: inputs, level features and a one. */
    private int terms(int l) {
      return shape.fanIn(l) + shape.features() + 1;
    }

    /** {@code c (m×n) = x (m×k)·y (k×n) + keep·c}, with either factor given by its transpose. */
    private void multiply(
        boolean turnX,
        float[] x,
        int xAt,
        boolean turnY,
        float[] y,
        int yAt,
        int m,
        int n,
        int k,
        int stride,
        float keep,
        float[] c,
        int cAt) {
      // A row-major matrix is its transpose in the order of columns, so the factors swap places.
      blas.sgemm(
          turnY ? "T" : "N",
          turnX ? "T" : "N",
          n,
          m,
          k,
          1f,
          y,
          yAt,
          turnY ? k : n,
          x,
          xAt,
          stride,
          keep,
          c,
          cAt,
          n);
    }

    /** Takes rows of a group through all layers; keeps inputs, values and slopes of each. */
    void forward(float[] parameters, int group, Batch batch, int from, int to) {
      this.w = parameters;
      this.batch = batch;
      this.group = group;
      this.from = from;
      this.rows = to - from;
      this.start = group * Math.toIntExact(shape.parameters());
      float[] source = batch.inputs();
      int sourceAt = (group * batch.rows() + from) * shape.inputs();
      for (int l = 0; l < shape.layers(); l++) {
        int width = shape.width(l);
        int fan = shape.fanIn(l);
        int terms = terms(l);
        for (int r = 0; r < rows; r++) {
          int run = (from + r) / batch.run();
          int at = r * terms;
          System.arraycopy(source, sourceAt + r * fan, in[l], at, fan);
          System.arraycopy(
              batch.features(),
              (group * batch.runs() + run) * shape.features(),
              in[l],
              at + fan,
              shape.features());
          in[l][at + terms - 1] = 1;
        }
        multiply(
            false,
            in[l],
            0,
            false,
            w,
            start + layerAt[l],
            rows,
            width,
            terms,
            terms,
            0,
            slope[l],
            0);
        kernels.silu(slope[l], scratch, value[l], slope[l], rows * width);
        if (shape.residual(l)) {
          addTo(value[l], source, sourceAt, rows * width);
        }
        source = value[l];
        sourceAt = 0;
      }
      int last = shape.last();
      int at = start + layerAt[shape.layers()];
      multiply(false, source, 0, true, w, at, rows, shape.outputs(), last, last, 0, head, 0);
      int shifts = at + shape.outputs() * last;
      for (int i = 0; i < rows * shape.outputs(); i++) {
        head[i] += w[shifts + i % shape.outputs()];
      }
    }

    private static void addTo(float[] x, float[] y, int yAt, int count) {
      for (int i = 0; i < count; i++) {
        x[i] += y[yAt + i];
      }
    }

    private static void multiplyBy(float[] x, float[] y, int count) {
      for (int i = 0; i < count; i++) {
        x[i] *= y[i];
      }
    }

    private void swap() {
      float[] kept = above;
      above = below;
      below = kept;
    }

    /** Writes the derivative along directions in the inputs. */
    void tangents(float[] directions, float[] out, int outAt) {
      System.arraycopy(
          directions,
          (group * batch.rows() + from) * shape.inputs(),
          above,
          0,
          rows * shape.inputs());
      for (int l = 0; l < shape.layers(); l++) {
        int width = shape.width(l);
        int fan = shape.fanIn(l);
        multiply(false, above, 0, false, w, start + layerAt[l], rows, width, fan, fan, 0, below, 0);
        multiplyBy(below, slope[l], rows * width);
        if (shape.residual(l)) {
          addTo(below, above, 0, rows * width);
        }
        swap();
      }
      int at = start + layerAt[shape.layers()];
      int last = shape.last();
      multiply(false, above, 0, true, w, at, rows, shape.outputs(), last, last, 0, out, outAt);
    }

    /** Writes the gradient in the inputs of outputs weighed by directions. */
    void cotangents(float[] directions, float[] out, int outAt) {
      System.arraycopy(
          directions,
          (group * batch.rows() + from) * shape.outputs(),
          head,
          0,
          rows * shape.outputs());
      pullHead();
      for (int l = shape.layers() - 1; l >= 0; l--) {
        multiplyBy(slope[l], above, rows * shape.width(l));
        pull(l);
      }
      System.arraycopy(above, 0, out, outAt, rows * shape.inputs());
    }

    /** From {@link #head} to the derivative in the last layer's values, in {@link #above}. */
    private void pullHead() {
      int outputs = shape.outputs();
      int at = start + layerAt[shape.layers()];
      multiply(false, head, 0, false, w, at, rows, shape.last(), outputs, outputs, 0, above, 0);
    }

    /** From the derivative in what layer l adds up to that in its inputs. */
    private void pull(int l) {
      int fan = shape.fanIn(l);
      int width = shape.width(l);
      boolean residual = shape.residual(l);
      float[] target = residual ? above : below;
      float keep = residual ? 1 : 0;
      multiply(
          false,
          slope[l],
          0,
          true,
          w,
          start + layerAt[l],
          rows,
          fan,
          width,
          width,
          keep,
          target,
          0);
      if (!residual) {
        swap();
      }
    }

    /** Adds the gradient of the rows to {@code gradient} and returns their loss. */
    double learn(Goal goal, float[] gradient) {
      int outputs = shape.outputs();
      int last = shape.last();
      int at = (group * batch.rows() + from) * outputs;
      double loss = 0;
      int headAt = layerAt[shape.layers()];
      int shifts = headAt + outputs * last;
      for (int i = 0; i < rows * outputs; i++) {
        float miss = head[i] - goal.targets()[at + i];
        float pull = goal.weights()[at + i] * miss;
        loss += (double) pull * miss;
        head[i] = 2 * pull;
        gradient[shifts + i % outputs] += head[i];
      }
      float[] top = value[shape.layers() - 1];
      multiply(true, head, 0, false, top, 0, outputs, last, rows, outputs, 1, gradient, headAt);
      pullHead();
      for (int l = shape.layers() - 1; l >= 0; l--) {
        int width = shape.width(l);
        multiplyBy(slope[l], above, rows * width);
        multiply(
            true,
            in[l],
            0,
            false,
            slope[l],
            0,
            terms(l),
            width,
            rows,
            terms(l),
            1,
            gradient,
            layerAt[l]);
        if (l > 0) {
          pull(l);
        }
      }
      return loss;
    }
  }
}
