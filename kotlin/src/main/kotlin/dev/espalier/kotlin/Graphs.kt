@file:JvmName("Graphs")

package dev.espalier.kotlin

import dev.espalier.api.Graph
import dev.espalier.api.Size
import dev.espalier.plugins.localized.Found
import java.nio.file.Path

/** Every column beside the next. */
public fun chain(): Graph = Graph.chain()

/** A chain whose last column is beside the first. */
public fun ring(): Graph = Graph.ring()

/** Cells of a grid, row by row, that differ by one in at most [connectivity] directions. */
public fun grid(rows: Int, columns: Int, depth: Int = 1, connectivity: Int = 1): Graph =
  Graph.Grid(rows, columns, depth, connectivity)

/** Given edges: `edges(0 to 1, 1 to 2)`. */
public fun edges(vararg pairs: Pair<Int, Int>): Graph =
  Graph.edges(pairs.flatMap { listOf(it.first, it.second) })

/** The edges in a file, one a line. */
public fun edges(file: Path): Graph = Graph.Edges(file.toString(), listOf())

/** Columns at places, each beside its [nearest] ones. */
public fun near(file: Path, nearest: Int): Graph = Graph.Near(file.toString(), nearest, 0.0)

/** Columns at places, each beside those up to a distance. */
public fun near(file: Path, within: Double): Graph = Graph.Near(file.toString(), 0, within)

/** Columns up to a distance of [radius] in another graph. */
public fun reach(graph: Graph, radius: Int): Graph = Graph.Reach(graph, radius)

/** The graph that the rows themselves tell, with a share [rate] of false neighbours. */
public fun found(rate: Double = Found.RATE): Found = Found(rate)

internal fun size(range: IntRange?): Size =
  range?.let { Size.between(it.first, it.last) } ?: Size.AUTO
