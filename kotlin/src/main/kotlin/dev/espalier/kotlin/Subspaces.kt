@file:JvmName("Subspaces")

package dev.espalier.kotlin

import dev.espalier.api.ScoreEstimator
import dev.espalier.api.Size
import dev.espalier.plugins.subspace.Subspace

/** An inner score of the coordinates in a subspace of dimension [rank]. */
public inline fun subspace(
  rank: Int,
  learn: Subspace.Learn = Subspace.Learn.PCA,
  residual: Subspace.Residual = Subspace.Residual.ISOTROPIC,
  inner: () -> ScoreEstimator,
): ScoreEstimator = Subspace.rank(rank).learn(learn).residual(residual).around(inner())

/** An inner score in a subspace whose dimension is chosen within [rank] by held-out rows. */
public inline fun subspace(
  rank: IntRange? = null,
  learn: Subspace.Learn = Subspace.Learn.PCA,
  inner: () -> ScoreEstimator,
): ScoreEstimator =
  Subspace(
      rank?.let { Size.between(it.first, it.last) } ?: Size.AUTO,
      learn,
      Subspace.Residual.ISOTROPIC,
    )
    .around(inner())
