package dev.espalier.kotlin

import dev.espalier.api.Graph
import dev.espalier.api.Guidance
import dev.espalier.api.NoiseSchedule
import dev.espalier.api.Sampler
import dev.espalier.api.ScoreEstimator
import dev.espalier.api.StructureFinder
import dev.espalier.api.TimeGrid
import dev.espalier.api.TrainingTarget
import dev.espalier.estimators.network.Engine
import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.Expressions
import dev.espalier.runtime.Pipeline
import java.nio.file.Path
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

/** Everything that has a name in expressions has a function in Kotlin, with the same defaults. */
class NamesTest {

  private val catalogue = Catalogue.discover()
  private val expressions = Expressions(catalogue)

  private val estimators: Map<String, ScoreEstimator> =
    mapOf(
      "gaussian()" to gaussian(),
      "isotropic()" to isotropic(),
      "kernel()" to kernel(),
      "kernel(bandwidth=0.5, neighbours=20)" to kernel(0.5, neighbours = 20),
      "levelwise([ridge(target=bootstrapped()), ridge()])" to
        levelwise(ridge(target = bootstrapped()), ridge()),
      "markovfield()" to markovField(),
      "ridge()" to ridge(),
      "ridge(penalty=0.1, target=reference(8))" to ridge(penalty = 0.1, target = reference(8)),
      "gmm()" to gmm(),
      "network()" to network(),
      "auto(budget=5, estimators=[gmm()])" to auto(5.0, listOf(gmm())),
      "stratified(species, inner=gaussian())" to stratified("species") { gaussian() },
      "labelled(species, inner=network())" to labelled("species") { network() },
      "subspace(inner=gaussian())" to subspace { gaussian() },
      "localized(inner=gaussian())" to localized { gaussian() },
    )

  private val others: Map<Class<out Any>, Map<String, Any>> =
    mapOf(
      Graph::class.java to
        mapOf(
          "chain()" to chain(),
          "ring()" to ring(),
          "grid(2,3)" to grid(2, 3),
          "edges(pairs=[0,1])" to edges(0 to 1),
          "near(file=a, nearest=2)" to near(Path.of("a"), nearest = 2),
          "reach(chain(), 2)" to reach(chain(), 2),
          "found()" to found(),
        ),
      Sampler::class.java to
        mapOf(
          "adaptive()" to adaptive(),
          "ancestral()" to ancestral(),
          "ddim()" to ddim(),
          "ddpm()" to ddpm(),
          "direct()" to direct(),
          "dpm()" to dpm(),
          "dpm2()" to dpm2(),
          "dpmsde()" to dpmSde(),
          "edmheun()" to edmHeun(),
          "euler()" to euler(),
          "heun(steps=8, grid=karras())" to (heun(8) along karras()),
          "langevin()" to langevin(),
          "lms()" to lms(),
          "midpoint()" to midpoint(),
          "pc()" to pc(),
          "posterior()" to posterior(),
          "unipc()" to unipc(),
        ),
      TimeGrid::class.java to
        mapOf(
          "focus()" to focus(),
          "uniform()" to uniform(),
          "logsnr(noisiest=-4)" to logSnr(noisiest = -4.0),
          "cosine()" to cosine(),
          "karras()" to karras(),
          "licaiwei()" to liCaiWei(),
          "liyan()" to liYan(),
          "lossadaptive()" to lossAdaptive(),
        ),
      NoiseSchedule::class.java to
        mapOf(
          "ou()" to ou(),
          "vplinear()" to vpLinear(),
          "vpcosine()" to vpCosine(),
          "ve()" to ve(),
          "edm()" to edm(),
          "flow()" to flow(),
        ),
      Guidance::class.java to
        mapOf(
          "matching()" to matching(),
          "pigdm()" to pigdm(),
          "dps()" to dps(),
          "replacement()" to replacement(),
          "repaint()" to repaint(),
          "classifierfree()" to classifierFree(),
        ),
      TrainingTarget::class.java to
        mapOf(
          "denoising()" to denoising(),
          "bootstrapped()" to bootstrapped(),
          "reference(16)" to reference(16),
        ),
      StructureFinder::class.java to
        mapOf(
          "rank()" to rank(),
          "locality()" to locality(),
          "mixture()" to mixture(),
          "none()" to none(),
        ),
    )

  @Test
  fun `what Kotlin makes is what the expression says`() {
    estimators.forEach { (text, made) ->
      assertEquals(
        expressions.print(expressions.parse(ScoreEstimator::class.java, text)),
        expressions.print(made),
        text,
      )
    }
    others.forEach { (role, byText) ->
      byText.forEach { (text, made) -> assertEquals(expressions.parse(role, text), made, text) }
    }
  }

  @Test
  fun `no name is without a function`() {
    val texts = estimators.keys + others.values.flatMap { it.keys }
    val covered = texts.map { it.substringBefore('(') }.toSet()
    val named =
      catalogue
        .providers()
        .filter { it.role() != Pipeline::class.java && it.role() != Engine::class.java }
        .map { it.name() }
    assertEquals(listOf<String>(), named.filter { it !in covered })
  }
}
