package dev.espalier.estimators.network;

import dev.espalier.api.Curvature;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A score whose posterior mean a network gives, in the coordinates of its frame.
 *
 * <p>Columns that are no outputs have the best linear guess. Safe for concurrent use.
 */
final class NetworkScore implements Score, Curvature, Stored {
  private static final long serialVersionUID = 1;

  private final Frame frame;
  private final int[] outputs;
  private final boolean[] learned;
  private final int extras;
  private final int lit;
  private final Parametrisation parametrisation;
  private final NoiseRange range;
  private final Shape shape;
  private final float[] parameters;
  private final Engine engine;
  private final List<String> notes;
  private transient volatile @Nullable Networks networks;

  /**
   * A score.
   *
   * @param outputs the columns that the network's outputs are, in order
   * @param extras how many inputs after the columns tell of missing cells, which here are none, and
   *     of categories, which here is none
   */
  NetworkScore(
      Frame frame,
      int[] outputs,
      int extras,
      Parametrisation parametrisation,
      NoiseRange range,
      Shape shape,
      float[] parameters,
      Engine engine,
      List<String> notes) {
    this.frame = frame;
    this.outputs = outputs.clone();
    this.learned = new boolean[frame.columns()];
    for (int j : outputs) {
      learned[j] = true;
    }
    this.extras = extras;
    this.lit = -1;
    this.parametrisation = parametrisation;
    this.range = range;
    this.shape = shape;
    this.parameters = parameters.clone();
    this.engine = engine;
    this.notes = List.copyOf(notes);
  }

  /** The same network, told of a category. */
  private NetworkScore(NetworkScore network, int lit) {
    this.frame = network.frame;
    this.outputs = network.outputs;
    this.learned = network.learned;
    this.extras = network.extras;
    this.lit = lit;
    this.parametrisation = network.parametrisation;
    this.range = network.range;
    this.shape = network.shape;
    this.parameters = network.parameters;
    this.engine = network.engine;
    this.notes = network.notes;
  }

  /**
   * The score of the rows of a category, by a network that can be told of it.
   *
   * @param category from 0
   * @param categories how many there are
   */
  NetworkScore told(int category, int categories) {
    return new NetworkScore(this, columns() + extras - categories + category);
  }

  /** Whether this is the score of one category. */
  boolean isTold() {
    return lit >= 0;
  }

  /** How many inputs come after the columns. */
  int extras() {
    return extras;
  }

  private Networks networks() {
    Networks ready = networks;
    if (ready == null) {
      ready = engine.create(shape, 1, parameters);
      networks = ready;
    }
    return ready;
  }

  @Override
  public int columns() {
    return frame.columns();
  }

  @Override
  public NoiseRange range() {
    return range;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    answer(level, x, out, false);
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    answer(level, x, out, true);
  }

  private void answer(NoiseLevel level, double[] x, double[] out, boolean score) {
    range.require(level);
    int d = columns();
    int rows = x.length / d;
    Frame.At at = frame.at(level);
    Batch batch = batch(level, at, x, rows);
    float[] network = new float[rows * outputs.length];
    networks().outputs(batch, network);
    double[] unit = units(at);
    double[] along = new double[d];
    double[] linear = new double[d];
    double[] base = new double[d];
    for (int i = 0; i < rows; i++) {
      guess(at, x, i, score, base, along, linear);
      for (int j = 0; j < d; j++) {
        double value = x[i * d + j];
        Parametrisation kind = learned[j] ? parametrisation : Parametrisation.RESIDUAL;
        out[i * d + j] =
            score
                ? at.scoreBase(kind, j, value, linear[j])
                : at.base(kind, j, value, frame.mean(j) + linear[j]);
      }
      for (int o = 0; o < outputs.length; o++) {
        double added = unit[o] * network[i * outputs.length + o];
        out[i * d + outputs[o]] += score ? at.a * added / at.b : added;
      }
    }
  }

  /** The linear part of the posterior mean less the mean, or of the score, of one row. */
  private void guess(
      Frame.At at, double[] x, int i, boolean score, double[] row, double[] along, double[] out) {
    int d = columns();
    for (int j = 0; j < d; j++) {
      row[j] = x[i * d + j] - at.a * frame.mean(j);
    }
    frame.turnDirection(row, 0, along);
    for (int k = 0; k < d; k++) {
      along[k] *= score ? -at.scale[k] * at.scale[k] : at.gain[k];
    }
    frame.turnBack(along, out, 0);
  }

  private double[] units(Frame.At at) {
    double[] unit = new double[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      unit[o] = at.unit(parametrisation, outputs[o]);
    }
    return unit;
  }

  private Batch batch(NoiseLevel level, Frame.At at, double[] x, int rows) {
    int d = columns();
    float[] inputs = new float[rows * shape.inputs()];
    double[] row = new double[d];
    double[] along = new double[d];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < d; j++) {
        row[j] = x[i * d + j] - at.a * frame.mean(j);
      }
      frame.turnDirection(row, 0, along);
      for (int k = 0; k < d; k++) {
        inputs[i * shape.inputs() + k] = (float) (along[k] * at.scale[k]);
      }
      if (lit >= 0) {
        inputs[i * shape.inputs() + lit] = 1;
      }
    }
    return new Batch(rows, Math.max(1, rows), inputs, features(level, rows));
  }

  private float[] features(NoiseLevel level, int rows) {
    float[] features = new float[rows == 0 ? 0 : LevelFeatures.COUNT];
    if (rows > 0) {
      LevelFeatures.write(level, range, features, 0);
    }
    return features;
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    range.require(level);
    int d = columns();
    int rows = x.length / d;
    Frame.At at = frame.at(level);
    float[] directions = new float[rows * shape.inputs()];
    double[] along = new double[d];
    for (int i = 0; i < rows; i++) {
      frame.turnDirection(v, i * d, along);
      for (int k = 0; k < d; k++) {
        directions[i * shape.inputs() + k] = (float) (along[k] * at.scale[k]);
      }
    }
    float[] slopes = new float[rows * outputs.length];
    networks().tangents(batch(level, at, x, rows), directions, slopes);
    double[] unit = units(at);
    double[] guess = new double[d];
    for (int i = 0; i < rows; i++) {
      frame.turnDirection(v, i * d, along);
      for (int k = 0; k < d; k++) {
        along[k] *= at.gain[k];
      }
      frame.turnBack(along, guess, 0);
      for (int j = 0; j < d; j++) {
        Parametrisation kind = learned[j] ? parametrisation : Parametrisation.RESIDUAL;
        out[i * d + j] = at.baseSlope(kind, j, v[i * d + j], guess[j]);
      }
      for (int o = 0; o < outputs.length; o++) {
        out[i * d + outputs[o]] += unit[o] * slopes[i * outputs.length + o];
      }
    }
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    range.require(level);
    int d = columns();
    int rows = x.length / d;
    Frame.At at = frame.at(level);
    double[] unit = units(at);
    float[] directions = new float[rows * outputs.length];
    for (int i = 0; i < rows; i++) {
      for (int o = 0; o < outputs.length; o++) {
        directions[i * outputs.length + o] = (float) (unit[o] * v[i * d + outputs[o]]);
      }
    }
    float[] pulled = new float[rows * shape.inputs()];
    networks().cotangents(batch(level, at, x, rows), directions, pulled);
    double[] row = new double[d];
    double[] along = new double[d];
    for (int i = 0; i < rows; i++) {
      // The base of column j is linear in the guess of j or in x_j; its transpose acts likewise.
      for (int j = 0; j < d; j++) {
        boolean guessed = !learned[j] || parametrisation == Parametrisation.RESIDUAL;
        row[j] = guessed ? v[i * d + j] : 0;
      }
      frame.turnDirection(row, 0, along);
      for (int k = 0; k < d; k++) {
        along[k] = along[k] * at.gain[k] + (double) pulled[i * shape.inputs() + k] * at.scale[k];
      }
      frame.turnBack(along, out, i * d);
      for (int j = 0; j < d; j++) {
        if (learned[j] && parametrisation != Parametrisation.RESIDUAL) {
          out[i * d + j] += at.baseSlope(parametrisation, j, v[i * d + j], 0);
        }
      }
    }
  }

  @Override
  public String provider() {
    return "network";
  }

  @Override
  public void write(Writer out) {
    frame.write(out);
    double[] chosen = new double[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      chosen[o] = outputs[o];
    }
    out.tensor("outputs", chosen, chosen.length);
    out.tensor("levels", new double[] {range.noisiest(), range.cleanest()}, 2);
    out.number("masks", extras); // the name is that of files from before categories were told
    if (lit >= 0) {
      out.number("told", lit);
    }
    out.text("parametrisation", parametrisation.name().toLowerCase(Locale.ROOT));
    out.text("notes", String.join("\n", notes));
    double[] widths = new double[shape.layers()];
    for (int l = 0; l < widths.length; l++) {
      widths[l] = shape.width(l);
    }
    out.tensor("hidden", widths, widths.length);
    int at = 0;
    for (int l = 0; l < shape.layers(); l++) {
      int width = shape.width(l);
      at = write(out, "layer" + l + "_weights", at, shape.fanIn(l), width);
      at = write(out, "layer" + l + "_levels", at, shape.features(), width);
      at = write(out, "layer" + l + "_shifts", at, 1, width);
    }
    at = write(out, "output_weights", at, shape.outputs(), shape.last());
    write(out, "output_shifts", at, 1, shape.outputs());
  }

  private int write(Writer out, String name, int at, int rows, int width) {
    int end = at + rows * width;
    out.tensor(name, Arrays.copyOfRange(parameters, at, end), rows, width);
    return end;
  }

  static NetworkScore read(Reader in) {
    Frame frame = Frame.read(in);
    double[] outputs = in.tensor("outputs", Reader.ANY);
    int[] columns = new int[outputs.length];
    for (int o = 0; o < outputs.length; o++) {
      columns[o] = whole("outputs", outputs[o], frame.columns() - 1);
    }
    double[] levels = in.tensor("levels", 2);
    if (!(levels[0] < levels[1])) {
      throw new InvalidDataException(
          "need rising 'levels' in the model file, got " + levels[0] + " and " + levels[1]);
    }
    int extras = in.whole("masks");
    double[] widths = in.tensor("hidden", Reader.ANY);
    List<Integer> hidden = new ArrayList<>();
    for (double width : widths) {
      hidden.add(whole("hidden", width, 1 << 20));
    }
    Shape shape = shape(frame.columns() + extras, hidden, columns.length);
    List<double[]> parts = new ArrayList<>();
    for (int l = 0; l < shape.layers(); l++) {
      parts.add(in.tensor("layer" + l + "_weights", shape.fanIn(l), shape.width(l)));
      parts.add(in.tensor("layer" + l + "_levels", shape.features(), shape.width(l)));
      parts.add(in.tensor("layer" + l + "_shifts", 1, shape.width(l)));
    }
    parts.add(in.tensor("output_weights", shape.outputs(), shape.last()));
    parts.add(in.tensor("output_shifts", 1, shape.outputs()));
    float[] parameters = new float[Math.toIntExact(shape.parameters())];
    int at = 0;
    for (double[] part : parts) {
      for (double value : part) {
        parameters[at++] = (float) value;
      }
    }
    String notes = in.text("notes");
    NetworkScore network =
        new NetworkScore(
            frame,
            columns,
            extras,
            parametrisation(in.text("parametrisation")),
            new NoiseRange(levels[0], levels[1]),
            shape,
            parameters,
            Engine.plain(),
            notes.isEmpty() ? List.of() : List.of(notes.split("\n")));
    if (!in.has("told")) {
      return network;
    }
    int lit = whole("told", in.number("told"), frame.columns() + extras - 1);
    if (lit < frame.columns()) {
      throw new InvalidDataException(
          "need a category beyond " + frame.columns() + " columns in 'told', got " + lit);
    }
    return new NetworkScore(network, lit);
  }

  private static Shape shape(int inputs, List<Integer> hidden, int outputs) {
    try {
      return new Shape(inputs, LevelFeatures.COUNT, hidden, outputs);
    } catch (IllegalArgumentException e) {
      throw new InvalidDataException("the model file holds no network: " + e.getMessage(), e);
    }
  }

  private static int whole(String name, double value, int most) {
    if (!(value == Math.rint(value) && value >= 0 && value <= most)) {
      throw new InvalidDataException(
          "need whole numbers from 0 to " + most + " in '" + name + "', got " + value);
    }
    return (int) value;
  }

  private static Parametrisation parametrisation(String name) {
    for (Parametrisation each : Parametrisation.values()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(name)) {
        return each;
      }
    }
    throw new InvalidDataException("the model file has an unknown parametrisation '" + name + "'");
  }

  @Override
  public String toString() {
    return "NetworkScore[" + columns() + " columns, " + shape.hidden() + "]";
  }
}
