/**
 * Ensembles that follow a moving state by what is observed of it.
 *
 * <p>An {@link dev.espalier.filtering.Assimilation} moves an ensemble on by its {@link
 * dev.espalier.filtering.Dynamics} from one of the {@link dev.espalier.filtering.Observations} to
 * the next, where an {@link dev.espalier.filtering.Analysis} brings in what was observed: {@link
 * dev.espalier.filtering.ScoreAnalysis} by a score that is fitted to the ensemble, with the
 * structure that one believes in. {@link dev.espalier.filtering.EnsembleKalman} and {@link
 * dev.espalier.filtering.ParticleAnalysis} are what it is held against.
 */
@NullMarked
package dev.espalier.filtering;

import org.jspecify.annotations.NullMarked;
