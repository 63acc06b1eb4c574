/**
 * What drawn tables are worth: a {@link dev.espalier.report.Verdict} of two sentences, and a {@link
 * dev.espalier.report.Page} that shows why.
 */
@NullMarked
package dev.espalier.report;

import org.jspecify.annotations.NullMarked;
