package com.example.mirrored

import dev.espalier.api.FitRequest
import dev.espalier.api.InvalidDataException
import dev.espalier.api.Samples
import dev.espalier.api.Score
import dev.espalier.api.ScoreEstimator
import dev.espalier.api.Setting
import dev.espalier.api.Structure

// region structure
/**
 * The assumption that a row read backwards is as likely as the row.
 *
 * A row has an even part, which its mirror image shares, and an odd part, which the image has with
 * the other sign. The two are uncorrelated, so a score of d columns becomes two of d/2. For a
 * normal law nothing is lost.
 */
@JvmRecord
public data class Mirrored(
  @Setting(value = "true", help = "whether mirror images count as rows") val images: Boolean
) : Structure {

  override fun fit(request: FitRequest, inner: ScoreEstimator): Score {
    val rows = request.rows()
    if (rows.hasMissing()) {
      throw InvalidDataException("need complete rows for mirrored(), got missing cells")
    }
    val times = if (images) 2 else 1
    val repeated = request.select(IntArray(times * rows.count()) { it / times })
    val held: Samples? = request.validation().orElse(null)
    val parts =
      Part.entries
        .filter { it.width(rows.columns()) > 0 }
        .map { part ->
          request.progress().check()
          inner.fit(
            repeated.withRows(
              halves(rows, part, times),
              held?.let { halves(it, part, times) },
            )
          )
        }
    return MirroredScore(rows.columns(), parts)
  }

  /** One part of every row, as often as the row counts: the odd part of an image is negative. */
  private fun halves(rows: Samples, part: Part, times: Int): Samples =
    Samples.of(
      Array(times * rows.count()) { i ->
        val half = part.of(rows.row(i / times))
        if (part == Part.ODD && i % times == 1) half.map { -it }.toDoubleArray() else half
      }
    )
}
// endregion
