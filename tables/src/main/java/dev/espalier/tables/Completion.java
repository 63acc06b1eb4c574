package dev.espalier.tables;

import java.util.SortedMap;

/**
 * A table with its blanks filled.
 *
 * @param rows all draws of the first row, then all of the second, and so on; columns as the model
 *     has them, cells that were there as they were
 * @param draws of every row
 * @param answers how rows with blanks were conditioned, such as {@code exactly}, and how many
 */
public record Completion(Table rows, int draws, SortedMap<String, Integer> answers) {}
