/**
 * Strata: one inner score for every category of a label, and their mixture.
 *
 * <p>Start with {@link dev.espalier.plugins.stratified.Stratified}. Rows are drawn stratum by
 * stratum, so the categories of drawn rows are exact; the mixture as a whole is a score too
 * wherever its parts have densities.
 */
@NullMarked
package dev.espalier.plugins.stratified;

import org.jspecify.annotations.NullMarked;
