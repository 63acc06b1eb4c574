package dev.espalier.plugins.localized;

import dev.espalier.api.Curvature;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Writer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The fitted windows of one radius; together they answer for every column once. */
final class Layer implements Serializable {
  private static final long serialVersionUID = 1;

  private final int radius;
  private final int nodes;
  private final List<List<Place>> parts;
  private final List<Score> scores;

  Layer(Plan plan, List<Score> scores) {
    this(plan.radius(), plan.nodes(), plan.parts(), scores);
  }

  private Layer(int radius, int nodes, List<List<Place>> parts, List<Score> scores) {
    this.radius = radius;
    this.nodes = nodes;
    this.parts = parts;
    this.scores = List.copyOf(scores);
    for (int p = 0; p < parts.size(); p++) {
      int width = parts.get(p).get(0).width();
      if (scores.get(p).columns() != width) {
        throw new InvalidDataException(
            "need a score of "
                + width
                + " columns for a window, got one of "
                + scores.get(p).columns());
      }
    }
  }

  List<Score> scores() {
    return scores;
  }

  /** The only score, if its window is all columns in their order. */
  Optional<Score> whole() {
    boolean whole = parts.size() == 1 && parts.get(0).size() == 1;
    Place place = parts.get(0).get(0);
    int[] all = new int[nodes];
    Arrays.setAll(all, j -> j);
    return whole && Arrays.equals(all, place.columns()) && place.outputs().length == nodes
        ? Optional.of(scores.get(0))
        : Optional.empty();
  }

  NoiseRange range() {
    NoiseRange range = NoiseRange.ALL;
    for (Score score : scores) {
      range = range.intersect(score.range());
    }
    return range;
  }

  boolean allHave(Class<?> ability) {
    return scores.stream().allMatch(score -> score.ability(ability).isPresent());
  }

  /** What the score of a window writes for rows of its columns. */
  interface Field {
    void write(Score score, double[] window, double[] out);
  }

  /** Writes for every column the field of its window. */
  void write(double[] x, double[] out, Field field) {
    for (int p = 0; p < parts.size(); p++) {
      for (Place place : parts.get(p)) {
        double[] window = place.gather(x, nodes);
        double[] answer = new double[window.length];
        field.write(scores.get(p), window, answer);
        place.scatter(answer, out, nodes);
      }
    }
  }

  /** What the curvature of a window writes for rows of its columns and a vector for each. */
  interface Product {
    void write(Curvature curvature, double[] window, double[] vector, double[] out);
  }

  /** Writes for every column the product of its window. */
  void multiply(double[] x, double[] v, double[] out, Product product) {
    for (int p = 0; p < parts.size(); p++) {
      Curvature curvature = curvature(p);
      for (Place place : parts.get(p)) {
        double[] window = place.gather(x, nodes);
        double[] answer = new double[window.length];
        product.write(curvature, window, place.gather(v, nodes), answer);
        place.scatter(answer, out, nodes);
      }
    }
  }

  /** Writes the product with the transposed Jacobian: the sum of those of the windows' rows. */
  void multiplyTransposed(NoiseLevel level, double[] x, double[] v, double[] out) {
    Arrays.fill(out, 0);
    for (int p = 0; p < parts.size(); p++) {
      Curvature curvature = curvature(p);
      for (Place place : parts.get(p)) {
        double[] own = own(place, v);
        if (isZero(own)) {
          continue; // most windows, where v is a few columns
        }
        double[] window = place.gather(x, nodes);
        double[] answer = new double[window.length];
        curvature.transposedJacobianTimes(level, window, own, answer);
        int width = place.width();
        for (int i = 0; i < answer.length; i++) {
          out[i / width * nodes + place.columns()[i % width]] += answer[i];
        }
      }
    }
  }

  private static boolean isZero(double[] values) {
    for (double value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  /** The vectors in the window's columns, 0 where it does not answer. */
  private double[] own(Place place, double[] v) {
    int width = place.width();
    double[] own = new double[v.length / nodes * width];
    for (int i = 0; i < own.length / width; i++) {
      for (int output : place.outputs()) {
        own[i * width + output] = v[i * nodes + place.columns()[output]];
      }
    }
    return own;
  }

  private Curvature curvature(int part) {
    return scores
        .get(part)
        .ability(Curvature.class)
        .orElseThrow(() -> new IllegalStateException("need windows whose scores have a curvature"));
  }

  /**
   * Adds to {@code errors} the squared errors of the posterior mean in every cell whose window is
   * complete, and leaves {@code NaN} elsewhere.
   */
  void addErrors(NoiseLevel level, double[] clean, double[] noisy, double[] errors) {
    double[] found = new double[clean.length];
    Arrays.fill(found, Double.NaN);
    for (int p = 0; p < parts.size(); p++) {
      for (Place place : parts.get(p)) {
        addErrors(level, scores.get(p), place, clean, noisy, found);
      }
    }
    for (int i = 0; i < found.length; i++) {
      errors[i] += found[i];
    }
  }

  private void addErrors(
      NoiseLevel level, Score score, Place place, double[] clean, double[] noisy, double[] found) {
    double[] window = place.gather(noisy, nodes);
    int width = place.width();
    int[] kept = new int[window.length / width];
    int count = 0;
    for (int i = 0; i < kept.length; i++) {
      boolean complete = true;
      for (int k = i * width; k < (i + 1) * width; k++) {
        complete &= !Double.isNaN(window[k]);
      }
      if (complete) {
        System.arraycopy(window, i * width, window, count * width, width);
        kept[count++] = i;
      }
    }
    double[] rows = Arrays.copyOf(window, count * width);
    double[] means = new double[rows.length];
    score.posteriorMean(level, rows, means);
    for (int i = 0; i < count; i++) {
      for (int output : place.outputs()) {
        int cell = kept[i] * nodes + place.columns()[output];
        double error = means[i * width + output] - clean[cell];
        found[cell] = error * error;
      }
    }
  }

  /** Writes this layer under its number. */
  void write(int number, Writer out) {
    int length = 0;
    for (List<Place> places : parts) {
      for (Place place : places) {
        length += 3 + place.width() + place.outputs().length;
      }
    }
    double[] flat = new double[length];
    int at = 0;
    for (int p = 0; p < parts.size(); p++) {
      for (Place place : parts.get(p)) {
        flat[at++] = p;
        flat[at++] = place.width();
        flat[at++] = place.outputs().length;
        for (int column : place.columns()) {
          flat[at++] = column;
        }
        for (int output : place.outputs()) {
          flat[at++] = output;
        }
      }
      out.part("window" + number + "_" + p, scores.get(p));
    }
    out.number("radius" + number, radius);
    out.tensor("places" + number, flat, flat.length);
  }

  /** Restores the layer of that number. */
  static Layer read(int number, int nodes, Reader in) {
    String name = "places" + number;
    double[] flat = in.tensor(name, Reader.ANY);
    // Every column is answered for, so a damaged number of columns takes no memory.
    require(nodes <= flat.length, name);
    List<List<Place>> parts = new ArrayList<>();
    int[] answers = new int[nodes];
    int at = 0;
    while (at < flat.length) {
      require(at + 3 <= flat.length, name);
      int part = whole(flat[at], parts.size(), name);
      int width = whole(flat[at + 1], nodes, name);
      int count = whole(flat[at + 2], width, name);
      at += 3;
      require(width > 0 && count > 0 && at + width + count <= flat.length, name);
      int[] columns = new int[width];
      for (int k = 0; k < width; k++) {
        columns[k] = whole(flat[at++], nodes - 1, name);
      }
      int[] outputs = new int[count];
      for (int o = 0; o < count; o++) {
        outputs[o] = whole(flat[at++], width - 1, name);
        answers[columns[outputs[o]]]++;
      }
      if (part == parts.size()) {
        parts.add(new ArrayList<>());
      }
      require(part == parts.size() - 1, name);
      parts.get(part).add(new Place(columns, outputs));
      require(parts.get(part).get(0).width() == width, name);
    }
    require(Arrays.stream(answers).allMatch(count -> count == 1), name);
    List<Score> scores = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      scores.add(in.part("window" + number + "_" + p));
    }
    return new Layer(in.whole("radius" + number), nodes, List.copyOf(parts), scores);
  }

  private static int whole(double value, int greatest, String name) {
    require(value == Math.rint(value) && value >= 0 && value <= greatest, name);
    return (int) value;
  }

  private static void require(boolean holds, String name) {
    if (!holds) {
      throw new InvalidDataException(
          "need windows in '" + name + "' that answer for every column once, got others");
    }
  }
}
