package dev.espalier.estimators.network.vector;

import dev.espalier.estimators.network.MatrixKernels;
import dev.espalier.estimators.network.MatrixKernels.Move;
import dev.espalier.estimators.network.MatrixKernels.Tanh;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** What is computed element by element: whole vectors first, the rest by scalars. */
final class Elements {
  private static final VectorSpecies<Float> LONG = FloatVector.SPECIES_PREFERRED;

  private Elements() {}

  // The loops below repeat themselves: a vector that is handed to another method may be put on the
  // heap, since what is long already is not inlined any more.

  static void silu(float[] z, float[] value, float[] slope, int width) {
    FloatVector half = FloatVector.broadcast(LONG, 0.5f);
    FloatVector one = FloatVector.broadcast(LONG, 1f);
    FloatVector most = FloatVector.broadcast(LONG, Tanh.LIMIT);
    FloatVector least = FloatVector.broadcast(LONG, -Tanh.LIMIT);
    FloatVector p0 = FloatVector.broadcast(LONG, Tanh.P0);
    FloatVector p1 = FloatVector.broadcast(LONG, Tanh.P1);
    FloatVector p2 = FloatVector.broadcast(LONG, Tanh.P2);
    FloatVector p3 = FloatVector.broadcast(LONG, Tanh.P3);
    FloatVector p4 = FloatVector.broadcast(LONG, Tanh.P4);
    FloatVector q1 = FloatVector.broadcast(LONG, Tanh.Q1);
    FloatVector q2 = FloatVector.broadcast(LONG, Tanh.Q2);
    FloatVector q3 = FloatVector.broadcast(LONG, Tanh.Q3);
    FloatVector q4 = FloatVector.broadcast(LONG, Tanh.Q4);
    int whole = LONG.loopBound(width);
    for (int j = 0; j < whole; j += LONG.length()) {
      FloatVector x = FloatVector.fromArray(LONG, z, j);
      FloatVector t = x.mul(half).min(most).max(least);
      FloatVector u = t.mul(t);
      FloatVector above = u.fma(u.fma(u.fma(u.fma(p4, p3), p2), p1), p0);
      FloatVector below = u.fma(u.fma(u.fma(u.fma(q4, q3), q2), q1), one);
      FloatVector sigmoid = half.fma(t.mul(above).div(below), half);
      FloatVector y = x.mul(sigmoid);
      y.intoArray(value, j);
      y.fma(one.sub(sigmoid), sigmoid).intoArray(slope, j);
    }
    for (int j = whole; j < width; j++) {
      float sigmoid = sigmoid(z[j]);
      float y = z[j] * sigmoid;
      value[j] = y;
      slope[j] = Math.fma(y, 1f - sigmoid, sigmoid);
    }
  }

  static void siluValue(float[] z, float[] value, int width) {
    FloatVector half = FloatVector.broadcast(LONG, 0.5f);
    FloatVector one = FloatVector.broadcast(LONG, 1f);
    FloatVector most = FloatVector.broadcast(LONG, Tanh.LIMIT);
    FloatVector least = FloatVector.broadcast(LONG, -Tanh.LIMIT);
    FloatVector p0 = FloatVector.broadcast(LONG, Tanh.P0);
    FloatVector p1 = FloatVector.broadcast(LONG, Tanh.P1);
    FloatVector p2 = FloatVector.broadcast(LONG, Tanh.P2);
    FloatVector p3 = FloatVector.broadcast(LONG, Tanh.P3);
    FloatVector p4 = FloatVector.broadcast(LONG, Tanh.P4);
    FloatVector q1 = FloatVector.broadcast(LONG, Tanh.Q1);
    FloatVector q2 = FloatVector.broadcast(LONG, Tanh.Q2);
    FloatVector q3 = FloatVector.broadcast(LONG, Tanh.Q3);
    FloatVector q4 = FloatVector.broadcast(LONG, Tanh.Q4);
    int whole = LONG.loopBound(width);
    for (int j = 0; j < whole; j += LONG.length()) {
      FloatVector x = FloatVector.fromArray(LONG, z, j);
      FloatVector t = x.mul(half).min(most).max(least);
      FloatVector u = t.mul(t);
      FloatVector above = u.fma(u.fma(u.fma(u.fma(p4, p3), p2), p1), p0);
      FloatVector below = u.fma(u.fma(u.fma(u.fma(q4, q3), q2), q1), one);
      FloatVector sigmoid = half.fma(t.mul(above).div(below), half);
      x.mul(sigmoid).intoArray(value, j);
    }
    for (int j = whole; j < width; j++) {
      value[j] = z[j] * sigmoid(z[j]);
    }
  }

  private static float sigmoid(float z) {
    float t = Math.max(-Tanh.LIMIT, Math.min(Tanh.LIMIT, 0.5f * z));
    float u = t * t;
    float above = Math.fma(u, Tanh.P4, Tanh.P3);
    above = Math.fma(u, above, Tanh.P2);
    above = Math.fma(u, above, Tanh.P1);
    above = Math.fma(u, above, Tanh.P0);
    float below = Math.fma(u, Tanh.Q4, Tanh.Q3);
    below = Math.fma(u, below, Tanh.Q2);
    below = Math.fma(u, below, Tanh.Q1);
    below = Math.fma(u, below, 1f);
    return Math.fma(0.5f, t * above / below, 0.5f);
  }

  static void move(
      float[] gradient,
      float[] first,
      float[] second,
      float[] w,
      float[] average,
      int from,
      int to,
      Move move) {
    FloatVector shorten = FloatVector.broadcast(LONG, move.shorten());
    FloatVector keepFirst = FloatVector.broadcast(LONG, move.keepFirst());
    FloatVector keepSecond = FloatVector.broadcast(LONG, move.keepSecond());
    FloatVector back = FloatVector.broadcast(LONG, -move.rate());
    FloatVector secondScale = FloatVector.broadcast(LONG, move.secondScale());
    FloatVector shrink = FloatVector.broadcast(LONG, move.shrink());
    FloatVector share = FloatVector.broadcast(LONG, move.share());
    FloatVector least = FloatVector.broadcast(LONG, 1e-8f);
    int whole = from + LONG.loopBound(to - from);
    for (int j = from; j < whole; j += LONG.length()) {
      FloatVector g = FloatVector.fromArray(LONG, gradient, j).mul(shorten);
      FloatVector m = keepFirst.fma(FloatVector.fromArray(LONG, first, j).sub(g), g);
      m.intoArray(first, j);
      FloatVector square = g.mul(g);
      FloatVector v = keepSecond.fma(FloatVector.fromArray(LONG, second, j).sub(square), square);
      v.intoArray(second, j);
      FloatVector deviation = v.mul(secondScale).lanewise(VectorOperators.SQRT).add(least);
      FloatVector moved = back.fma(m.div(deviation), FloatVector.fromArray(LONG, w, j).mul(shrink));
      moved.intoArray(w, j);
      FloatVector mean = FloatVector.fromArray(LONG, average, j);
      share.fma(moved.sub(mean), mean).intoArray(average, j);
    }
    if (whole < to) {
      MatrixKernels.plain().move(gradient, first, second, w, average, whole, to, move);
    }
  }
}
