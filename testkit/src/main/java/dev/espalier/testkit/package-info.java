/**
 * Tests that any plugin can run on itself, and what they are made of.
 *
 * <p>A plugin author extends {@link dev.espalier.testkit.PluginContract}, {@link
 * dev.espalier.testkit.ScoreContract}, {@link dev.espalier.testkit.EstimatorContract}, {@link
 * dev.espalier.testkit.StructureContract} or {@link dev.espalier.testkit.SamplerContract}, and
 * tests against a {@link dev.espalier.testkit.Law}, whose every quantity is computed by slow and
 * plain code. {@link dev.espalier.testkit.Trials} runs statistical tests at a stated false-alarm
 * rate, {@link dev.espalier.testkit.Cases} properties, {@link dev.espalier.testkit.Golden} compares
 * with files.
 *
 * <p>The test methods of the contracts are public and need no runner, so a contract can be shown to
 * reject what it should.
 */
@NullMarked
package dev.espalier.testkit;

import org.jspecify.annotations.NullMarked;
