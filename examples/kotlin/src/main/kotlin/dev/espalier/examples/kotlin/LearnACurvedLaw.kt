package dev.espalier.examples.kotlin

import dev.espalier.api.CancelledException
import dev.espalier.api.FitRequest
import dev.espalier.api.Progress
import dev.espalier.api.Samples
import dev.espalier.api.Streams
import dev.espalier.kotlin.network
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.samplesOf
import java.nio.file.Files
import java.util.Locale
import kotlin.math.abs
import kotlin.math.hypot

/** How do I learn a law that no closed form fits, and go on after the fit was stopped? */
public object LearnACurvedLaw {

  /** Learns a ring, is stopped on the way, goes on, and tells how far draws are from the ring. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    val folder = Files.createTempDirectory("ring")
    // region network
    val pipeline = pipeline {
      estimator(
        network {
          hidden(32, 32)
          steps(800)
          rate(0.01)
        }
      )
      seed(7)
    }
    val request = FitRequest.of(ring()).withCheckpoint(folder)
    try {
      pipeline.fit(request.withProgress(Impatient()))
    } catch (e: CancelledException) {
      println("stopped")
    }
    val model = pipeline.fit(request)
    // endregion
    val drawn = model.draw(1_000)
    println("mean distance from the ring %.2f".format(Locale.ROOT, distance(drawn)))
    println(drawn == pipeline.fit(ring()).draw(1_000))
    folder.toFile().deleteRecursively()
  }

  /** Has enough of it after being asked for the six thousandth time. */
  private class Impatient : Progress {
    private var asked = 0

    override fun report(stage: String, done: Double) = Unit

    override fun cancelled(): Boolean = ++asked > 6_000
  }

  private fun ring(): Samples {
    val random = Streams(1).stream("ring", 0)
    val rows =
      Array(1_000) {
        val angle = 2 * StrictMath.PI * random.nextDouble()
        val radius = 2 + 0.1 * random.nextGaussian()
        doubleArrayOf(radius * StrictMath.cos(angle), radius * StrictMath.sin(angle))
      }
    return samplesOf(*rows)
  }

  private fun distance(rows: Samples): Double =
    (0 until rows.count()).sumOf { i ->
      abs(hypot(rows[i, 0], rows[i, 1]) - 2) / rows.count()
    }
}
