@file:JvmName("NetworksOf")

package dev.espalier.kotlin

import dev.espalier.estimators.network.Network

/** A network with some settings of one's own: `network { hidden(64, 64); steps(2_000) }`. */
public inline fun network(settings: Network.Builder.() -> Unit = {}): Network =
  Network.builder().apply(settings).build()
