@file:JvmName("Conditions")

package dev.espalier.kotlin

import dev.espalier.api.Guidance
import dev.espalier.api.Observation
import dev.espalier.api.Progress
import dev.espalier.api.Tasks
import dev.espalier.runtime.Fitted
import dev.espalier.tables.Completion
import dev.espalier.tables.Condition
import dev.espalier.tables.Fill
import dev.espalier.tables.Table
import dev.espalier.tables.TableModel
import java.util.Optional

/** The law of the rows of one category: `model.given("species" to "Adelie")`. */
public fun Fitted.given(label: Pair<String, String>): Fitted =
  given(Observation.label(label.first, label.second))

/** The law given a column in a range: `model.given(3, 1.5..2.0)`. */
public fun Fitted.given(column: Int, range: ClosedFloatingPointRange<Double>): Fitted =
  given(Observation.range(column, range.start, range.endInclusive))

/** The law given cells as a CSV file has them: `model.given("species" to "Adelie")`. */
public fun TableModel.given(vararg cells: Pair<String, String>): TableModel =
  given(cells.map { (column, cell) -> Condition.cell(column, cell) })

/** The law given a number in a range: `model.given("body_mass_g", 4000.0..5000.0)`. */
public fun TableModel.given(column: String, range: ClosedFloatingPointRange<Double>): TableModel =
  given(listOf(Condition.within(column, range.start, range.endInclusive)))

/** Fills the blanks of [table], every row [draws] times. */
public fun TableModel.complete(
  table: Table,
  draws: Int = 1,
  seed: Long = fitted().pipeline().seed(),
  guidance: Guidance? = null,
  tasks: Tasks = Tasks.threads(Runtime.getRuntime().availableProcessors()),
  progress: Progress = Progress.silent(),
): Completion = complete(table, Fill(draws, seed, Optional.ofNullable(guidance)), tasks, progress)
