@file:JvmName("Estimators")

package dev.espalier.kotlin

import dev.espalier.api.Graph
import dev.espalier.api.ScoreEstimator
import dev.espalier.api.Size
import dev.espalier.api.StructureFinder
import dev.espalier.api.TrainingTarget
import dev.espalier.estimators.closedform.Gaussian
import dev.espalier.estimators.closedform.Isotropic
import dev.espalier.estimators.closedform.Kernel
import dev.espalier.estimators.closedform.MarkovField
import dev.espalier.estimators.closedform.Penalty
import dev.espalier.estimators.closedform.RidgeRegression
import dev.espalier.plugins.bootstrapped.Levelwise
import dev.espalier.runtime.Auto

/** One normal law with shrunk correlations. */
public fun gaussian(shrinkage: Gaussian.Shrinkage = Gaussian().shrinkage()): Gaussian =
  Gaussian(shrinkage)

/** One normal law of the same variance in every direction. */
public fun isotropic(): Isotropic = Isotropic()

/**
 * The posterior mean over the rows themselves, with a [bandwidth] in standard deviations of each
 * column and so many [neighbours] told apart; null lets the fit choose.
 */
public fun kernel(bandwidth: Double? = null, neighbours: Int? = null): Kernel =
  Kernel(
    bandwidth?.let(Kernel::Bandwidth) ?: Kernel.Bandwidth.AUTO,
    neighbours?.let(Size::of) ?: Size.AUTO,
  )

/** The normal law whose precision has the pattern of the [graph]. */
public fun markovField(
  graph: Graph = chain(),
  shrinkage: MarkovField.Shrinkage = MarkovField.Shrinkage.EDGES,
): MarkovField = MarkovField(graph, shrinkage)

/** One ridge regression a noise level; a [penalty] of null is chosen by cross-validation. */
public fun ridge(
  features: RidgeRegression.Features = RidgeRegression.Features.RBF,
  count: Int = RidgeRegression.on(features).count(),
  penalty: Double? = null,
  target: TrainingTarget = TrainingTarget.denoising(),
): RidgeRegression =
  RidgeRegression.on(features)
    .withCount(count)
    .withPenalty(penalty?.let(::Penalty) ?: Penalty.AUTO)
    .withTarget(target)

/** At every noise level the one of several [estimators] that does best on held-out rows. */
public fun levelwise(vararg estimators: ScoreEstimator): Levelwise = Levelwise(estimators.toList())

/**
 * Chooses an estimator and a structure by held-out rows, within a [budget] in seconds of one core.
 *
 * @param estimators tried by themselves and inside structures; none for the usual ones
 * @param finders in place of those of the same names with their defaults
 */
public fun auto(
  budget: Double,
  estimators: List<ScoreEstimator> = listOf(),
  finders: List<StructureFinder> = listOf(),
): Auto = Auto.of(Auto.Settings(budget, estimators, finders))
