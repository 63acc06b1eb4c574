package dev.espalier.kotlin

import com.google.inject.Guice
import com.google.inject.Key
import com.google.inject.Stage
import com.google.inject.multibindings.OptionalBinder
import dev.espalier.api.Density
import dev.espalier.api.Sampler
import dev.espalier.api.Samples
import dev.espalier.api.ScoreEstimator
import dev.espalier.api.Streams
import dev.espalier.estimators.network.Network
import dev.espalier.estimators.network.Parametrisation
import dev.espalier.plugins.gmm.Gmm
import dev.espalier.plugins.stratified.Stratified
import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.EspalierModule
import dev.espalier.runtime.Expressions
import dev.espalier.runtime.Pipeline
import dev.espalier.runtime.PipelineModule
import dev.espalier.runtime.Seed
import dev.espalier.samplers.Samplers
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertNotNull
import org.junit.jupiter.api.Test

class PipelineTest {

  private val rows: Samples = run {
    val random = Streams(1).stream("rows", 0)
    samplesOf(*Array(300) { i -> DoubleArray(2) { random.nextGaussian() + 4 * (i % 2) } })
  }

  @Test
  fun `a pipeline is the same by Kotlin, by hand, by expression and by injection`() {
    val kotlin = pipeline {
      estimator(gmm(components = 2))
      sampler(heun(steps = 16))
      seed(7)
    }
    val byHand =
      Pipeline.builder().estimator(Gmm.components(2)).sampler(Samplers.heun(16)).seed(7).build()
    val byExpression =
      Pipeline.parse(
        "pipeline(estimator=gmm(components=2), sampler=heun(steps=16), seed=7)",
        Catalogue.discover(),
      )
    val injected =
      Guice.createInjector(
          Stage.PRODUCTION,
          EspalierModule(),
          PipelineModule.of { parts ->
            parts.bind(ScoreEstimator::class.java).toInstance(Gmm.components(2))
            OptionalBinder.newOptionalBinder(parts, Sampler::class.java)
              .setBinding()
              .toInstance(Samplers.heun(16))
            OptionalBinder.newOptionalBinder(
                parts,
                Key.get(Long::class.javaObjectType, Seed::class.java),
              )
              .setBinding()
              .toInstance(7L)
          },
        )
        .getInstance(Pipeline::class.java)
    assertEquals(byHand, kotlin)
    assertEquals(byHand, injected)
    assertEquals(byExpression, kotlin)
    assertEquals(byHand.expression(), kotlin.expression())
    assertEquals(byExpression.expression(), kotlin.expression())
    assertEquals(injected.expression(), kotlin.expression())
    val expected = byHand.fit(rows).draw(100)
    assertEquals(expected, kotlin.fit(rows).draw(100))
    assertEquals(expected, byExpression.fit(rows).draw(100))
    assertEquals(expected, injected.fit(rows).draw(100))
  }

  @Test
  fun `a row is drawn by its index`() {
    val model = pipeline { estimator(gmm(components = 1..2)) }.fit(rows)
    val all = model.draw(50)
    val some = model.draw(count = 20, first = 10)
    assertEquals(all.rows(10, 30), some)
    assertEquals(all[10, 1], some[0, 1])
    assertEquals(all.row(49).toList(), all.rows().last().toList())
  }

  @Test
  fun `conditioning fixes the columns given`() {
    val model = pipeline { estimator(gmm(components = 2)) }.fit(rows).given(0 to 4.0)
    assertEquals(4.0, model.draw(1)[0, 0], 1e-12)
    assertNotNull(model.score().ability<Density>())
  }

  @Test
  fun `a network is the same by Kotlin, by hand and by expression`() {
    val kotlin = network {
      hidden(16, 16)
      steps(40)
      batch(32)
      parametrisation(Parametrisation.V)
    }
    val byHand = Network.hidden(16, 16).steps(40).batch(32).parametrisation(Parametrisation.V)
    val byExpression =
      Expressions(Catalogue.discover())
        .parse(
          ScoreEstimator::class.java,
          "network(hidden=[16,16], parametrisation=v, steps=40, batch=32)",
        )
    assertEquals(byHand, kotlin)
    assertEquals(byExpression, kotlin)
    assertEquals(Network.STANDARD, network())
    fun fitted(of: ScoreEstimator) = pipeline { estimator(of) }.fit(rows).draw(20)
    assertEquals(fitted(byExpression), fitted(kotlin))
  }

  @Test
  fun `structures nest as blocks`() {
    assertEquals(
      Stratified.by("species").around(Gmm.components(3)),
      stratified("species") { gmm(components = 3) },
    )
  }
}
