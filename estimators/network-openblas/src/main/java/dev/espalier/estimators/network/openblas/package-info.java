/**
 * Networks trained with the matrix products of OpenBLAS.
 *
 * <p>{@link dev.espalier.estimators.network.openblas.OpenBlas} is the engine; expressions call it
 * {@code native()}, as in {@code network(engine=native())}. Nothing uses it unless it is named.
 */
@NullMarked
package dev.espalier.estimators.network.openblas;

import org.jspecify.annotations.NullMarked;
