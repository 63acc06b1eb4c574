/**
 * Parquet files as tables. {@link dev.espalier.formats.parquet.ParquetFormat} is found by the
 * service loader; nothing else is needed.
 *
 * <p>A jar for the class path: the packages of Parquet's own jars overlap, so they cannot be
 * modules.
 */
@NullMarked
package dev.espalier.formats.parquet;

import org.jspecify.annotations.NullMarked;
