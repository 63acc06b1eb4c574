package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Samples;

/**
 * Rows at one level of their way down.
 *
 * @param level that they are at
 * @param rows in the order of the request
 */
public record State(NoiseLevel level, Samples rows) {}
