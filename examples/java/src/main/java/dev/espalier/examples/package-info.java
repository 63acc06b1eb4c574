/** One question a class; each prints its answer. */
@NullMarked
package dev.espalier.examples;

import org.jspecify.annotations.NullMarked;
