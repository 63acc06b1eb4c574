package com.example.mirrored

import kotlin.math.sqrt

/** The halves of a row, in orthonormal coordinates. */
internal enum class Part {
  EVEN,
  ODD;

  /** How many coordinates it has; the column in the middle belongs to the even part. */
  fun width(columns: Int): Int = if (this == EVEN) (columns + 1) / 2 else columns / 2

  fun of(row: DoubleArray): DoubleArray =
    DoubleArray(width(row.size)) { j ->
      val mirror = row.size - 1 - j
      when {
        mirror == j -> row[j]
        this == EVEN -> HALF * (row[j] + row[mirror])
        else -> HALF * (row[j] - row[mirror])
      }
    }

  /** Adds what these coordinates are in a row: the transpose of [of]. */
  fun addTo(row: DoubleArray, half: DoubleArray) {
    for (j in half.indices) {
      val mirror = row.size - 1 - j
      if (mirror == j) {
        row[j] += half[j]
      } else {
        row[j] += HALF * half[j]
        row[mirror] += if (this == EVEN) HALF * half[j] else -HALF * half[j]
      }
    }
  }

  private companion object {
    val HALF = sqrt(0.5)
  }
}
