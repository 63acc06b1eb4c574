/**
 * Data near a linear subspace (arXiv 2302.07194): a score of the coordinates in it, lifted.
 *
 * <p>Start with {@link dev.espalier.plugins.subspace.Subspace}. With orthonormal directions {@code
 * V} the coordinates {@code Vᵀ(x − a·mean)} of a noisy row are noised like the row itself, so the
 * inner score is asked at the same level; what is off the subspace is normal and independent of
 * them.
 */
@NullMarked
package dev.espalier.plugins.subspace;

import org.jspecify.annotations.NullMarked;
