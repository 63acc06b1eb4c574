@file:JvmName("SamplesOf")

package dev.espalier.kotlin

import dev.espalier.api.Labels
import dev.espalier.api.Samples

/**
 * Samples of rows of equal length: `samplesOf(doubleArrayOf(1.0, 2.0), doubleArrayOf(3.0, 4.0))`.
 */
public fun samplesOf(vararg rows: DoubleArray): Samples = Samples.of(arrayOf(*rows))

/** The rows, one after the other. */
public fun Samples.rows(): Sequence<DoubleArray> = (0 until count()).asSequence().map(::row)

/** A view of some rows, with their labels: `samples[10 until 20]`. */
public operator fun Samples.get(rows: IntRange): Samples = rows(rows.first, rows.last + 1)

/** These rows and below them others of the same columns and labels. */
public operator fun Samples.plus(below: Samples): Samples = Samples.concatenate(listOf(this, below))

/** The labels of one name, null if there are none. */
public fun Samples.labels(name: String): Labels? = label(name).orElse(null)
