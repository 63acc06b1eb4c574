@file:JvmName("Strata")

package dev.espalier.kotlin

import dev.espalier.api.ScoreEstimator
import dev.espalier.plugins.stratified.Stratified

/** One inner score for every category of a label: `stratified("species") { gmm() }`. */
public inline fun stratified(by: String, inner: () -> ScoreEstimator): ScoreEstimator =
  Stratified.by(by).around(inner())
