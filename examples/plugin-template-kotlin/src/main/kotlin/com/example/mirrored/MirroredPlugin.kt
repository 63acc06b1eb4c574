package com.example.mirrored

import dev.espalier.api.Plugin
import dev.espalier.api.Provider
import dev.espalier.api.Structure

/** Makes [Mirrored] available as `mirrored(images=…, inner=…)`. */
public class MirroredPlugin : Plugin {
  // region plugin
  override fun providers(): List<Provider<*>> =
    listOf(
      Provider.of(
        Structure::class.java,
        MirroredScore.PROVIDER,
        Mirrored::class.java,
        "two inner scores, of what mirror images share and of what they do not",
        MirroredScore::read,
      )
    )
  // endregion
}
