package dev.espalier.kotlin

import java.net.URLClassLoader
import java.nio.file.Path
import kotlin.io.path.readText
import kotlin.io.path.writeText
import org.jetbrains.kotlin.cli.common.ExitCode
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir
import tools.jackson.databind.ObjectMapper

/** The cells of the notebook compile and run, one after the other. */
@Tag("long") // a whole compiler
class NotebookTest {

  @TempDir lateinit var folder: Path

  /** The lines of code in all cells; files are read from where this test runs. */
  private fun lines(notebook: Path): List<String> =
    ObjectMapper()
      .readTree(notebook.readText())
      .path("cells")
      .values()
      .filter { it.path("cell_type").asString() == "code" }
      .flatMap { cell -> cell.path("source").values().map { it.asString().trimEnd() } }
      .filter { !it.startsWith("@file:") }
      .map { it.replace("\"examples/", "\"../examples/") }

  @Test
  fun `the notebook runs from top to bottom`() {
    val (imports, body) =
      lines(Path.of("../examples/notebooks/penguins.ipynb")).partition { it.startsWith("import ") }
    assertTrue(body.size > 15, "lines: ${body.size}")
    val source = folder.resolve("notebook.kt")
    source.writeText((imports + "fun notebook() {" + body + "}").joinToString("\n"))
    val compiling = Compiling(source)
    assertEquals(ExitCode.OK, compiling.code, compiling.text)
    val parent = Thread.currentThread().contextClassLoader
    URLClassLoader(arrayOf(compiling.classes.toUri().toURL()), parent).use { loader ->
      loader.loadClass("NotebookKt").getMethod("notebook").invoke(null)
    }
  }
}
