@file:JvmName("Gmms")

package dev.espalier.kotlin

import dev.espalier.api.Size
import dev.espalier.plugins.gmm.CovarianceKind
import dev.espalier.plugins.gmm.Gmm

/** A Gaussian mixture whose number of components is chosen by BIC within [components]. */
public fun gmm(
  components: IntRange? = null,
  covariance: CovarianceKind = CovarianceKind.AUTO,
): Gmm =
  Gmm.components(components?.let { Size.between(it.first, it.last) } ?: Size.AUTO)
    .withCovariance(covariance)

/** A Gaussian mixture of [components] components. */
public fun gmm(components: Int, covariance: CovarianceKind = CovarianceKind.AUTO): Gmm =
  Gmm.components(components).withCovariance(covariance)
