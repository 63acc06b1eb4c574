@file:JvmName("Grids")

package dev.espalier.kotlin

import dev.espalier.api.NoiseSchedule
import dev.espalier.samplers.Bound
import dev.espalier.samplers.Cosine
import dev.espalier.samplers.Focus
import dev.espalier.samplers.Karras
import dev.espalier.samplers.LevelLoss
import dev.espalier.samplers.LiCaiWei
import dev.espalier.samplers.LiYan
import dev.espalier.samplers.LossAdaptive
import dev.espalier.samplers.Ou
import dev.espalier.samplers.UniformLogSnr
import dev.espalier.samplers.UniformTime

/** Levels that are dense where signal and noise are even; ends of null are the usual ones. */
public fun focus(
  width: Double = Focus.WIDTH,
  noisiest: Double? = null,
  cleanest: Double? = null,
): Focus = Focus(width, bound(noisiest), bound(cleanest))

/** The time of a noise schedule, divided evenly. */
public fun uniform(schedule: NoiseSchedule = Ou.standard()): UniformTime = UniformTime(schedule)

/** Log signal-to-noise ratios, divided evenly; ends of null are the usual ones. */
public fun logSnr(noisiest: Double? = null, cleanest: Double? = null): UniformLogSnr =
  UniformLogSnr(bound(noisiest), bound(cleanest))

/** Log signal-to-noise ratios along a cosine; ends of null are the usual ones. */
public fun cosine(noisiest: Double? = null, cleanest: Double? = null): Cosine =
  Cosine(bound(noisiest), bound(cleanest))

/** Roots of the deviation of the noise, divided evenly; ends of null are the usual ones. */
public fun karras(
  rho: Double = Karras.RHO,
  sigmaMin: Double? = null,
  sigmaMax: Double? = null,
): Karras = Karras(rho, bound(sigmaMin), bound(sigmaMax))

/** The levels of Li, Cai and Wei (2025). */
public fun liCaiWei(c0: Double = LiCaiWei.C0, c1: Double = LiCaiWei.C1): LiCaiWei = LiCaiWei(c0, c1)

/** The levels of Li and Yan. */
public fun liYan(c0: Double = LiYan.C0, c1: Double = LiYan.C1): LiYan = LiYan(c0, c1)

/**
 * Levels dense where the loss changes: [losses] by log signal-to-noise ratio, or none to measure.
 */
public fun lossAdaptive(
  losses: Map<Double, Double> = mapOf(),
  noisiest: Double? = null,
  cleanest: Double? = null,
): LossAdaptive =
  LossAdaptive(
    losses.toSortedMap().map { (logSnr, loss) -> LevelLoss(logSnr, loss) },
    bound(noisiest),
    bound(cleanest),
  )

private fun bound(value: Double?): Bound = value?.let(Bound::of) ?: Bound.AUTO
