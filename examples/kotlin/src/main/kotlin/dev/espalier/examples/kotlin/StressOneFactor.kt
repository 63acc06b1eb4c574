package dev.espalier.examples.kotlin

import dev.espalier.api.Samples
import dev.espalier.api.Streams
import dev.espalier.kotlin.given
import dev.espalier.kotlin.gmm
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.rows
import dev.espalier.kotlin.samplesOf
import dev.espalier.kotlin.subspace
import java.util.Locale
import java.util.stream.DoubleStream

/** What do returns of forty assets look like on a day when one factor falls hard? */
public object StressOneFactor {
  private const val ASSETS = 40
  private const val DRAWS = 20_000

  /** Prints mean and tail of an even portfolio, as drawn and given a bad day of the market. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    val days = days(1_500)
    // region stress
    val pipeline = pipeline(subspace(rank = 4) { gmm(components = 2) }, seed = 7)
    val model = pipeline.fit(days)
    val stressed = model.given(0 to -4.0)
    // endregion
    println("daily returns in percent   mean  1 % worst day")
    print("the days themselves", portfolio(days))
    print("drawn days", portfolio(model.draw(DRAWS)))
    print("given the market at -4 %", portfolio(stressed.draw(DRAWS)))
    println(model.notes().first())
  }

  /** Returns of an even portfolio of all assets, in rising order. */
  private fun portfolio(rows: Samples): List<Double> =
    rows
      .rows()
      .map { row -> (1..ASSETS).fold(0.0) { sum, j -> sum + row[j] / ASSETS } }
      .sorted()
      .toList()

  private fun print(name: String, sorted: List<Double>) {
    val mean = DoubleStream.of(*sorted.toDoubleArray()).sum() / sorted.size
    println("%-25s %6.2f %14.2f".format(Locale.ROOT, name, mean, sorted[sorted.size / 100]))
  }

  /**
   * A market, which is column 0, and assets that follow it and two more factors; stormy at times.
   */
  private fun days(count: Int): Samples =
    samplesOf(
      *Array(count) { i ->
        val random = Streams(1).stream("days", i.toLong())
        val storm = if (random.nextDouble() < 0.15) 2.2 else 0.8
        val factors = DoubleArray(3) { random.nextGaussian() }
        DoubleArray(ASSETS + 1) { j ->
          if (j == 0) {
            storm * factors[0]
          } else {
            val market = (0.5 + j / 40.0) * factors[0]
            val others = 0.5 * factors[1] * (j % 2) + 0.3 * factors[2] * (j % 3 - 1)
            storm * (market + others) + 0.4 * random.nextGaussian()
          }
        }
      }
    )
}
