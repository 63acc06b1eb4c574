/**
 * Tables and samples as data sources of Tribuo (Oracle Labs, Apache-2.0), and back, with where they
 * come from. Start with {@link dev.espalier.formats.tribuo.TribuoRows}.
 */
@NullMarked
package dev.espalier.formats.tribuo;

import org.jspecify.annotations.NullMarked;
