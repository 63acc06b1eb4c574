package dev.espalier.examples.kotlin

import dev.espalier.kotlin.csv
import dev.espalier.kotlin.fit
import dev.espalier.kotlin.given
import dev.espalier.kotlin.gmm
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.stratified
import dev.espalier.tables.Csv
import dev.espalier.tables.Table
import java.util.Locale

/** How do I get rows like those of a CSV file, of the same types? */
public object SyntheticPenguins {

  /** Prints five drawn penguins, three drawn Gentoos, and mean body masses beside the real ones. */
  @JvmStatic
  public fun main(vararg arguments: String) {
    val file = arguments.firstOrNull() ?: "examples/data/penguins.csv"
    // region fit
    val penguins = csv(file)
    val pipeline = pipeline {
      estimator(stratified("species") { gmm(components = 1..3) })
      seed(7)
    }
    val model = pipeline.fit(penguins)
    val drawn = model.draw(2_000)
    println(Csv.print(drawn.rows(0, 5)))
    println(Csv.print(model.given("species" to "Gentoo").draw(3)))
    // endregion
    println("species      real g   drawn g")
    for (each in penguins.column("species").field().categories) {
      println("%-10s %8.0f %9.0f".format(Locale.ROOT, each, penguins.mass(each), drawn.mass(each)))
    }
  }

  /** The mean body mass of a species, in grams. */
  private fun Table.mass(species: String): Double {
    val kinds = column("species")
    val masses = column("body_mass_g")
    return (0 until count())
      .filter { kinds.text(it) == species && !masses.missing(it) }
      .map { masses.number(it) }
      .average()
  }
}
