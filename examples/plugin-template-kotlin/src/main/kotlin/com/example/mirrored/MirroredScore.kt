package com.example.mirrored

import dev.espalier.api.Density
import dev.espalier.api.DirectSampler
import dev.espalier.api.InvalidDataException
import dev.espalier.api.NoiseLevel
import dev.espalier.api.NoiseRange
import dev.espalier.api.Reader
import dev.espalier.api.Score
import dev.espalier.api.Stored
import dev.espalier.api.Writer
import java.util.Optional
import java.util.random.RandomGenerator

// region score
/** The score of rows whose even and odd parts are independent: an inner score each. */
internal data class MirroredScore(private val columns: Int, private val inner: List<Score>) :
  Score, Density, DirectSampler, Stored {

  override fun columns(): Int = columns

  override fun range(): NoiseRange =
    inner.map { it.range() }.reduce { one, other -> one.intersect(other) }

  /** Offers what both inner scores offer, of the abilities written here. */
  override fun <A : Any> ability(ability: Class<A>): Optional<A> =
    if (inner.all { it.ability(ability).isPresent }) super.ability(ability) else Optional.empty()

  override fun posteriorMean(level: NoiseLevel, x: DoubleArray, out: DoubleArray): Unit =
    lift(x, out) { score, halves, to -> score.posteriorMean(level, halves, to) }

  override fun score(level: NoiseLevel, x: DoubleArray, out: DoubleArray): Unit =
    lift(x, out) { score, halves, to -> score.score(level, halves, to) }

  // endregion

  /** The inner scores with the halves of the rows that they are asked about. */
  private fun halves(x: DoubleArray): List<Triple<Part, Score, DoubleArray>> =
    inner.mapIndexed { k, score ->
      val part = Part.entries[k]
      val width = part.width(columns)
      val halves = DoubleArray(x.size / columns * width)
      for (i in 0 until x.size / columns) {
        part.of(x.copyOfRange(i * columns, (i + 1) * columns)).copyInto(halves, i * width)
      }
      Triple(part, score, halves)
    }

  private inline fun lift(
    x: DoubleArray,
    out: DoubleArray,
    field: (Score, DoubleArray, DoubleArray) -> Unit,
  ) {
    val lifted = DoubleArray(x.size)
    for ((part, score, halves) in halves(x)) {
      val to = DoubleArray(halves.size)
      field(score, halves, to)
      val width = part.width(columns)
      for (i in 0 until x.size / columns) {
        val row = lifted.copyOfRange(i * columns, (i + 1) * columns)
        part.addTo(row, to.copyOfRange(i * width, (i + 1) * width))
        row.copyInto(lifted, i * columns)
      }
    }
    lifted.copyInto(out)
  }

  override fun logDensity(level: NoiseLevel, x: DoubleArray, out: DoubleArray) {
    out.fill(0.0)
    for ((_, score, halves) in halves(x)) {
      val one = DoubleArray(out.size)
      score.ability(Density::class.java).orElseThrow().logDensity(level, halves, one)
      for (i in out.indices) {
        out[i] += one[i]
      }
    }
  }

  override fun draw(random: RandomGenerator, row: DoubleArray) {
    row.fill(0.0)
    inner.forEachIndexed { k, score ->
      val half = DoubleArray(score.columns())
      score.ability(DirectSampler::class.java).orElseThrow().draw(random, half)
      Part.entries[k].addTo(row, half)
    }
  }

  override fun provider(): String = PROVIDER

  override fun write(out: Writer) {
    out.number("columns", columns.toDouble())
    inner.forEachIndexed { k, score -> out.part(Part.entries[k].name.lowercase(), score) }
  }

  companion object {
    const val PROVIDER: String = "mirrored"

    /** Restores what [write] wrote. */
    fun read(reader: Reader): Score {
      val columns = reader.whole("columns")
      if (columns < 1) {
        throw InvalidDataException("need at least one column, got $columns")
      }
      val parts = Part.entries.filter { it.width(columns) > 0 }
      val inner =
        parts.map { part ->
          val score = reader.part(part.name.lowercase())
          if (score.columns() != part.width(columns)) {
            throw InvalidDataException(
              "need ${part.width(columns)} columns, got ${score.columns()}"
            )
          }
          score
        }
      return MirroredScore(columns, inner)
    }
  }
}
