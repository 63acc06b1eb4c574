package dev.espalier.evaluation;

/**
 * One line of a report.
 *
 * @param metric the name of the metric
 * @param summary what it measures
 * @param goal which values are good
 * @param drawn what it says of the drawn rows
 * @param oracle what it says of the training rows in their place
 */
public record Result(String metric, String summary, Goal goal, Value drawn, Value oracle) {}
