@file:JvmName("Pipelines")

package dev.espalier.kotlin

import dev.espalier.api.DrawRequest
import dev.espalier.api.Observation
import dev.espalier.api.Progress
import dev.espalier.api.Sampler
import dev.espalier.api.Samples
import dev.espalier.api.ScoreEstimator
import dev.espalier.api.Tasks
import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.Digest
import dev.espalier.runtime.Fitted
import dev.espalier.runtime.ModelFile
import dev.espalier.runtime.Pipeline
import java.nio.file.Path

/** A pipeline from its parts: `pipeline { estimator(gmm(components = 3)); seed(7) }`. */
public inline fun pipeline(parts: Pipeline.Builder.() -> Unit): Pipeline =
  Pipeline.builder().apply(parts).build()

/** A pipeline from its parts; those left out are the usual ones. */
public fun pipeline(
  estimator: ScoreEstimator,
  sampler: Sampler? = null,
  seed: Long? = null,
): Pipeline = pipeline {
  this.estimator(estimator)
  sampler?.let { this.sampler(it) }
  seed?.let { this.seed(it) }
}

/** The pipeline that an expression says: `pipeline("pipeline(gmm(components=3), seed=7)")`. */
public fun pipeline(expression: String, catalogue: Catalogue = Catalogue.discover()): Pipeline =
  Pipeline.parse(expression, catalogue)

/** Keeps the law in a model file. */
public fun Fitted.save(path: String): Digest = ModelFile.write(Path.of(path), this)

/** The law that a model file keeps. */
public fun fitted(path: String, catalogue: Catalogue = Catalogue.discover()): Fitted =
  ModelFile.read(Path.of(path), catalogue).fitted()

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
