/**
 * Scores learned by networks: residual perceptrons over rows and noise levels, one wide network or
 * many small ones at once.
 *
 * <p>Start with {@link dev.espalier.estimators.network.Network}, the estimator. {@link
 * dev.espalier.estimators.network.Engine} is the seam where other hardware is put in; the engine
 * that is there computes with plain loops and gives the same bits everywhere.
 */
@NullMarked
package dev.espalier.estimators.network;

import org.jspecify.annotations.NullMarked;
