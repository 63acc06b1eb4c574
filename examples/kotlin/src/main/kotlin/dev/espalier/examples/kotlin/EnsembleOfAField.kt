package dev.espalier.examples.kotlin

import dev.espalier.api.Samples
import dev.espalier.kotlin.csv
import dev.espalier.kotlin.get
import dev.espalier.kotlin.given
import dev.espalier.kotlin.grid
import dev.espalier.kotlin.markovField
import dev.espalier.kotlin.pipeline
import java.util.Locale
import java.util.stream.DoubleStream
import kotlin.math.sqrt

/** What is a satellite's field where no sensor stands, and how sure can one be? */
public object EnsembleOfAField {
  private val SENSORS = listOf(9, 14, 27, 36, 49, 54)
  private const val MEMBERS = 200

  /** Prints how far ensembles given six of 64 cells are from fields that were not fitted. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    val data = arguments.firstOrNull() ?: "examples/data/landsat7_nir_patches_8x8.csv"
    val fields = csv(data).samples()
    val known = fields.count() - 30
    // region ensemble
    val model = pipeline(markovField(grid(8, 8))).fit(fields[0 until known])
    // endregion
    val climate = model.draw(MEMBERS)
    var without = 0.0
    var with = 0.0
    var spread = 0.0
    for (i in known until fields.count()) {
      val truth = fields.row(i)
      // region sensors
      val seen = SENSORS.map { cell -> cell to truth[cell] }
      val ensemble = model.given(*seen.toTypedArray()).draw(MEMBERS)
      // endregion
      without += error(climate, truth) / 30
      with += error(ensemble, truth) / 30
      spread += spread(ensemble) / 30
    }
    println("error of the mean field    %6.2f".format(Locale.ROOT, without))
    println("error given six sensors    %6.2f".format(Locale.ROOT, with))
    println("spread of these ensembles  %6.2f".format(Locale.ROOT, spread))
  }

  /** The root of the mean squared error of an ensemble's mean. */
  private fun error(ensemble: Samples, truth: DoubleArray): Double =
    sqrt(
      truth.indices.fold(0.0) { sum, j ->
        val gap = mean(ensemble.column(j)) - truth[j]
        sum + gap * gap / truth.size
      }
    )

  /** The root of the mean variance of an ensemble's cells. */
  private fun spread(ensemble: Samples): Double {
    var sum = 0.0
    for (j in 0 until ensemble.columns()) {
      val cell = ensemble.column(j)
      val mean = mean(cell)
      cell.forEach { sum += (it - mean) * (it - mean) / (cell.size - 1) / ensemble.columns() }
    }
    return sqrt(sum)
  }

  private fun mean(values: DoubleArray): Double = DoubleStream.of(*values).average().orElseThrow()
}
