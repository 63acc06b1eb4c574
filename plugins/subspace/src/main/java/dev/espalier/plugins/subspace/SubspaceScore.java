package dev.espalier.plugins.subspace;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Observation;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Writer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The score of {@code x0 = mean + V·z + √s·(I − VVᵀ)e} with the law of z given by an inner score.
 *
 * <p>With {@code u = Vᵀ(x − a·mean)}, {@code q = x − a·mean − V·u} and {@code h = a²s + b} the
 * posterior mean is {@code mean + V·m(u) + (a·s/h)·q}, the score {@code V·∇log p(u) − q/h}.
 */
final class SubspaceScore
    implements Score, Density, Curvature, DirectSampler, Conditionable, Stored {
  private static final long serialVersionUID = 1;

  static final String PROVIDER = "subspace";

  private final Frame frame;

  /** The variance off the subspace, in every direction. */
  private final double variance;

  /** The score of the coordinates; none at rank 0. */
  private final @Nullable Score inner;

  /** Columns that are known without doubt, and their values. */
  private final TreeMap<Integer, Double> known;

  private final List<String> notes;

  private SubspaceScore(
      Frame frame,
      double variance,
      @Nullable Score inner,
      Map<Integer, Double> known,
      List<String> notes) {
    this.frame = frame;
    this.variance = variance;
    this.inner = inner;
    this.known = new TreeMap<>(known);
    this.notes = List.copyOf(notes);
  }

  /**
   * A lifted score.
   *
   * @param inner the score of the coordinates; null if and only if there are none
   */
  static SubspaceScore of(Frame frame, double variance, @Nullable Score inner, List<String> notes) {
    return new SubspaceScore(frame, variance, inner, Map.of(), notes);
  }

  @Override
  public int columns() {
    return frame.columns();
  }

  @Override
  public NoiseRange range() {
    return inner == null ? NoiseRange.ALL : inner.range();
  }

  /** Own notes, then those of the inner score. */
  @Override
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    if (inner != null) {
      all.addAll(inner.notes());
    }
    return all;
  }

  @Override
  public <A> Optional<A> ability(Class<A> ability) {
    boolean offered = inner == null || inner.ability(ability).isPresent();
    return offered ? Score.super.ability(ability) : Optional.empty();
  }

  private <A> A need(Score score, Class<A> ability) {
    return score
        .ability(ability)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the inner score of the subspace has no " + ability.getSimpleName()));
  }

  private double offSubspace(NoiseLevel level) {
    return level.a() * level.a() * variance + level.b();
  }

  private double needDensity(NoiseLevel level) {
    double h = offSubspace(level);
    if (!(h > 0 || frame.codimension() == 0)) {
      throw new IllegalArgumentException(
          "need b > 0 for the density of a law without variance off its subspace, got " + level);
    }
    return h;
  }

  private static void divide(double[] x, double by, double[] out) {
    for (int i = 0; i < x.length; i++) {
      out[i] = x[i] / by;
    }
  }

  /** A field of the coordinates. */
  private interface Field {
    void write(Score inner, double[] coordinates, double[] out);
  }

  private double[] ask(double[] coordinates, Field field) {
    double[] out = new double[coordinates.length];
    if (inner != null) {
      field.write(inner, coordinates, out);
    }
    return out;
  }

  /** Writes {@code V·field + factor·q + origin} where q is what is off the subspace. */
  private void lift(double a, double[] x, double[] field, double[] u, double factor, double[] out) {
    int d = columns();
    int r = frame.rank();
    double[] row = new double[d];
    double[] rest = new double[r];
    for (int i = 0; i < x.length / d; i++) {
      if (frame.isWhole()) {
        System.arraycopy(field, i * d, out, i * d, d);
        continue;
      }
      if (frame.codimension() == 0) {
        Arrays.fill(row, 0);
      } else {
        frame.centre(a, x, i * d, row);
        for (int k = 0; k < r; k++) {
          rest[k] = -u[i * r + k];
        }
        frame.lift(1, rest, 0, row);
        Vectors.scale(factor, row);
      }
      frame.lift(1, field, i * r, row);
      System.arraycopy(row, 0, out, i * d, d);
    }
  }

  @Override
  public void posteriorMean(NoiseLevel level, double[] x, double[] out) {
    range().require(level);
    if (level.b() == 0) {
      divide(x, level.a(), out);
      return;
    }
    double[] u = frame.project(level.a(), x);
    double[] means = ask(u, (score, in, to) -> score.posteriorMean(level, in, to));
    lift(level.a(), x, means, u, level.a() * variance / offSubspace(level), out);
    if (!frame.isWhole()) {
      int d = columns();
      for (int i = 0; i < x.length; i++) {
        out[i] += frame.mean(i % d);
      }
    }
    known.forEach((column, value) -> fill(out, column, value));
  }

  private void fill(double[] rows, int column, double value) {
    for (int i = column; i < rows.length; i += columns()) {
      rows[i] = value;
    }
  }

  @Override
  public void score(NoiseLevel level, double[] x, double[] out) {
    range().require(level);
    double h = needDensity(level);
    double[] u = frame.project(level.a(), x);
    double[] scores = ask(u, (score, in, to) -> score.score(level, in, to));
    lift(level.a(), x, scores, u, -1 / h, out);
    known.forEach(
        (column, value) -> {
          for (int i = column; i < x.length && level.b() > 0; i += columns()) {
            out[i] = (level.a() * value - x[i]) / level.b();
          }
        });
  }

  @Override
  public void logDensity(NoiseLevel level, double[] x, double[] out) {
    range().require(level);
    double h = needDensity(level);
    int d = columns();
    int r = frame.rank();
    double[] u = frame.project(level.a(), x);
    if (inner != null) {
      need(inner, Density.class).logDensity(level, u, out);
    } else {
      Arrays.fill(out, 0);
    }
    if (frame.isWhole()) {
      return;
    }
    double constant = (d - r) * StrictMath.log(2 * Math.PI * h);
    double[] row = new double[d];
    for (int i = 0; i < out.length; i++) {
      frame.centre(level.a(), x, i * d, row);
      frame.lift(-1, u, i * r, row);
      out[i] -= 0.5 * (Vectors.dot(row, row) / h + constant);
    }
  }

  @Override
  public void jacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    along(level, x, v, out, (curvature, u, w, to) -> curvature.jacobianTimes(level, u, w, to));
  }

  @Override
  public void transposedJacobianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    along(
        level,
        x,
        v,
        out,
        (curvature, u, w, to) -> curvature.transposedJacobianTimes(level, u, w, to));
  }

  /** A product with a matrix of the coordinates. */
  private interface Product {
    void write(Curvature curvature, double[] coordinates, double[] vectors, double[] out);
  }

  private void along(NoiseLevel level, double[] x, double[] v, double[] out, Product product) {
    range().require(level);
    if (level.b() == 0) {
      divide(v, level.a(), out);
      return;
    }
    double[] w = frame.project(0, v);
    double[] products = products(frame.project(level.a(), x), w, product);
    lift(0, v, products, w, level.a() * variance / offSubspace(level), out);
  }

  private double[] products(double[] u, double[] w, Product product) {
    return ask(u, (score, in, to) -> product.write(need(score, Curvature.class), in, w, to));
  }

  @Override
  public void hessianTimes(NoiseLevel level, double[] x, double[] v, double[] out) {
    range().require(level);
    double h = needDensity(level);
    double[] w = frame.project(0, v);
    double[] products =
        products(
            frame.project(level.a(), x),
            w,
            (curvature, u, in, to) -> curvature.hessianTimes(level, u, in, to));
    lift(0, v, products, w, -1 / h, out);
  }

  @Override
  public void draw(RandomGenerator random, double[] row) {
    double[] z = new double[frame.rank()];
    if (inner != null) {
      need(inner, DirectSampler.class).draw(random, z);
    }
    if (frame.isWhole()) {
      System.arraycopy(z, 0, row, 0, row.length);
    } else {
      double[] noise = new double[row.length];
      double deviation = Math.sqrt(variance);
      for (int j = 0; j < noise.length; j++) {
        noise[j] = deviation > 0 ? deviation * random.nextGaussian() : 0;
      }
      double[] along = new double[frame.rank()];
      frame.project(noise, along, 0);
      frame.lift(-1, along, 0, noise);
      frame.lift(1, z, 0, noise);
      for (int j = 0; j < row.length; j++) {
        row[j] = frame.mean(j) + noise[j];
      }
    }
    known.forEach((column, value) -> row[column] = value);
  }

  /**
   * The exact law given columns or a noisy linear observation, if the inner law knows its own; or
   * given an interval, if the inner law is a mixture of normal laws.
   *
   * <p>An observation {@code y = H·x0 + e} looks at the coordinates and at the directions of {@code
   * (I − VVᵀ)Hᵀ} alone. So the subspace is widened by these, in which the law is normal with the
   * variance off the subspace, and the widened coordinates are conditioned; off the wider subspace
   * nothing changes.
   */
  @Override
  public Optional<Score> given(Observation observation) {
    if (frame.isWhole() && inner != null) {
      return need(inner, Conditionable.class).given(observation);
    }
    Observation.Between cut = cut(observation);
    if (cut != null) {
      double[][] directions = across(cut);
      if (!varies(cut, directions)) {
        if (!holds(cut)) {
          throw new IllegalArgumentException(
              "need an observation that is possible, got " + cut + " of a sum that is constant");
        }
        return Optional.of(this);
      }
      Frame wide = Frame.of(frame.mean(), directions);
      return widened(directions.length)
          .given(seen(cut, directions))
          .map(each -> new SubspaceScore(wide, variance, each, known, notes));
    }
    Seen seen = Seen.of(observation, frame).orElse(null);
    if (seen == null) {
      return Optional.empty();
    }
    if (seen.isEmpty()) {
      return Optional.of(this);
    }
    double[][] directions = frame.directions();
    if (variance > 0) {
      directions = seen.widen(directions);
    }
    Frame wide = Frame.of(frame.mean(), directions);
    LinearImage law = widened(directions.length);
    return law.given(seen.from(directions))
        .map(
            conditioned ->
                new SubspaceScore(
                    wide,
                    variance,
                    wide.rank() == 0 ? null : conditioned,
                    seen.together(known),
                    notes));
  }

  /** The law of the coordinates, with those of further directions up to {@code width}. */
  private LinearImage widened(int width) {
    if (inner instanceof Beside beside) {
      return beside.image();
    }
    double[] variances = new double[width - frame.rank()];
    Arrays.fill(variances, variance);
    return LinearImage.widened(inner, frame.rank(), variances);
  }

  /** An interval of a weighted sum of columns; null for other observations. */
  private Observation.@Nullable Between cut(Observation observation) {
    Observation.Between cut =
        observation instanceof Observation.Range range
            ? range.over(columns())
            : observation instanceof Observation.Between between ? between : null;
    if (cut != null && cut.columns() != columns()) {
      throw new IllegalArgumentException(
          "need " + columns() + " weights, one a column, got " + cut.columns());
    }
    return cut;
  }

  /** The directions of the subspace and that of a sum. */
  private double[][] across(Observation.Between cut) {
    double[][] directions = frame.directions();
    if (variance > 0) {
      directions = Seen.of(linear(cut), frame).orElseThrow().widen(directions);
    }
    return directions;
  }

  /** Whether a sum varies along the directions. */
  private static boolean varies(Observation.Between cut, double[][] directions) {
    double along = 0;
    for (double[] direction : directions) {
      double product = Vectors.dot(direction, cut.weights());
      along += product * product;
    }
    return along > 1e-18 * Vectors.dot(cut.weights(), cut.weights());
  }

  /** Whether a sum that does not vary lies in its interval. */
  private boolean holds(Observation.Between cut) {
    double sum = Vectors.dot(frame.mean(), cut.weights());
    return sum >= cut.low() && sum <= cut.high();
  }

  private static Observation.Linear linear(Observation.Between cut) {
    return new Observation.Linear(new double[][] {cut.weights()}, new double[1], new double[1][1]);
  }

  /** The interval as one of the coordinates. */
  private Observation.Between seen(Observation.Between cut, double[][] directions) {
    double[] weights = new double[directions.length];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = Vectors.dot(directions[k], cut.weights());
    }
    double offset = Vectors.dot(frame.mean(), cut.weights());
    return new Observation.Between(weights, cut.low() - offset, cut.high() - offset);
  }

  @Override
  public OptionalDouble logEvidence(Observation observation) {
    if (frame.isWhole() && inner != null) {
      return need(inner, Conditionable.class).logEvidence(observation);
    }
    Observation.Between cut = cut(observation);
    if (cut != null) {
      double[][] directions = across(cut);
      if (!varies(cut, directions)) {
        return OptionalDouble.of(holds(cut) ? 0 : Double.NEGATIVE_INFINITY);
      }
      return widened(directions.length).logEvidence(seen(cut, directions));
    }
    Seen seen = Seen.of(observation, frame).orElse(null);
    if (seen == null) {
      return OptionalDouble.empty();
    }
    if (seen.isEmpty()) {
      return OptionalDouble.of(0);
    }
    return widened(frame.rank()).logEvidence(seen.from(frame.directions(), variance));
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public void write(Writer out) {
    int d = columns();
    int r = frame.rank();
    out.number("rank", r);
    out.number("variance", variance);
    out.tensor("mean", frame.mean(), d);
    out.text("directions", frame.isWhole() ? "columns" : "given");
    if (!frame.isWhole()) {
      double[] flat = new double[Math.multiplyExact(r, d)];
      for (int k = 0; k < r; k++) {
        System.arraycopy(frame.directions()[k], 0, flat, k * d, d);
      }
      out.tensor("basis", flat, r, d);
    }
    double[] columns = new double[known.size()];
    double[] values = new double[known.size()];
    int at = 0;
    for (Map.Entry<Integer, Double> each : known.entrySet()) {
      columns[at] = each.getKey();
      values[at++] = each.getValue();
    }
    out.tensor("known", columns, columns.length);
    out.tensor("values", values, values.length);
    out.text("notes", String.join("\n", notes));
    if (inner != null) {
      out.part("inner", inner);
    }
  }

  /** Restores what {@link #write} wrote, bit for bit. */
  static Score read(Reader in) {
    String form = in.text("directions");
    if (form.equals(Beside.WORD)) {
      return Beside.read(in);
    }
    int r = in.whole("rank");
    double variance = in.number("variance");
    double[] mean = in.tensor("mean", Reader.ANY);
    int d = mean.length;
    boolean whole = form.equals("columns");
    if (!(d >= 1 && r >= 0 && r <= d && variance >= 0 && (!whole || r == d))) {
      throw new InvalidDataException(
          "need a rank from 0 to the number of columns and a variance >= 0, got rank "
              + r
              + " of "
              + d
              + " columns and variance "
              + variance);
    }
    Frame frame;
    if (whole) {
      frame = Frame.whole(d);
    } else {
      double[] flat = in.tensor("basis", r, d);
      double[][] directions = new double[r][];
      for (int k = 0; k < r; k++) {
        directions[k] = Arrays.copyOfRange(flat, k * d, (k + 1) * d);
        needOrthonormal(directions, k);
      }
      frame = Frame.of(mean, directions);
    }
    Score inner = r == 0 ? null : in.part("inner");
    if (inner != null && inner.columns() != r) {
      throw new InvalidDataException(
          "need an inner score of " + r + " columns, got " + inner.columns());
    }
    double[] columns = in.tensor("known", Reader.ANY);
    double[] values = in.tensor("values", columns.length);
    TreeMap<Integer, Double> known = new TreeMap<>();
    for (int i = 0; i < columns.length; i++) {
      if (!(columns[i] == Math.rint(columns[i]) && columns[i] >= 0 && columns[i] < d)) {
        throw new InvalidDataException(
            "need known columns from 0 to " + (d - 1) + ", got " + columns[i]);
      }
      known.put((int) columns[i], values[i]);
    }
    return new SubspaceScore(frame, variance, inner, known, in.text("notes").lines().toList());
  }

  private static void needOrthonormal(double[][] directions, int k) {
    for (int l = 0; l <= k; l++) {
      double product = Vectors.dot(directions[l], directions[k]);
      if (!(Math.abs(product - (l == k ? 1 : 0)) <= 1e-8)) {
        throw new InvalidDataException(
            "need orthonormal directions, got the product "
                + product
                + " of directions "
                + l
                + " and "
                + k);
      }
    }
  }

  @Override
  public String toString() {
    return "Subspace[rank " + frame.rank() + " of " + frame.columns() + " columns]";
  }
}
