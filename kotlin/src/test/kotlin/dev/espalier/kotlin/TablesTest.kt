package dev.espalier.kotlin

import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.Pipeline
import dev.espalier.tables.Csv
import dev.espalier.tables.Kind
import dev.espalier.tables.Schema
import dev.espalier.tables.TableModel
import java.nio.file.Path
import kotlin.io.path.writeText
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class TablesTest {

  @TempDir lateinit var folder: Path

  private fun file(separator: Char): Path {
    val lines = (0 until 60).map { i -> "${i % 7}.5$separator${if (i % 3 == 0) "red" else "blue"}" }
    return folder.resolve("table.csv").apply {
      writeText("size${separator}colour\n" + lines.joinToString("\n") + "\n")
    }
  }

  @Test
  fun `a table is read, fitted and drawn as in Java`() {
    val path = file(',')
    val pipeline = pipeline {
      estimator(stratified("colour") { gmm(components = 1..2) })
      seed(7)
    }
    val kotlin = pipeline.fit(csv(path))
    val java = TableModel.fit(Csv.read(path), Pipeline.parse("$pipeline", Catalogue.discover()))
    assertEquals(java.draw(40), kotlin.draw(40))
    assertEquals(kotlin.draw(40).rows(10, 40), kotlin.draw(count = 30, first = 10))
    assertEquals(
      java.given("colour", "red").draw(9),
      kotlin.given("colour" to "red").draw(9, seed = 7),
    )
  }

  @Test
  fun `a separator and a schema can be told`() {
    val schema = folder.resolve("schema.json")
    schema.writeText("""{"columns": {"size": {"kind": "categorical"}}}""")
    val table = csv("${file(';')}", separator = ';', schema = Schema.read(schema))
    assertEquals(Kind.CATEGORICAL, table.column("size").kind())
    assertEquals(listOf("size", "colour"), table.names())
  }
}
