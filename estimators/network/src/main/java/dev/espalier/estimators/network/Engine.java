package dev.espalier.estimators.network;

import java.io.Serializable;

/**
 * What computes networks: the seam where other hardware is put in.
 *
 * <p>An engine sees numbers only: flat batches of {@code float}, parameters in the one order of
 * {@link Shape}, and a group dimension, since many small networks of one shape may be trained
 * together. Noise levels, targets, weights and the choice of rows are made outside, once for all
 * engines.
 */
public interface Engine extends Serializable {

  /** The word for this engine in notes and in the names of kept states. */
  String name();

  /**
   * How many of {@code groups} networks of one shape this engine likes to step together, from 1 to
   * {@code groups}. Lots run independently of each other.
   */
  int lot(Shape shape, int groups);

  /** The bytes that a lot takes in training, beside its batch. */
  long bytes(Shape shape, int groups);

  /**
   * Networks with the given parameters, ready to compute and to be trained.
   *
   * @param parameters of every group in turn, each in the order of {@link Shape}; copied
   */
  Networks create(Shape shape, int groups, float[] parameters);

  /** The engine in plain Java, whose bits do not depend on threads, Java version or machine. */
  static Engine plain() {
    return new PlainEngine();
  }
}
