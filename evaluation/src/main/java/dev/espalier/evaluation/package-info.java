/**
 * How far drawn rows are from real ones, always beside how far real rows are from each other.
 *
 * <p>Distances are functions of two sets of complete rows, such as {@link
 * dev.espalier.evaluation.Wasserstein}. Labels beside the numbers are not looked at: encode them as
 * columns to have them counted. Columns are compared as they come, so scale them before.
 */
@NullMarked
package dev.espalier.evaluation;

import org.jspecify.annotations.NullMarked;
