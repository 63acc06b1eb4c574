@file:JvmName("DataFrames")

package dev.espalier.formats.dataframe

import dev.espalier.tables.Column
import dev.espalier.tables.Kind
import dev.espalier.tables.Reading
import dev.espalier.tables.Schema
import dev.espalier.tables.Table
import dev.espalier.tables.TableFiles
import java.io.ByteArrayInputStream
import java.time.LocalDate
import java.time.LocalDateTime
import java.time.LocalTime
import org.jetbrains.kotlinx.dataframe.DataColumn
import org.jetbrains.kotlinx.dataframe.DataFrame
import org.jetbrains.kotlinx.dataframe.api.dataFrameOf
import org.jetbrains.kotlinx.dataframe.api.toColumn

/**
 * The table as a data frame: numbers as `Double` and `Long`, days, times and local moments as
 * `LocalDate`, `LocalTime` and `LocalDateTime`, all other kinds as the words they are; missing
 * cells as null.
 */
public fun Table.toDataFrame(): DataFrame<*> = dataFrameOf(columns().map { it.toDataColumn() })

private fun Column.toDataColumn(): DataColumn<*> {
  val cells = (0 until count()).map { if (missing(it)) null else text(it) }
  return when (kind()) {
    Kind.CONTINUOUS ->
      (0 until count()).map { if (missing(it)) null else number(it) }.toColumn(name())
    Kind.INTEGER -> cells.map { it?.toLong() }.toColumn(name())
    Kind.DATE -> cells.map { it?.let(LocalDate::parse) }.toColumn(name())
    Kind.TIME -> cells.map { it?.let(LocalTime::parse) }.toColumn(name())
    Kind.DATE_TIME -> cells.map { it?.let(LocalDateTime::parse) }.toColumn(name())
    else -> cells.toColumn(name())
  }
}

/**
 * The data frame as a table; kinds that [schema] does not tell are inferred from what the values
 * print as, as if they stood in a CSV file. Nulls are missing cells.
 *
 * @throws dev.espalier.api.InvalidDataException if the values break the schema
 */
public fun DataFrame<*>.toTable(schema: Schema = Schema.none()): Table {
  val lines = StringBuilder()
  columns().joinTo(lines, ",", postfix = "\n") { quoted(it.name()) }
  for (i in 0 until rowsCount()) {
    columns().joinTo(lines, ",", postfix = "\n") { column ->
      column[i]?.let { quoted("$it") } ?: ""
    }
  }
  val bytes = ByteArrayInputStream(lines.toString().toByteArray())
  return TableFiles.read("data frame", bytes, Reading.STANDARD.withSchema(schema))
}

private fun quoted(cell: String): String = "\"" + cell.replace("\"", "\"\"") + "\""
