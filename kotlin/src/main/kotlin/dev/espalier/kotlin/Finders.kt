@file:JvmName("Finders")

package dev.espalier.kotlin

import dev.espalier.api.FitRequest
import dev.espalier.api.Graph
import dev.espalier.api.Samples
import dev.espalier.api.StructureFinder
import dev.espalier.estimators.closedform.NoneFinder
import dev.espalier.plugins.gmm.MixtureFinder
import dev.espalier.plugins.localized.LocalityFinder
import dev.espalier.plugins.subspace.RankFinder
import dev.espalier.runtime.Catalogue
import dev.espalier.runtime.Discovery
import dev.espalier.runtime.Findings

/** Looks for the dimension of a subspace near which rows lie. */
public fun rank(rank: IntRange? = null): RankFinder = RankFinder(size(rank))

/** Looks for windows in a graph, or in one that is found in the rows. */
public fun locality(graph: Graph = found()): LocalityFinder = LocalityFinder(graph)

/** Looks for components of a mixture. */
public fun mixture(components: IntRange? = null): MixtureFinder = MixtureFinder(size(components))

/** No structure: what any other must beat. */
public fun none(): NoneFinder = NoneFinder()

/**
 * What all finders of the class path say about the rows; those given stand in for the ones of the
 * same names.
 */
public fun Samples.discover(vararg finders: StructureFinder): Findings =
  finders
    .fold(Discovery.of(Catalogue.discover())) { discovery, finder -> discovery.with(finder) }
    .run(FitRequest.of(this))
