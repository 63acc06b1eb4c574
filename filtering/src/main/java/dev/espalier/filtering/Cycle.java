package dev.espalier.filtering;

import dev.espalier.api.Samples;

/**
 * An ensemble at the time of an observation.
 *
 * @param time of the observation
 * @param forecast the ensemble before it
 * @param analysis the ensemble given it
 */
public record Cycle(double time, Samples forecast, Samples analysis) {}
