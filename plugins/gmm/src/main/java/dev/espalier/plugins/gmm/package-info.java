/**
 * Gaussian mixtures fitted by expectation maximisation.
 *
 * <p>Start with {@link dev.espalier.plugins.gmm.Gmm}, the estimator and its settings; the fitted
 * law is a {@link dev.espalier.estimators.closedform.GaussianMixture}. Inside, rows are centred and
 * scaled once and lie in fixed blocks; the E-step of a block forms all sums that the M-step needs,
 * and blocks are added up in order, so that the number of threads changes no bit.
 */
@NullMarked
package dev.espalier.plugins.gmm;

import org.jspecify.annotations.NullMarked;
