package com.example.mirrored

import dev.espalier.api.FitRequest
import dev.espalier.api.NoiseLevel
import dev.espalier.api.Plugin
import dev.espalier.api.Samples
import dev.espalier.api.Score
import dev.espalier.api.Structure
import dev.espalier.estimators.closedform.ClosedFormPlugin
import dev.espalier.estimators.closedform.Gaussian
import dev.espalier.testkit.Law
import dev.espalier.testkit.PluginContract
import dev.espalier.testkit.ScoreContract
import dev.espalier.testkit.StructureContract
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Nested
import org.junit.jupiter.api.Test

/** What every plugin, structure and score must satisfy, and what this structure promises. */
class MirroredPluginTest {

  // region contracts
  @Nested
  inner class OfThePlugin : PluginContract() {
    override fun plugin(): Plugin = MirroredPlugin()

    override fun settings(): List<Mirrored> = listOf(Mirrored(true), Mirrored(false))
  }

  @Nested
  inner class OfTheStructure : StructureContract() {
    override fun structure(): Structure = Mirrored(true)

    override fun rows(): Samples = Law.standardNormal(5).rows(60, 1)
  }

  @Nested
  inner class OfTheScores : ScoreContract() {
    override fun scores(): List<Score> = listOf(1, 4, 5).map { fitted(it) }

    override fun plugins(): List<Plugin> = listOf(MirroredPlugin(), ClosedFormPlugin())
  }

  // endregion

  private fun fitted(columns: Int): Score =
    Mirrored(true).fit(FitRequest.of(Law.standardNormal(columns).rows(60, 1)), Gaussian())

  @Test
  fun `the posterior mean of a mirror image is the image of the posterior mean`() {
    val x = Law.standardNormal(5).rows(1, 2).row(0)
    val mean = DoubleArray(5)
    val image = DoubleArray(5)
    fitted(5).posteriorMean(NoiseLevel(1.0, 0.5), x, mean)
    fitted(5).posteriorMean(NoiseLevel(1.0, 0.5), x.reversedArray(), image)
    for (j in 0 until 5) {
      assertEquals(mean[j], image[4 - j], 1e-12)
    }
  }
}
