@file:JvmName("NetworksOf")

package dev.espalier.kotlin

import dev.espalier.api.ScoreEstimator
import dev.espalier.estimators.network.Labelled
import dev.espalier.estimators.network.Network

/** A network with some settings of one's own: `network { hidden(64, 64); steps(2_000) }`. */
public inline fun network(settings: Network.Builder.() -> Unit = {}): Network =
  Network.builder().apply(settings).build()

/**
 * One network for all categories of a label, which it is told: `labelled("species") { network() }`.
 */
public inline fun labelled(by: String, inner: () -> Network): ScoreEstimator =
  Labelled(by).around(inner())
