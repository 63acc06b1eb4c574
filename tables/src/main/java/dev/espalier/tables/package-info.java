/**
 * Typed columns to samples and back: CSV, schema, invertible encoders, the typed model.
 *
 * <p>Start with {@link dev.espalier.tables.Table} and {@link dev.espalier.tables.Csv}, go on to
 * {@link dev.espalier.tables.Encoder}, and end with {@link dev.espalier.tables.TableModel}, which
 * learns a table and draws tables of the same types.
 *
 * <p>Conventions: a missing cell is {@code NaN} in a column of numbers and code −1 in a column of
 * categories; dates are days and date-times seconds since 1970-01-01 in local time; whatever comes
 * from a file and is wrong ends in one {@link dev.espalier.api.InvalidDataException} that names the
 * file and the line.
 */
@NullMarked
package dev.espalier.tables;

import org.jspecify.annotations.NullMarked;
