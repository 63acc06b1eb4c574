package dev.espalier.estimators.network;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Networks computed by plain loops, one group after the other.
 *
 * <p>A chunk of rows passes through all layers, the loss and back while it is in the cache.
 * Activations are held unit by unit, so the inner loops walk over the rows of the chunk however
 * narrow a layer is; gradients of weights walk over the units of a layer. A batch is cut into
 * pieces by its size and the shape alone, and the gradients of the pieces are added in order.
 */
final class PlainNetworks implements Networks {

  /** The greatest number of rows in a chunk. */
  static final int CHUNK = 256;

  /** Up to how many outputs sums of products are cheaper than a transpose. */
  private static final int FEW = 2;

  private final Shape shape;
  private final int groups;
  private final MatrixKernels kernels;
  private final float[][][] parameters;
  private float[][][] average;
  private float[][][] first;
  private float[][][] second;
  private final List<Share> shares = new ArrayList<>();

  /** Memory that no piece is using. The next one takes what is still in the cache. */
  private final Deque<Workspace> idle = new ConcurrentLinkedDeque<>();

  PlainNetworks(Shape shape, int groups, float[] parameters, MatrixKernels kernels) {
    Batch.require("parameters", parameters.length, groups * shape.parameters());
    this.shape = shape;
    this.groups = groups;
    this.kernels = kernels;
    this.parameters = new float[groups][][];
    this.average = new float[0][][];
    this.first = average;
    this.second = average;
    restore(State.PARAMETERS, parameters);
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public int groups() {
    return groups;
  }

  /** Rows of zeros, one a row of parameters. */
  private static float[][] zeros(Shape shape) {
    int[] lengths = shape.rowLengths();
    float[][] rows = new float[lengths.length][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = new float[lengths[i]];
    }
    return rows;
  }

  private float[][][] part(State which) {
    if (which == State.PARAMETERS) {
      return parameters;
    }
    prepare();
    return switch (which) {
      case PARAMETERS -> parameters;
      case AVERAGE -> average;
      case FIRST_MOMENT -> first;
      case SECOND_MOMENT -> second;
    };
  }

  /** What training needs and computing does not, made when it is first used. */
  private void prepare() {
    if (average.length == groups) {
      return;
    }
    average = new float[groups][][];
    first = new float[groups][][];
    second = new float[groups][][];
    for (int g = 0; g < groups; g++) {
      first[g] = zeros(shape);
      second[g] = zeros(shape);
      average[g] = new float[parameters[g].length][];
      for (int i = 0; i < average[g].length; i++) {
        average[g][i] = parameters[g][i].clone();
      }
    }
  }

  @Override
  public float[] state(State which) {
    float[][][] part = part(which);
    float[] flat = new float[Math.toIntExact(groups * shape.parameters())];
    int at = 0;
    for (float[][] rows : part) {
      for (float[] row : rows) {
        System.arraycopy(row, 0, flat, at, row.length);
        at += row.length;
      }
    }
    return flat;
  }

  @Override
  public void restore(State which, float[] values) {
    Batch.require("values", values.length, groups * shape.parameters());
    float[][][] part = part(which);
    int at = 0;
    for (int g = 0; g < groups; g++) {
      if (part[g] == null) {
        part[g] = zeros(shape);
      }
      for (float[] row : part[g]) {
        System.arraycopy(values, at, row, 0, row.length);
        at += row.length;
      }
    }
  }

  @Override
  public void outputs(Batch batch, float[] out) {
    compute(batch, out, shape.outputs(), Keep.NOTHING, new Pass.Outputs(out));
  }

  @Override
  public void tangents(Batch batch, float[] directions, float[] out) {
    Batch.require("directions", directions.length, batch.inputs().length);
    compute(batch, out, shape.outputs(), Keep.SLOPES, new Pass.Tangents(directions, out));
  }

  @Override
  public void cotangents(Batch batch, float[] directions, float[] out) {
    Batch.require("directions", directions.length, (long) groups * batch.rows() * shape.outputs());
    compute(batch, out, shape.inputs(), Keep.SLOPES, new Pass.Cotangents(directions, out));
  }

  private void compute(Batch batch, float[] out, int width, Keep keep, Pass pass) {
    batch.require(shape, groups);
    Batch.require("values to write", out.length, (long) groups * batch.rows() * width);
    int chunk = chunk(shape, batch.rows());
    Workspace work = new Workspace(shape, chunk, keep, kernels);
    for (int g = 0; g < groups; g++) {
      for (int from = 0; from < batch.rows(); from += chunk) {
        work.take(parameters[g], batch, g, from, Math.min(batch.rows(), from + chunk));
        pass.run(work);
      }
    }
  }

  /**
   * As many rows as fit the cache, and fewer where a row is so much work that nobody could stop.
   */
  private static int chunk(Shape shape, int rows) {
    int most = shape.widest() >= 256 ? CHUNK / 2 : CHUNK;
    long bounded = Math.max(1, Networks.BETWEEN_QUESTIONS / shape.parameters());
    return (int) Math.max(1, Math.min(rows, Math.min(most, bounded)));
  }

  @Override
  public double[] gradients(Batch batch, Goal goal, float[] out, Tasks tasks, Progress progress) {
    Batch.require("values to write", out.length, groups * shape.parameters());
    double[] losses = new double[groups];
    int at = 0;
    for (int g = 0; g < groups; g++) {
      Share sum = gradient(batch, goal, g, tasks, progress);
      losses[g] = sum.loss;
      for (float[] row : sum.gradient) {
        System.arraycopy(row, 0, out, at, row.length);
        at += row.length;
      }
    }
    return losses;
  }

  /** The gradient of one group, in rows that the next call overwrites. */
  private Share gradient(Batch batch, Goal goal, int group, Tasks tasks, Progress progress) {
    batch.require(shape, groups);
    Batch.require("targets", goal.targets().length, (long) groups * batch.rows() * shape.outputs());
    int pieces = batch.pieces(shape);
    int length = (batch.rows() + pieces - 1) / pieces;
    while (shares.size() < pieces) {
      shares.add(new Share());
    }
    Piece piece =
        new Piece(shape, parameters[group], batch, goal, group, length, shares, idle, kernels);
    List<Share> found =
        pieces == 1 ? List.of(piece.run(0, progress)) : tasks.map(pieces, piece, progress);
    Share sum = found.get(0);
    for (int p = 1; p < pieces; p++) {
      Share other = found.get(p);
      sum.loss += other.loss;
      for (int i = 0; i < sum.gradient.length; i++) {
        Kernels.add(sum.gradient[i], other.gradient[i], sum.gradient[i].length);
      }
    }
    return sum;
  }

  @Override
  public double[] step(Batch batch, Goal goal, Update update, Tasks tasks, Progress progress) {
    prepare();
    double[] losses = new double[groups];
    for (int g = 0; g < groups; g++) {
      // Once a group has moved, the others follow, so that a cancelled step is none at all.
      Share sum = gradient(batch, goal, g, tasks, g == 0 ? progress : Progress.silent());
      double squares = 0;
      for (float[] row : sum.gradient) {
        squares += Kernels.sumOfSquares(row);
      }
      double norm = Math.sqrt(squares);
      if (!(norm < Double.POSITIVE_INFINITY && Math.abs(sum.loss) < Double.POSITIVE_INFINITY)) {
        losses[g] = Double.NaN;
        continue;
      }
      losses[g] = sum.loss;
      MatrixKernels.Move weights = MatrixKernels.Move.ofWeights(update, norm);
      MatrixKernels.Move shifts = MatrixKernels.Move.ofShifts(update, norm);
      for (int i = 0; i < sum.gradient.length; i++) {
        float[] row = sum.gradient[i];
        kernels.move(
            row,
            first[g][i],
            second[g][i],
            parameters[g][i],
            average[g][i],
            0,
            row.length,
            shape.weights(i) ? weights : shifts);
      }
    }
    return losses;
  }

  /** The gradient and loss of some rows. */
  private static final class Share implements java.io.Serializable {
    private static final long serialVersionUID = 1;

    private float[][] gradient = new float[0][];
    private double loss;
  }

  /** The rows of a batch from {@code index·length} on; serializable, with memory where it is. */
  private static final class Piece implements Tasks.Piece<Share> {
    private static final long serialVersionUID = 1;

    private final Shape shape;
    private final float[][] parameters;
    private final Batch batch;
    private final Goal goal;
    private final int group;
    private final int length;
    private final transient @Nullable List<Share> shares;
    private final transient @Nullable Deque<Workspace> idle;
    private final transient @Nullable MatrixKernels kernels;

    Piece(
        Shape shape,
        float[][] parameters,
        Batch batch,
        Goal goal,
        int group,
        int length,
        List<Share> shares,
        Deque<Workspace> idle,
        MatrixKernels kernels) {
      this.shape = shape;
      this.parameters = parameters;
      this.batch = batch;
      this.goal = goal;
      this.group = group;
      this.length = length;
      this.shares = shares;
      this.idle = idle;
      this.kernels = kernels;
    }

    @Override
    public Share run(int index, Progress progress) {
      Share share = shares == null ? new Share() : shares.get(index);
      int chunk = chunk(shape, length);
      Workspace work = idle == null ? null : idle.pollFirst();
      if (work == null || work.capacity != chunk) {
        work =
            new Workspace(
                shape, chunk, Keep.GRADIENTS, kernels == null ? MatrixKernels.fastest() : kernels);
      }
      if (share.gradient.length == 0) {
        share.gradient = zeros(shape);
      } else {
        for (float[] row : share.gradient) {
          Arrays.fill(row, 0);
        }
      }
      share.loss = 0;
      int end = Math.min(batch.rows(), (index + 1) * length);
      for (int from = index * length; from < end; from += chunk) {
        progress.check();
        work.take(parameters, batch, group, from, Math.min(end, from + chunk));
        share.loss += work.learn(goal, share.gradient);
      }
      if (idle != null) {
        idle.addFirst(work);
      }
      return share;
    }
  }

  /** What a workspace remembers of the layers that a chunk has passed. */
  private enum Keep {
    NOTHING,
    SLOPES,
    GRADIENTS
  }

  /** What is done with a chunk of rows. */
  private sealed interface Pass {
    void run(Workspace work);

    record Outputs(float[] out) implements Pass {
      @Override
      public void run(Workspace work) {
        work.forward(false);
        work.writeOutputs(work.head, out);
      }
    }

    record Tangents(float[] directions, float[] out) implements Pass {
      @Override
      public void run(Workspace work) {
        work.forward(true);
        work.tangents(directions);
        work.writeOutputs(work.head, out);
      }
    }

    record Cotangents(float[] directions, float[] out) implements Pass {
      @Override
      public void run(Workspace work) {
        work.forward(true);
        work.cotangents(directions, out);
      }
    }
  }

  /** A chunk of rows on its way through the layers and back. */
  private static final class Workspace {
    private final Shape shape;
    private final MatrixKernels kernels;
    private final int capacity;
    private final float[][] input;
    private final float[][][] value;
    private final float[][][] slope;
    private final float[][] head;
    private final float[][] delta;
    private final float[][] other;
    private final float[][] turned;
    private final float[] scratch;
    private final float[] shift;
    private float[][] w = new float[0][];
    private Batch batch = new Batch(0, 1, new float[0], new float[0]);
    private int group;
    private int from;
    private int n;

    Workspace(Shape shape, int capacity, Keep keep, MatrixKernels kernels) {
      int layers = shape.layers();
      int widest = Math.max(shape.widest(), Math.max(shape.inputs(), shape.outputs()));
      boolean all = keep != Keep.NOTHING;
      this.shape = shape;
      this.kernels = kernels;
      this.capacity = capacity;
      this.input = new float[shape.inputs()][capacity];
      this.value = new float[layers][][];
      this.slope = new float[layers][][];
      for (int l = 0; l < layers; l++) {
        int width = all ? shape.width(l) : shape.widest();
        value[l] = all || l < 2 ? new float[width][capacity] : value[l - 2];
        slope[l] = all || l < 1 ? new float[width][capacity] : slope[l - 1];
      }
      this.head = new float[shape.outputs()][capacity];
      this.delta = all ? new float[widest][capacity] : new float[0][];
      this.other = all ? new float[widest][capacity] : new float[0][];
      this.turned = keep == Keep.GRADIENTS ? new float[capacity][shape.widest()] : new float[0][];
      this.scratch = new float[capacity];
      this.shift = new float[shape.widest()];
    }

    /** Takes rows {@code from} to {@code to} of a group. */
    void take(float[][] parameters, Batch batch, int group, int from, int to) {
      this.w = parameters;
      this.batch = batch;
      this.group = group;
      this.from = from;
      this.n = to - from;
      spread(batch.inputs(), shape.inputs(), input);
    }

    /** Flat rows to units × rows. */
    private void spread(float[] flat, int width, float[][] units) {
      int start = (group * batch.rows() + from) * width;
      for (int i = 0; i < width; i++) {
        float[] unit = units[i];
        int at = start + i;
        for (int r = 0; r < n; r++) {
          unit[r] = flat[at];
          at += width;
        }
      }
    }

    /** Units × rows to flat rows. */
    private void gather(float[][] units, int width, float[] flat) {
      int start = (group * batch.rows() + from) * width;
      for (int i = 0; i < width; i++) {
        float[] unit = units[i];
        int at = start + i;
        for (int r = 0; r < n; r++) {
          flat[at] = unit[r];
          at += width;
        }
      }
    }

    void writeOutputs(float[][] units, float[] out) {
      gather(units, shape.outputs(), out);
    }

    private float[][] below(int l) {
      return l == 0 ? input : value[l - 1];
    }

    /** Fills {@link #head}; with slopes where they are needed later. */
    void forward(boolean slopes) {
      for (int l = 0; l < shape.layers(); l++) {
        int width = shape.width(l);
        int terms = shape.fanIn(l);
        int row = shape.firstRow(l);
        float[][] z = slope[l];
        startWithShifts(row + terms, width, z);
        kernels.addTransposedProduct(w, row, below(l), 0, z, 0, width, terms, n);
        for (int u = 0; u < width; u++) {
          if (slopes) {
            kernels.silu(z[u], scratch, value[l][u], z[u], n);
          } else {
            kernels.siluValue(z[u], scratch, value[l][u], n);
          }
          if (shape.residual(l)) {
            Kernels.add(value[l][u], value[l - 1][u], n);
          }
        }
      }
      int row = shape.firstRow(shape.layers());
      float[] shifts = w[row + shape.outputs()];
      for (int o = 0; o < shape.outputs(); o++) {
        Arrays.fill(head[o], 0, n, shifts[o]);
      }
      kernels.addProduct(
          w, row, value[shape.layers() - 1], 0, head, 0, shape.outputs(), shape.last(), n);
    }

    /** The shift of a unit is its own plus that of the level; constant over a run of rows. */
    private void startWithShifts(int row, int width, float[][] z) {
      int features = shape.features();
      for (int r = 0; r < n; ) {
        int run = (from + r) / batch.run();
        int end = Math.min(n, (run + 1) * batch.run() - from);
        System.arraycopy(w[row + features], 0, shift, 0, width);
        int at = (group * batch.runs() + run) * features;
        for (int e = 0; e < features; e++) {
          Kernels.addMultiple(shift, w[row + e], batch.features()[at + e], width);
        }
        for (int u = 0; u < width; u++) {
          Arrays.fill(z[u], r, end, shift[u]);
        }
        r = end;
      }
    }

    /** Forward derivative: fills {@link #head} with it, from slopes made before. */
    void tangents(float[] directions) {
      spread(directions, shape.inputs(), delta);
      float[][] in = delta;
      float[][] out = other;
      for (int l = 0; l < shape.layers(); l++) {
        int width = shape.width(l);
        clear(out, width);
        kernels.addTransposedProduct(w, shape.firstRow(l), in, 0, out, 0, width, shape.fanIn(l), n);
        for (int u = 0; u < width; u++) {
          Kernels.multiply(out[u], slope[l][u], n);
          if (shape.residual(l)) {
            Kernels.add(out[u], in[u], n);
          }
        }
        float[][] swap = in;
        in = out;
        out = swap;
      }
      clear(head, shape.outputs());
      kernels.addProduct(
          w, shape.firstRow(shape.layers()), in, 0, head, 0, shape.outputs(), shape.last(), n);
    }

    private void clear(float[][] units, int width) {
      for (int u = 0; u < width; u++) {
        Arrays.fill(units[u], 0, n, 0);
      }
    }

    /** Backward derivative in the inputs, from slopes made before. */
    void cotangents(float[] directions, float[] out) {
      spread(directions, shape.outputs(), head);
      float[][] above = delta;
      float[][] spare = other;
      clear(above, shape.last());
      kernels.addTransposedProduct(
          w, shape.firstRow(shape.layers()), head, 0, above, 0, shape.last(), shape.outputs(), n);
      for (int l = shape.layers() - 1; l >= 0; l--) {
        back(l, above, slope[l], spare);
        float[][] swap = above;
        above = spare;
        spare = swap;
      }
      gather(above, shape.inputs(), out);
    }

    /** Passes the derivative in a layer's values on to what is below it; overwrites the slopes. */
    private void back(int l, float[][] above, float[][] slopes, float[][] below) {
      int width = shape.width(l);
      int terms = shape.fanIn(l);
      for (int u = 0; u < width; u++) {
        Kernels.multiply(slopes[u], above[u], n);
      }
      if (shape.residual(l)) {
        for (int u = 0; u < width; u++) {
          System.arraycopy(above[u], 0, below[u], 0, n);
        }
      } else {
        clear(below, terms);
      }
      kernels.addProduct(w, shape.firstRow(l), slopes, 0, below, 0, terms, width, n);
    }

    /** Adds the gradient of the rows to {@code gradient} and returns their loss. */
    double learn(Goal goal, float[][] gradient) {
      forward(true);
      double loss = loss(goal);
      int row = shape.firstRow(shape.layers());
      int last = shape.last();
      int layers = shape.layers();
      if (shape.outputs() <= FEW) {
        for (int o = 0; o < shape.outputs(); o++) {
          for (int i = 0; i < last; i++) {
            gradient[row + o][i] += kernels.dot(head[o], value[layers - 1][i], n);
          }
        }
      } else {
        Kernels.transpose(value[layers - 1], turned, last, n);
        kernels.addProduct(head, 0, turned, 0, gradient, row, shape.outputs(), n, last);
      }
      float[] shifts = gradient[row + shape.outputs()];
      for (int o = 0; o < shape.outputs(); o++) {
        float sum = 0;
        for (int r = 0; r < n; r++) {
          sum += head[o][r];
        }
        shifts[o] += sum;
      }
      float[][] above = delta;
      float[][] spare = other;
      clear(above, last);
      kernels.addTransposedProduct(w, row, head, 0, above, 0, last, shape.outputs(), n);
      for (int l = layers - 1; l >= 0; l--) {
        if (l > 0) {
          back(l, above, slope[l], spare);
        } else {
          for (int u = 0; u < shape.width(0); u++) {
            Kernels.multiply(slope[0][u], above[u], n);
          }
        }
        Kernels.transpose(slope[l], turned, shape.width(l), n);
        kernels.addProduct(
            below(l), 0, turned, 0, gradient, shape.firstRow(l), shape.fanIn(l), n, shape.width(l));
        shiftGradients(l, gradient);
        float[][] swap = above;
        above = spare;
        spare = swap;
      }
      return loss;
    }

    /** Replaces the outputs by the derivative of the loss in them and returns the loss. */
    private double loss(Goal goal) {
      int outputs = shape.outputs();
      int start = (group * batch.rows() + from) * outputs;
      float[] targets = goal.targets();
      float[] weights = goal.weights();
      double sum = 0;
      for (int o = 0; o < outputs; o++) {
        float[] unit = head[o];
        int at = start + o;
        for (int r = 0; r < n; r++) {
          float miss = unit[r] - targets[at];
          float pull = weights[at] * miss;
          sum += (double) pull * miss;
          unit[r] = 2 * pull;
          at += outputs;
        }
      }
      return sum;
    }

    /** Gradients of a layer's shifts and of how the level shifts it; from {@link #turned}. */
    private void shiftGradients(int l, float[][] gradient) {
      int width = shape.width(l);
      int features = shape.features();
      int row = shape.firstRow(l) + shape.fanIn(l);
      for (int r = 0; r < n; ) {
        int run = (from + r) / batch.run();
        int end = Math.min(n, (run + 1) * batch.run() - from);
        Arrays.fill(shift, 0, width, 0);
        Kernels.addRows(shift, turned, r, end, width);
        Kernels.add(gradient[row + features], shift, width);
        int at = (group * batch.runs() + run) * features;
        for (int e = 0; e < features; e++) {
          Kernels.addMultiple(gradient[row + e], shift, batch.features()[at + e], width);
        }
        r = end;
      }
    }
  }
}
