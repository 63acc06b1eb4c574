package dev.espalier.kotlin

import dev.espalier.api.Density
import dev.espalier.api.Labels
import dev.espalier.api.NoiseLevel
import dev.espalier.api.Strata
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

class ScoresTest {

  @TempDir lateinit var folder: Path

  private val rows = samplesOf(doubleArrayOf(1.0, 2.0), doubleArrayOf(3.0, 5.0), DoubleArray(2))
  private val model = pipeline(isotropic(), heun(steps = 8), seed = 7).fit(rows)

  @Test
  fun `a score is asked as a function`() {
    val level = NoiseLevel(0.8, 0.5)
    // region score
    val score = model.score()
    val all = score(level, rows)
    val means = score.posteriorMean(level, rows)
    // endregion
    for (i in 0 until rows.count()) {
      val x = rows.row(i)
      assertEquals(all.row(i).toList(), model.score()(level, x).toList())
      assertEquals(means.row(i).toList(), model.score().posteriorMean(level, x).toList())
      for (j in 0..1) {
        assertEquals(all[i, j], (level.a() * means[i, j] - x[j]) / level.b(), 1e-12)
      }
    }
  }

  @Test
  fun `what is not there is null`() {
    assertNotNull(model.score().ability<Density>())
    assertNull(model.score().ability<Strata>())
    val species = Labels.of("species", listOf("a", "b"), intArrayOf(0, 1, 0))
    val labelled = rows.withLabels(listOf(species))
    assertEquals(species, labelled.labels("species"))
    assertNull(labelled.labels("island"))
    val joined = labelled + labelled[0..1]
    assertEquals(listOf(0, 1, 0, 0, 1), (0 until 5).map { joined.labels("species")?.code(it) })
  }

  @Test
  fun `a category is given as a pair`() {
    val species = Labels.of("species", listOf("a", "b"), IntArray(20) { it % 2 })
    val apart = samplesOf(*Array(20) { i -> doubleArrayOf(i % 3 + 100.0 * (i % 2)) })
    val law =
      pipeline(stratified("species") { gaussian() })
        .fit(apart.withLabels(listOf(species)))
        .given("species" to "b")
    assertEquals(101.0, law.draw(20).rows().map { it[0] }.average(), 5.0)
  }

  @Test
  fun `a model is kept and found again`() {
    val file = folder.resolve("model.esp").toString()
    model.save(file)
    assertEquals(model.draw(5), fitted(file).draw(5))
    assertEquals(model.pipeline(), pipeline(model.pipeline().expression()))
  }

  @Test
  fun `structure is looked for`() {
    val line = samplesOf(*Array(60) { i -> doubleArrayOf(i % 11.0, 2.0 * (i % 11), i % 7.0) })
    val findings = line.discover(rank(1..2))
    assertEquals(listOf("rank"), findings.evidence().map { it.structure() }.filter { it == "rank" })
  }
}
