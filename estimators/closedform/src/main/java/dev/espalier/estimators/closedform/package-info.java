/**
 * Scores in closed form, which know every noise level without training on any.
 *
 * <p>{@link dev.espalier.estimators.closedform.GaussianMixture} is the law behind most of them: it
 * gives score, posterior mean, density, curvature, exact conditional laws and direct draws. {@link
 * dev.espalier.estimators.closedform.Covariance} is a covariance matrix in the form that makes
 * these cheap.
 *
 * <p>All sums run in a fixed order, and transcendental functions are those of {@link StrictMath},
 * so equal arguments give equal bits on every machine.
 */
@NullMarked
package dev.espalier.estimators.closedform;

import org.jspecify.annotations.NullMarked;
