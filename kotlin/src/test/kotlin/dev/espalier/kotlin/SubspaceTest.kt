package dev.espalier.kotlin

import dev.espalier.plugins.bootstrapped.Bootstrapped
import dev.espalier.plugins.subspace.Subspace
import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.Pipeline
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Test

class SubspaceTest {

  private fun parsed(estimator: String): Pipeline =
    Pipeline.parse("pipeline($estimator)", Catalogue.discover())

  @Test
  fun `subspaces and targets are those of expressions`() {
    assertEquals(
      parsed("subspace(rank=3, inner=gmm(components=2))"),
      pipeline { estimator(subspace(rank = 3) { gmm(components = 2) }) },
    )
    assertEquals(
      parsed("subspace(rank=1..4, inner=gmm())"),
      pipeline { estimator(subspace(rank = 1..4) { gmm() }) },
    )
    assertEquals(
      parsed("subspace(learn=joint, inner=network(target=bootstrapped()))"),
      pipeline {
        estimator(subspace(learn = Subspace.Learn.JOINT) { network { target(bootstrapped()) } })
      },
    )
    assertEquals(
      parsed("network(target=bootstrapped(erroraware, from=2, first=reference(32)))"),
      pipeline {
        estimator(
          network {
            target(bootstrapped(Bootstrapped.Weights.ERRORAWARE, from = 2.0, reference(32)))
          }
        )
      },
    )
  }
}
