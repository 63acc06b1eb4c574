@file:JvmName("TablesOf")

package dev.espalier.kotlin

import dev.espalier.api.DrawRequest
import dev.espalier.api.Progress
import dev.espalier.api.Tasks
import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.Digest
import dev.espalier.runtime.Pipeline
import dev.espalier.tables.Csv
import dev.espalier.tables.CsvFormat
import dev.espalier.tables.EncoderOptions
import dev.espalier.tables.Schema
import dev.espalier.tables.Table
import dev.espalier.tables.TableModel
import java.nio.file.Path

/** The table in a CSV file; kinds that [schema] does not tell are inferred. */
public fun csv(
  path: Path,
  separator: Char = CsvFormat.STANDARD.separator,
  schema: Schema = Schema.none(),
): Table = Csv.read(path, CsvFormat.STANDARD.withSeparator(separator), schema)

/** The table in a CSV file; kinds that [schema] does not tell are inferred. */
public fun csv(
  path: String,
  separator: Char = CsvFormat.STANDARD.separator,
  schema: Schema = Schema.none(),
): Table = csv(Path.of(path), separator, schema)

/** Learns a table. */
public fun Pipeline.fit(
  table: Table,
  options: EncoderOptions = EncoderOptions.STANDARD,
  progress: Progress = Progress.silent(),
): TableModel = TableModel.fit(table, this, options, progress)

/** Draws [count] rows from row [first] on; row i depends on the model, the seed and i alone. */
public fun TableModel.draw(
  count: Int,
  first: Long = 0,
  seed: Long = fitted().pipeline().seed(),
  tasks: Tasks = Tasks.threads(Runtime.getRuntime().availableProcessors()),
  progress: Progress = Progress.silent(),
): Table = draw(DrawRequest.Rows.range(first, count), seed, tasks, progress)

/** Keeps the model in a file. */
public fun TableModel.save(path: String): Digest = save(Path.of(path))

/** The model that a file keeps. */
public fun tableModel(path: String, catalogue: Catalogue = Catalogue.discover()): TableModel =
  TableModel.load(Path.of(path), catalogue)

/** Writes the table to a CSV file. */
public fun Table.writeCsv(path: String): Unit = Csv.write(this, Path.of(path))
