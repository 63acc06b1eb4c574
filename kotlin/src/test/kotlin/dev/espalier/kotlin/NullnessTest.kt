package dev.espalier.kotlin

import java.nio.file.Path
import kotlin.io.path.writeText
import org.jetbrains.kotlin.cli.common.ExitCode
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Nulls where none may be, and nulls that are not looked at, do not compile. */
@Tag("long") // a whole compiler
class NullnessTest {

  @TempDir lateinit var folder: Path

  /** Lines that end in `// refused` must not compile, all others must. */
  private val source =
    """
    import dev.espalier.api.*
    import dev.espalier.kotlin.*
    import dev.espalier.runtime.*
    import dev.espalier.tables.*

    fun drawn(rows: Samples): Samples = pipeline(gmm(components = 2)).fit(rows).draw(3)
    fun cell(samples: Samples): Double = samples[0, 1]
    fun text(column: Column): String = column.text(0) ?: "missing"
    fun plain(column: Column): String = column.text(0) // refused
    fun unlabelled(rows: Samples): Int = rows.labels("species").count() // refused
    fun labelled(rows: Samples): Int? = rows.labels("species")?.count()
    fun blind(score: Score): Any = score.ability<Density>().hashCode()
    fun density(score: Score): Density = score.ability<Density>() // refused
    fun nothing(): Fitted = pipeline(gmm()).fit(null) // refused
    fun none(rows: Samples): Fitted = pipeline(gmm()).fit(rows, null) // refused
    fun given(model: Fitted): Fitted = model.given(null as Observation?) // refused
    fun cells(model: TableModel): TableModel = model.given("species" to null) // refused
    fun parts(): Pipeline = pipeline { estimator(null) } // refused
    fun holes(): Catalogue = Catalogue.of(listOf(null)) // refused
    fun rows(): Samples = samplesOf(null) // refused
    fun word(): Pipeline = Pipeline.parse(null, Catalogue.discover()) // refused
    """
      .trimIndent()

  @Test
  fun `nulls are refused by the compiler`() {
    val file = folder.resolve("nullness.kt")
    file.writeText(source)
    val compiling = Compiling(file)
    assertEquals(ExitCode.COMPILATION_ERROR, compiling.code, compiling.text)
    val refused =
      source.lines().withIndex().filter { it.value.endsWith("// refused") }.map { it.index + 1 }
    assertEquals(refused, compiling.linesWithErrors(), compiling.text)
  }
}
