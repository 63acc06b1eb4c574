package dev.espalier.formats.dataframe

import dev.espalier.plugins.gmm.Gmm
import dev.espalier.runtime.Pipeline
import dev.espalier.tables.Csv
import dev.espalier.tables.Kind
import dev.espalier.tables.Schema
import dev.espalier.tables.TableModel
import java.nio.file.Path
import java.time.LocalDate
import org.jetbrains.kotlinx.dataframe.api.dataFrameOf
import org.jetbrains.kotlinx.dataframe.api.filter
import org.jetbrains.kotlinx.dataframe.api.toColumn
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test

class DataFramesTest {

  private val penguins = Csv.read(Path.of("../../examples/data/penguins.csv"))

  @Test
  fun `a table goes to a data frame and back`() {
    val frame = penguins.toDataFrame()
    assertEquals(penguins.names(), frame.columnNames())
    assertEquals(penguins.count(), frame.rowsCount())
    assertEquals(39.1, frame["bill_length_mm"][0])
    assertEquals(3750L, frame["body_mass_g"][0])
    assertEquals("Adelie", frame["species"][0])
    assertNull(frame["body_mass_g"][3])
    assertEquals(Csv.print(penguins), Csv.print(frame.toTable(Schema.of(penguins))))
  }

  @Test
  fun `what was filtered as a data frame is learned as a table`() {
    // region frames
    val gentoos = penguins.toDataFrame().filter { it["species"] == "Gentoo" }.toTable()
    val pipeline = Pipeline.builder().estimator(Gmm.components(1)).seed(7).build()
    val drawn = TableModel.fit(gentoos, pipeline).draw(20).toDataFrame()
    // endregion
    assertEquals(20, drawn.rowsCount())
    assertEquals(setOf<Any?>("Gentoo"), drawn["species"].toList().toSet())
  }

  @Test
  fun `days and words with quotes stay what they are`() {
    val frame =
      dataFrameOf(
        listOf<LocalDate?>(LocalDate.of(2024, 2, 29), null, LocalDate.of(2025, 1, 1))
          .toColumn("day"),
        listOf("say \"so\"", "a, b", "a, b").toColumn("word"),
      )
    val table = frame.toTable()
    assertEquals(Kind.DATE, table.column("day").kind())
    assertEquals("say \"so\"", table.column("word").text(0))
    assertEquals(frame["day"].toList(), table.toDataFrame()["day"].toList())
  }
}
