package dev.espalier.examples.kotlin

import dev.espalier.api.Samples
import dev.espalier.api.Streams
import dev.espalier.kotlin.given
import dev.espalier.kotlin.gmm
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.samplesOf
import java.util.Locale
import kotlin.math.sqrt

/** What do the other columns look like, given that one is known? */
public object GivenSomeColumns {

  /** Fits two clusters and prints the law of the second column for three values of the first. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    // region given
    val pipeline = pipeline {
      estimator(gmm(components = 2))
      seed(7)
    }
    val model = pipeline.fit(clusters())
    println("given x0     mean of x1   deviation")
    for (known in listOf(-3.0, 0.0, 3.0)) {
      val second = model.given(0 to known).draw(20_000).column(1)
      println(
        "%8.1f   %12.2f %11.2f".format(Locale.ROOT, known, second.average(), deviation(second))
      )
    }
    // endregion
  }

  /** Two clusters along a rising line, each falling by itself. */
  private fun clusters(): Samples {
    val random = Streams(1).stream("clusters", 0)
    val rows =
      Array(2_000) { i ->
        val centre = if (i % 2 == 0) -2.0 else 2.0
        val along = random.nextGaussian()
        doubleArrayOf(centre + along, centre - along + 0.3 * random.nextGaussian())
      }
    return samplesOf(*rows)
  }

  private fun deviation(values: DoubleArray): Double {
    val mean = values.average()
    return sqrt(values.sumOf { (it - mean) * (it - mean) } / values.size)
  }
}
