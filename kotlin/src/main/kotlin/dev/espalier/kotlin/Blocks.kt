@file:JvmName("Blocks")

package dev.espalier.kotlin

import dev.espalier.api.Samples
import dev.espalier.runtime.Fitted
import dev.espalier.tables.Table
import dev.espalier.tables.TableModel

/** Rows of a block, where nothing else is said. */
public const val BLOCK: Int = 10_000

/**
 * Draws [count] rows from row [first] on, [block] at a time, when they are asked for; the rows are
 * those of one draw, whatever the block.
 */
public fun Fitted.blocks(
  count: Long,
  first: Long = 0,
  block: Int = BLOCK,
  seed: Long = pipeline().seed(),
): Sequence<Samples> =
  blocks(count, first, block) { from, size -> draw(count = size, first = from, seed = seed) }

/**
 * Draws [count] rows from row [first] on, [block] at a time, when they are asked for; the rows are
 * those of one draw, whatever the block.
 */
public fun TableModel.blocks(
  count: Long,
  first: Long = 0,
  block: Int = BLOCK,
  seed: Long = fitted().pipeline().seed(),
): Sequence<Table> =
  blocks(count, first, block) { from, size -> draw(count = size, first = from, seed = seed) }

private fun <T> blocks(
  count: Long,
  first: Long,
  block: Int,
  draw: (Long, Int) -> T,
): Sequence<T> {
  require(count >= 0 && block >= 1) {
    "need a count >= 0 and a block >= 1, got count=$count and block=$block"
  }
  return (0 until count step block.toLong()).asSequence().map { from ->
    draw(first + from, minOf(block.toLong(), count - from).toInt())
  }
}
