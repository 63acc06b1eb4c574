/**
 * Finds plugins, reads and prints pipelines, composes and fits them, keeps fitted models.
 *
 * <p>Start with {@link dev.espalier.runtime.Pipeline}, which fits, and {@link
 * dev.espalier.runtime.Fitted}, which draws. {@link dev.espalier.runtime.Catalogue} finds what
 * plugins provide, and {@link dev.espalier.runtime.Expressions} turns text into pipelines and back.
 * Applications that use Guice install {@link dev.espalier.runtime.EspalierModule} and a {@link
 * dev.espalier.runtime.PipelineModule} for every pipeline.
 */
@NullMarked
package dev.espalier.runtime;

import org.jspecify.annotations.NullMarked;
