package dev.espalier.examples.kotlin

import dev.espalier.kotlin.gaussian
import dev.espalier.kotlin.heun
import dev.espalier.kotlin.pipeline
import dev.espalier.kotlin.stratified
import groovy.lang.GroovyShell
import java.net.URLClassLoader
import java.nio.file.Path
import kotlin.io.path.createDirectory
import kotlin.io.path.writeText
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Tag
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Pipelines composed in Groovy and in Scala are those of Kotlin. */
class OtherLanguagesTest {

  private val kotlin =
    pipeline(stratified("kind") { gaussian() }, sampler = heun(steps = 8), seed = 7)

  @TempDir lateinit var folder: Path

  @Test
  fun `groovy composes a pipeline`() {
    val made =
      GroovyShell()
        .evaluate(
          """
          import dev.espalier.estimators.closedform.Gaussian
          import dev.espalier.plugins.stratified.Stratified
          import dev.espalier.runtime.Pipeline
          import dev.espalier.samplers.Samplers

          Pipeline.builder().with {
            estimator(Stratified.by('kind').around(new Gaussian()))
            sampler(Samplers.heun(8))
            seed(7)
            build()
          }
          """
            .trimIndent()
        )
    assertEquals(kotlin, made)
    assertEquals("$kotlin", "$made")
  }

  @Tag("long") // a whole compiler
  @Test
  fun `scala composes a pipeline`() {
    val source = folder.resolve("Compose.scala")
    source.writeText(
      """
      import dev.espalier.api.{NoiseLevel, Score}
      import dev.espalier.estimators.closedform.Gaussian
      import dev.espalier.plugins.stratified.Stratified
      import dev.espalier.runtime.Pipeline
      import dev.espalier.samplers.Samplers

      object Compose:
        def pipeline(): Pipeline =
          Pipeline.builder
            .estimator(Stratified.by("kind").around(Gaussian()))
            .sampler(Samplers.heun(8))
            .seed(7)
            .build

        def ask(score: Score, row: Array[Double]): Array[Double] =
          val out = new Array[Double](row.length)
          score.posteriorMean(NoiseLevel(1, 0.5), row, out)
          out
      """
        .trimIndent()
    )
    val classes = folder.resolve("classes").createDirectory()
    val said = dotty.tools.dotc.Main.process(arrayOf("-usejavacp", "-d", "$classes", "$source"))
    assertFalse(said.hasErrors())
    URLClassLoader(arrayOf(classes.toUri().toURL()), javaClass.classLoader).use { loader ->
      val made = loader.loadClass("Compose").getMethod("pipeline").invoke(null)
      assertEquals(kotlin, made)
      assertEquals("$kotlin", "$made")
    }
  }
}
