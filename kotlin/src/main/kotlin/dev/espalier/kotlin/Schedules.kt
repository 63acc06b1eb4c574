@file:JvmName("Schedules")

package dev.espalier.kotlin

import dev.espalier.samplers.Edm
import dev.espalier.samplers.Flow
import dev.espalier.samplers.Ou
import dev.espalier.samplers.Ve
import dev.espalier.samplers.VpCosine
import dev.espalier.samplers.VpLinear

/** The Ornstein–Uhlenbeck process up to time [horizon]. */
public fun ou(horizon: Double = Ou.HORIZON): Ou = Ou(horizon)

/** Variance preserved, with a rate of noise that grows linearly. */
public fun vpLinear(
  betaMin: Double = VpLinear.BETA_MIN,
  betaMax: Double = VpLinear.BETA_MAX,
): VpLinear = VpLinear(betaMin, betaMax)

/** Variance preserved, with a signal that falls as a cosine. */
public fun vpCosine(offset: Double = VpCosine.OFFSET): VpCosine = VpCosine(offset)

/** Noise that grows geometrically beside an unchanged signal. */
public fun ve(sigmaMin: Double = Ve.SIGMA_MIN, sigmaMax: Double = Ve.SIGMA_MAX): Ve =
  Ve(sigmaMin, sigmaMax)

/** Noise that grows linearly beside an unchanged signal. */
public fun edm(sigmaMax: Double = Edm.SIGMA_MAX): Edm = Edm(sigmaMax)

/** The straight line from the row to noise. */
public fun flow(): Flow = Flow()
