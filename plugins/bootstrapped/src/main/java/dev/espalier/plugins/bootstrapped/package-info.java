/**
 * Training targets of less variance than the clean row.
 *
 * <p>Start with {@link dev.espalier.plugins.bootstrapped.Bootstrapped}, which uses what was learned
 * at a less noisy level of the same path (arXiv 2502.10354). {@link
 * dev.espalier.plugins.bootstrapped.Reference} averages over clean rows instead (stable target
 * field, arXiv 2302.00670). Both have the posterior mean for their conditional mean, so they serve
 * every estimator that learns by regression. {@link dev.espalier.plugins.bootstrapped.Levelwise}
 * chooses between estimators level by level, so that a target is used where it helps.
 */
@NullMarked
package dev.espalier.plugins.bootstrapped;

import org.jspecify.annotations.NullMarked;
