package dev.espalier.estimators.network;

/**
 * The loops where networks spend their time, in a form that suits a processor.
 *
 * <p>All forms have the same bits: every element of a product sums its terms in ascending order,
 * each by one fused multiply-add onto what was there, and everything else is computed element by
 * element by the operations stated, in single precision. So which form runs decides the time and
 * nothing else. The plain form runs everywhere; a jar may provide another one as a service, which
 * runs where it says that it can.
 *
 * <p>A matrix is an array of rows, each at least as long as it is read. Implementations have no
 * state and are safe for concurrent use.
 */
public interface MatrixKernels {

  /** Whether this form runs here. Asked once. */
  boolean available();

  /**
   * Adds a product: {@code c[c0+i][j] += Σ_k a[a0+i][k]·b[b0+k][j]}.
   *
   * @param rows the number of rows i
   * @param terms the number of terms k
   * @param width the number of columns j
   */
  void addProduct(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width);

  /**
   * Adds a product with the first factor transposed: {@code c[c0+i][j] += Σ_k
   * a[a0+k][i]·b[b0+k][j]}.
   *
   * @param rows the number of rows i
   * @param terms the number of terms k
   * @param width the number of columns j
   */
  void addTransposedProduct(
      float[][] a,
      int a0,
      float[][] b,
      int b0,
      float[][] c,
      int c0,
      int rows,
      int terms,
      int width);

  /**
   * The sum of products in eight lanes: lane l sums the products at {@code l, l+8, …} ascending and
   * fused, up to the last multiple of 8; the rest is added to the first lane; and the lanes are
   * added as {@code ((0+1)+(2+3))+((4+5)+(6+7))}.
   */
  float dot(float[] u, float[] v, int width);

  /**
   * Writes {@code SiLU(z) = z·σ(z)} and its slope {@code σ + SiLU·(1 − σ)}, with {@code σ(z) = ½ +
   * ½·tanh(z/2)} and {@link Tanh}. The slope may go where {@code z} is.
   *
   * @param work as long as {@code z}; may be overwritten
   */
  void silu(float[] z, float[] work, float[] value, float[] slope, int width);

  /** Writes {@code SiLU(z)} alone, with the bits of {@link #silu}. */
  void siluValue(float[] z, float[] work, float[] value, int width);

  /**
   * Moves numbers by one step of Adam: with {@code g} the gradient times {@code shorten}, {@code
   * first = fma(keepFirst, first − g, g)}, {@code second = fma(keepSecond, second − g², g²)},
   * {@code w = fma(−rate, first / (√(second·secondScale) + 1e-8), w·shrink)}, {@code average =
   * fma(share, w − average, average)}. The gradient is not changed.
   */
  void move(
      float[] gradient,
      float[] first,
      float[] second,
      float[] w,
      float[] average,
      int from,
      int to,
      Move move);

  /**
   * The numbers of one step of Adam.
   *
   * @param shorten what the gradient is multiplied by
   * @param keepFirst how much of the first moment is kept
   * @param keepSecond how much of the second moment is kept
   * @param rate the learning rate over the first moment's correction
   * @param secondScale the second moment's correction
   * @param shrink what a weight is multiplied by
   * @param share how far the average moves
   */
  record Move(
      float shorten,
      float keepFirst,
      float keepSecond,
      float rate,
      float secondScale,
      float shrink,
      float share) {
    private static final float KEEP_FIRST = 0.9f;
    private static final float KEEP_SECOND = 0.999f;

    /**
     * For weights, which decay.
     *
     * @param norm the length of the whole gradient, which is clipped
     */
    public static Move ofWeights(Networks.Update update, double norm) {
      return of(update, norm, 1 - update.rate() * update.decay());
    }

    /**
     * For shifts, which do not decay.
     *
     * @param norm the length of the whole gradient, which is clipped
     */
    public static Move ofShifts(Networks.Update update, double norm) {
      return of(update, norm, 1);
    }

    private static Move of(Networks.Update update, double norm, double shrink) {
      double firstScale = 1 / (1 - StrictMath.pow(KEEP_FIRST, update.step()));
      double secondScale = 1 / (1 - StrictMath.pow(KEEP_SECOND, update.step()));
      return new Move(
          norm > update.clip() ? (float) (update.clip() / norm) : 1,
          KEEP_FIRST,
          KEEP_SECOND,
          (float) (update.rate() * firstScale),
          (float) secondScale,
          (float) shrink,
          (float) update.share());
    }
  }

  /** The plain form: loops that the JVM's compiler turns into vectors. */
  static MatrixKernels plain() {
    return Kernels.PLAIN;
  }

  /** The first form that a jar provides and that runs here, else the plain one. */
  static MatrixKernels fastest() {
    return Kernels.Fastest.FOUND;
  }

  /**
   * The rational function for the hyperbolic tangent: {@code tanh(t) = t·P(t²)/Q(t²)}, from left to
   * right, with {@code t} first brought into [−{@link #LIMIT}, {@link #LIMIT}] and both polynomials
   * by Horner's rule with fused multiply-adds.
   *
   * <p>The relative error is below 1.2e-8 before rounding, from a weighted least-squares fit that
   * levels the error.
   */
  final class Tanh {
    /** Where the tangent is 1 in single precision. */
    public static final float LIMIT = 8.5f;

    /** Coefficient of t⁰ above. */
    public static final float P0 = 0.9999999883101539f;

    /** Coefficient of t² above. */
    public static final float P1 = 0.1341327521230775f;

    /** Coefficient of t⁴ above. */
    public static final float P2 = 0.003534059931100691f;

    /** Coefficient of t⁶ above. */
    public static final float P3 = 2.1251568465964528e-05f;

    /** Coefficient of t⁸ above. */
    public static final float P4 = 1.426991227171312e-08f;

    /** Coefficient of t² below; that of t⁰ is 1. */
    public static final float Q1 = 0.4674659799422022f;

    /** Coefficient of t⁴ below. */
    public static final float Q2 = 0.026022878477263887f;

    /** Coefficient of t⁶ below. */
    public static final float Q3 = 0.00033489180357302873f;

    /** Coefficient of t⁸ below. */
    public static final float Q4 = 8.145412700626842e-07f;

    private Tanh() {}
  }
}
