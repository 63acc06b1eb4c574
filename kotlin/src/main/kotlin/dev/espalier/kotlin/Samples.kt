@file:JvmName("SamplesOf")

package dev.espalier.kotlin

import dev.espalier.api.Samples

/**
 * Samples of rows of equal length: `samplesOf(doubleArrayOf(1.0, 2.0), doubleArrayOf(3.0, 4.0))`.
 */
public fun samplesOf(vararg rows: DoubleArray): Samples = Samples.of(arrayOf(*rows))

/** The rows, one after the other. */
public fun Samples.rows(): Sequence<DoubleArray> = (0 until count()).asSequence().map(::row)
