/**
 * Experiments that measure what the papers promise, printed beside reference values.
 *
 * <p>{@link dev.espalier.experiments.Experiments} lists them; an {@link
 * dev.espalier.experiments.Experiment} runs and gives a {@link dev.espalier.experiments.Report},
 * which prints and says whether every value lies where it must. Each measures the product itself:
 * its laws, its grids and the factors of its steps. Where a law can be followed exactly it is, on a
 * fine grid of one dimension; elsewhere rows are drawn, from fixed seeds. Equal runs give equal
 * bits.
 */
@NullMarked
package dev.espalier.experiments;

import org.jspecify.annotations.NullMarked;
