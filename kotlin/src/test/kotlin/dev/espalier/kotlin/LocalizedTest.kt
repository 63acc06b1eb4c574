package dev.espalier.kotlin

import dev.espalier.api.Graph
import dev.espalier.api.ScoreEstimator
import dev.espalier.api.Size
import dev.espalier.estimators.closedform.Gaussian
import dev.espalier.estimators.closedform.MarkovField
import dev.espalier.plugins.localized.Localized
import dev.espalier.plugins.localized.Wider
import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.Expressions
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class LocalizedTest {

  private fun parse(text: String): ScoreEstimator =
    Expressions(Catalogue.discover()).parse(ScoreEstimator::class.java, text)

  @Test
  fun `windows are the same by Kotlin, by Java and by expression`() {
    val byJava = Localized.on(Graph.grid(8, 8)).withRadius(2).around(Gaussian())
    assertEquals(byJava, localized(grid(8, 8), radius = 2) { Gaussian() })
    assertEquals(parse("localized(radius=2, graph=grid(8,8), inner=gaussian())"), byJava)
    assertEquals(
      parse("localized(graph=ring(), radius=0..4, share=true, inner=gmm(components=3))"),
      localized(ring(), radius = 0..4, share = true) { gmm(components = 3) },
    )
    assertEquals(parse("localized(inner=gaussian())"), localized { Gaussian() })
    assertEquals(
      Localized(Graph.chain(), Size.of(1), listOf(Wider(2.4, 8)), true).around(Gaussian()),
      localized(radius = 1, wider = mapOf(2.4 to 8), share = true) { Gaussian() },
    )
  }

  @Test
  fun `graphs and fields have names of their own`() {
    assertEquals(Graph.Grid(2, 3, 4, 2), grid(2, 3, depth = 4, connectivity = 2))
    assertEquals(Graph.edges(listOf(0, 1, 1, 2)), edges(0 to 1, 1 to 2))
    assertEquals(Graph.Edges("pairs.txt", listOf()), edges(Path.of("pairs.txt")))
    assertEquals(Graph.Near("places.txt", 4, 0.0), near(Path.of("places.txt"), nearest = 4))
    assertEquals(Graph.Near("places.txt", 0, 1.5), near(Path.of("places.txt"), within = 1.5))
    assertEquals(MarkovField.on(Graph.chain()), markovField())
  }

  @Test
  fun `windows are learned and drawn from in a pipeline`() {
    val rows = samplesOf(*Array(40) { i -> DoubleArray(4) { j -> (i * (j + 1) % 7).toDouble() } })
    val model = pipeline {
      estimator(localized(chain(), radius = 1) { Gaussian() })
      sampler(heun(steps = 4))
    }
      .fit(rows)
    assertEquals(4, model.draw(2).columns())
  }
}
