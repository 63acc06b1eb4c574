/**
 * The {@code espalier} command.
 *
 * <p>{@link dev.espalier.cli.Main} reads the arguments and turns failures into one line and an exit
 * code; every other class is one command or one thing that several commands share. Results go to
 * standard output, as text or with {@code --json}; progress, notes and errors go to standard error.
 */
@NullMarked
package dev.espalier.cli;

import org.jspecify.annotations.NullMarked;
