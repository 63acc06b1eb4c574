@file:JvmName("Localizations")

package dev.espalier.kotlin

import dev.espalier.api.Graph
import dev.espalier.api.ScoreEstimator
import dev.espalier.plugins.localized.Localized
import dev.espalier.plugins.localized.Wider

/**
 * A score put together from windows in the [graph], whose radius is chosen by noise level within
 * [radius]: `localized(grid(8, 8)) { gmm() }`.
 */
public fun localized(
  graph: Graph = chain(),
  radius: IntRange? = null,
  share: Boolean = false,
  inner: () -> ScoreEstimator,
): ScoreEstimator = Localized(graph, size(radius), listOf(), share).around(inner())

/**
 * A score put together from windows of one [radius], or of a [wider] one below given log
 * signal-to-noise ratios: `localized(chain(), radius = 1, wider = mapOf(2.4 to 8)) { gmm() }`.
 */
public fun localized(
  graph: Graph = chain(),
  radius: Int,
  wider: Map<Double, Int> = mapOf(),
  share: Boolean = false,
  inner: () -> ScoreEstimator,
): ScoreEstimator {
  val fixed =
    Localized.on(graph).withRadius(radius).withWider(wider.map { Wider(it.key, it.value) })
  return (if (share) fixed.shared() else fixed).around(inner())
}
