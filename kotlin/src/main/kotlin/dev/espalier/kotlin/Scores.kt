@file:JvmName("Scores")

package dev.espalier.kotlin

import dev.espalier.api.NoiseLevel
import dev.espalier.api.Samples
import dev.espalier.api.Score

/** `∇ log p` at one noisy row: `score(level, row)`. */
public operator fun Score.invoke(level: NoiseLevel, row: DoubleArray): DoubleArray =
  DoubleArray(row.size).also { score(level, row, it) }

/** `E[x0 | x]` for one noisy row. */
public fun Score.posteriorMean(level: NoiseLevel, row: DoubleArray): DoubleArray =
  DoubleArray(row.size).also { posteriorMean(level, row, it) }

/** `∇ log p` at every one of the noisy rows. */
public operator fun Score.invoke(level: NoiseLevel, rows: Samples): Samples =
  Samples.of(rows.columns(), invoke(level, rows.toArray()))

/** `E[x0 | x]` for every one of the noisy rows. */
public fun Score.posteriorMean(level: NoiseLevel, rows: Samples): Samples =
  Samples.of(rows.columns(), posteriorMean(level, rows.toArray()))

/** What else this score can do: `score.ability<Density>()`; null where it cannot. */
public inline fun <reified A : Any> Score.ability(): A? = ability(A::class.java).orElse(null)
