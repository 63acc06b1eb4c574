/**
 * Fits and draws on an Apache Spark cluster, bit for bit as on one thread of one machine.
 *
 * <p>Start with {@link dev.espalier.plugins.spark.SparkTasks}, where pieces of work run, and {@link
 * dev.espalier.plugins.spark.SparkTables}, which turns data frames into tables and draws models
 * into data frames.
 */
@NullMarked
package dev.espalier.plugins.spark;

import org.jspecify.annotations.NullMarked;
