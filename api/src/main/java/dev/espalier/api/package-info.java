/**
 * The nouns of score-based generative models, and the interfaces that plugins implement.
 *
 * <p>Start with {@link dev.espalier.api.NoiseLevel}, {@link dev.espalier.api.Score}, {@link
 * dev.espalier.api.ScoreEstimator} and {@link dev.espalier.api.Structure}; a plugin author goes on
 * to {@link dev.espalier.api.Plugin} and {@link dev.espalier.api.Provider}.
 *
 * <p>Conventions, stated once:
 *
 * <ul>
 *   <li>Every law is noised as {@code x = a·x0 + √b·w} with {@code w} standard normal; {@code b} is
 *       a variance. Time, where a schedule speaks of it, runs from 0 (data) to 1 (noise).
 *   <li>A batch is a row-major {@code double[]} whose length is a multiple of the number of
 *       columns. The caller owns {@code out}, which never overlaps the input.
 *   <li>Row {@code i} of every output depends on row {@code i} of the input alone, bit for bit.
 *   <li>Random numbers enter as a seed and come from {@link dev.espalier.api.Streams}; equal
 *       arguments give equal bits.
 *   <li>{@code NaN} in {@link dev.espalier.api.Samples} means a missing cell and nothing else.
 *   <li>Whatever a {@link dev.espalier.api.Tasks.Piece} captures is serializable.
 * </ul>
 */
@NullMarked
package dev.espalier.api;

import org.jspecify.annotations.NullMarked;
