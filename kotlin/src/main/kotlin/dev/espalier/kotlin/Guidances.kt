@file:JvmName("Guidances")

package dev.espalier.kotlin

import dev.espalier.samplers.ClassifierFree
import dev.espalier.samplers.Dps
import dev.espalier.samplers.Isotropic
import dev.espalier.samplers.Matching
import dev.espalier.samplers.Repaint
import dev.espalier.samplers.Replacement

/** Guidance by the right mean and covariance of the clean row. */
public fun matching(): Matching = Matching()

/** Guidance by one variance of the clean row in every direction. */
public fun pigdm(): Isotropic = Isotropic()

/** Guidance down the gradient of the distance to what was observed. */
public fun dps(strength: Double = Dps.STRENGTH): Dps = Dps(strength)

/** What was observed in place of what is drawn. */
public fun replacement(): Replacement = Replacement()

/** As [replacement], with every step taken so many [times]. */
public fun repaint(times: Int = Repaint.TIMES): Repaint = Repaint(times)

/** The score of a category and, by [weight], beyond. */
public fun classifierFree(weight: Double = ClassifierFree.WEIGHT): ClassifierFree =
  ClassifierFree(weight)
