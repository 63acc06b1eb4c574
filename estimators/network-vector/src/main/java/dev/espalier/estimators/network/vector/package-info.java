/**
 * The kernels of networks in vectors of the processor.
 *
 * <p>{@link dev.espalier.estimators.network.vector.VectorKernels} is found by itself where it can
 * run: it has the bits of the plain form, so it changes the time and nothing else.
 */
@NullMarked
package dev.espalier.estimators.network.vector;

import org.jspecify.annotations.NullMarked;
