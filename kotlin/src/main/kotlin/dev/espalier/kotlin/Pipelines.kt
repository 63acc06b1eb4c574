@file:JvmName("Pipelines")

package dev.espalier.kotlin

import dev.espalier.api.DrawRequest
import dev.espalier.api.Observation
import dev.espalier.api.Progress
import dev.espalier.api.Samples
import dev.espalier.api.Score
import dev.espalier.api.Tasks
import dev.espalier.runtime.Fitted
import dev.espalier.runtime.Pipeline

/** A pipeline from its parts: `pipeline { estimator(gmm(components = 3)); seed(7) }`. */
public inline fun pipeline(parts: Pipeline.Builder.() -> Unit): Pipeline =
  Pipeline.builder().apply(parts).build()

/** Draws [count] rows from row [first] on; row i depends on the fit, the seed and i alone. */
public fun Fitted.draw(
  count: Int,
  first: Long = 0,
  seed: Long = pipeline().seed(),
  tasks: Tasks = Tasks.threads(Runtime.getRuntime().availableProcessors()),
  progress: Progress = Progress.silent(),
): Samples = draw(DrawRequest.Rows.range(first, count), seed, tasks, progress)

/** The exact law given some columns: `model.given(0 to 1.3, 9 to 0.2)`. */
public fun Fitted.given(vararg columns: Pair<Int, Double>): Fitted =
  given(Observation.columns(mapOf(*columns)))

/** What else this score can do: `score.ability<Density>()`; null where it cannot. */
public inline fun <reified A : Any> Score.ability(): A? = ability(A::class.java).orElse(null)
