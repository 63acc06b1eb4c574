@file:JvmName("Targets")

package dev.espalier.kotlin

import dev.espalier.api.TrainingTarget
import dev.espalier.plugins.bootstrapped.Bootstrapped
import dev.espalier.plugins.bootstrapped.Reference

/** The clean row, as a target. */
public fun denoising(): TrainingTarget = TrainingTarget.denoising()

/** The score learned earlier on a path, as a target at and below the log SNR [from]. */
public fun bootstrapped(
  weights: Bootstrapped.Weights = Bootstrapped.standard().weights(),
  from: Double = Bootstrapped.standard().from(),
  first: TrainingTarget = Bootstrapped.standard().first(),
): Bootstrapped = Bootstrapped(weights, from, first)

/** The posterior mean over [rows] clean rows beside the row's own, as a target. */
public fun reference(rows: Int): Reference = Reference(rows)
