/**
 * Localized scores: each component looks at its neighbourhood in a graph alone.
 *
 * <p>Start with {@link dev.espalier.plugins.localized.Localized}. The best function of the columns
 * of a neighbourhood is that component of the score of their marginal law (arXiv 2505.04417 sets
 * the method; the identity holds for every law), so any estimator fits the windows, each from its
 * columns alone. What a fixed radius leaves out shrinks with the radius and grows with the noise
 * before it falls, so the radius may differ by noise level.
 */
@NullMarked
package dev.espalier.plugins.localized;

import org.jspecify.annotations.NullMarked;
