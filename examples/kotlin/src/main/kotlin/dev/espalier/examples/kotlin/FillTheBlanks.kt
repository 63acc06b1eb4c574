package dev.espalier.examples.kotlin

import dev.espalier.kotlin.complete
import dev.espalier.kotlin.csv
import dev.espalier.kotlin.fit
import dev.espalier.kotlin.gmm
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.stratified
import dev.espalier.tables.Csv
import dev.espalier.tables.Table

/** What stood in the blank cells of a table of words and numbers? */
public object FillTheBlanks {
  /** Prints the rows with blanks, five ways to fill one of them, and how they were filled. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    val file = arguments.firstOrNull() ?: "examples/data/penguins.csv"
    // region fill
    val penguins = csv(file)
    val model = pipeline(stratified("species") { gmm(components = 1) }).fit(penguins)
    val blank = penguins.rows(withBlanks(penguins))
    val filled = model.complete(blank, draws = 5, seed = 7)
    // endregion
    println("${blank.count()} rows have blanks, ${blanks(blank)} in all; such as")
    println(Csv.print(blank.rows(0, 1)))
    println("five times filled, " + filled.answers().keys.joinToString(" and "))
    println(Csv.print(filled.rows().rows(0, 5)))
    println("${blanks(filled.rows())} blanks are left")
  }

  private fun withBlanks(table: Table): IntArray =
    (0 until table.count()).filter { i -> table.columns().any { it.missing(i) } }.toIntArray()

  private fun blanks(table: Table): Int = table.columns().sumOf { it.missing() }
}
