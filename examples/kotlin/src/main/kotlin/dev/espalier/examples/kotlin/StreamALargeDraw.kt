package dev.espalier.examples.kotlin

import dev.espalier.api.Samples
import dev.espalier.api.Streams
import dev.espalier.kotlin.blocks
import dev.espalier.kotlin.draw
import dev.espalier.kotlin.get
import dev.espalier.kotlin.gmm
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.samplesOf
import java.util.Locale

/** How do I draw more rows than memory holds, and find one of them again later? */
public object StreamALargeDraw {
  private const val SEED = 7L
  private const val BLOCK = 25_000
  private const val BLOCKS = 8

  /** Draws block by block, then draws single rows anew and compares. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    val model = pipeline(gmm(components = 2)).fit(clusters())
    println("     rows   mean of x0   mean of x1")
    val sums = DoubleArray(2)
    var count = 0
    // region blocks
    for (block in model.blocks(count = BLOCKS * BLOCK.toLong(), block = BLOCK, seed = SEED)) {
      // endregion
      for (i in 0 until block.count()) {
        sums[0] += block[i, 0]
        sums[1] += block[i, 1]
      }
      count += block.count()
      println("%9d %12.4f %12.4f".format(Locale.ROOT, count, sums[0] / count, sums[1] / count))
    }
    val first = model.draw(count = BLOCK, seed = SEED)
    val few = model.draw(count = 100, seed = SEED)
    println("100 rows are the first 100 of many: ${few == first[0 until 100]}")
    val one = model.draw(count = 1, first = 20_000, seed = SEED)
    println("row 20000 alone is the same: ${one == first[20_000..20_000]}")
  }

  /** Two clusters of 500 rows; their middle is at (0, 1). */
  private fun clusters(): Samples {
    val random = Streams(1).stream("clusters", 0)
    return samplesOf(
      *Array(1_000) { i ->
        val side = if (i % 2 == 0) -2.0 else 2.0
        doubleArrayOf(side + random.nextGaussian(), 1 - side + 0.5 * random.nextGaussian())
      }
    )
  }
}
