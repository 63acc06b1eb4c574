/**
 * Noise schedules, time grids and the steps that draw rows from a score.
 *
 * <p>Three choices are independent of each other: where to stop on the way ({@link
 * dev.espalier.api.TimeGrid}, such as {@link dev.espalier.samplers.Karras}), how to get from one
 * level to the next ({@link dev.espalier.samplers.Stepper}, such as {@link
 * dev.espalier.samplers.Heun}), and how to leave the last noisy level ({@link
 * dev.espalier.samplers.Last}). {@link dev.espalier.samplers.Walk} joins them, and {@link
 * dev.espalier.samplers.Samplers} names the usual combinations.
 *
 * <p>Every stepper here commutes with a change of scale: along levels with the same ratios of
 * signal to noise it draws the same rows, whatever the schedule.
 */
@NullMarked
package dev.espalier.samplers;

import org.jspecify.annotations.NullMarked;
