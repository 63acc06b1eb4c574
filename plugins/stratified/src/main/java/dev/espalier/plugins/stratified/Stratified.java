package dev.espalier.plugins.stratified;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Strata;
import dev.espalier.api.Streams;
import dev.espalier.api.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * The assumption that rows differ by category: one inner score for each category of a label.
 *
 * <p>The law is the mixture of the categories' laws, weighted by their shares of the row weights.
 * Its score has the ability {@link Strata}. Categories without rows are left out.
 *
 * <p>A category of fewer than {@value #FEW} rows has too little to tell its spread. It borrows that
 * of the others: rows of the other categories, moved so that their category's mean becomes this
 * one's, join with so little weight that all rows together count as {@value #FEW}. This is the
 * pooling of covariances of Friedman (1989), <i>Regularized discriminant analysis</i>, done on rows
 * so that it serves every inner estimator.
 *
 * @param by the name of the label
 * @param whole whether one more score is fitted to all rows, which guidance without classifier
 *     needs of scores without density
 */
public record Stratified(
    @Setting(help = "the label whose categories each get a score of their own, such as species")
        String by,
    @Setting(value = "false", help = "whether one more score is fitted to all rows, for guidance")
        boolean whole)
    implements Structure {

  /** The number of rows below which a category borrows the spread of the others. */
  public static final int FEW = 10;

  /** The greatest number of categories. */
  public static final int MOST = 500;

  /** Checks that there is a name. */
  public Stratified {
    if (by.isBlank()) {
      throw new IllegalArgumentException("need the name of a label to stratify by, got none");
    }
  }

  /** Strata by the label of this name. */
  public static Stratified by(String label) {
    return new Stratified(label, false);
  }

  /** These strata with one more score of all rows. */
  public Stratified withWhole() {
    return new Stratified(by, true);
  }

  /**
   * Fits {@code inner} to the rows of each category.
   *
   * @throws InvalidDataException if the rows have no such label or it has more than {@value #MOST}
   *     categories
   */
  @Override
  public Score fit(FitRequest request, ScoreEstimator inner) {
    Labels labels = labels(request.rows());
    List<Integer> present = present(labels);
    StratumFits fits = new StratumFits(request, inner, labels, present);
    double share = whole ? 0.5 : 1;
    List<Score> scores =
        request.tasks().map(present.size(), fits, request.progress().part(0, share));
    Score all =
        whole
            ? inner.fit(
                request
                    .withSeed(new Streams(request.seed()).seed("stratum of all", 0))
                    .withProgress(request.progress().part(share, 1)))
            : null;
    List<String> categories = present.stream().map(labels.categories()::get).toList();
    return new StratifiedScore(by, categories, weights(request, labels, present), scores)
        .withWhole(all)
        .withNotes(notes(labels, present, categories));
  }

  /** The sum of the times of all categories, and the memory of the largest. */
  @Override
  public Cost cost(FitRequest request, ScoreEstimator inner) {
    Labels labels = labels(request.rows());
    double seconds = 0;
    long bytes = 0;
    for (int category : present(labels)) {
      Cost cost = inner.cost(request.select(labels.rowsOf(category)));
      seconds += cost.seconds();
      bytes = Math.max(bytes, cost.bytes());
    }
    Cost all = whole ? inner.cost(request) : Cost.NEGLIGIBLE;
    return new Cost(seconds + all.seconds(), Math.max(bytes, all.bytes()));
  }

  @Override
  public List<String> labels() {
    return List.of(by);
  }

  private Labels labels(Samples rows) {
    Labels labels =
        rows.label(by)
            .orElseThrow(
                () ->
                    new InvalidDataException(
                        "need a label '"
                            + by
                            + "' to stratify by, got "
                            + (rows.labels().isEmpty()
                                ? "rows without labels"
                                : "the labels " + rows.labels().stream().map(Labels::name).toList())
                            + ". Only a column that travels as a label can be stratified by"));
    int present = present(labels).size();
    if (present > MOST) {
      throw new InvalidDataException(
          "need at most "
              + MOST
              + " categories to stratify by, got "
              + present
              + " in '"
              + by
              + "'. Stratify by a coarser label, or leave this one among the other columns");
    }
    if (present == 0) {
      throw new InvalidDataException("need at least one row to stratify by '" + by + "', got none");
    }
    return labels;
  }

  private static List<Integer> present(Labels labels) {
    int[] counts = counts(labels);
    List<Integer> present = new ArrayList<>();
    for (int category = 0; category < counts.length; category++) {
      if (counts[category] > 0) {
        present.add(category);
      }
    }
    return present;
  }

  private static int[] counts(Labels labels) {
    int[] counts = new int[labels.categories().size()];
    for (int i = 0; i < labels.count(); i++) {
      counts[labels.code(i)]++;
    }
    return counts;
  }

  private static List<Double> weights(FitRequest request, Labels labels, List<Integer> present) {
    double[] sums = new double[labels.categories().size()];
    for (int i = 0; i < labels.count(); i++) {
      sums[labels.code(i)] += request.weight(i);
    }
    double total = request.totalWeight();
    return present.stream().map(category -> sums[category] / total).toList();
  }

  private List<String> notes(Labels labels, List<Integer> present, List<String> categories) {
    List<String> notes = new ArrayList<>();
    int[] counts = counts(labels);
    List<String> few = new ArrayList<>();
    for (int i = 0; i < present.size(); i++) {
      if (counts[present.get(i)] < FEW) {
        few.add("'" + categories.get(i) + "' (" + counts[present.get(i)] + ")");
      }
    }
    if (!few.isEmpty() && present.size() > 1) {
      notes.add(
          few.size()
              + (few.size() == 1 ? " category of '" : " categories of '")
              + by
              + "' with fewer than "
              + FEW
              + " rows borrowed the spread of the others: "
              + String.join(", ", few.subList(0, Math.min(5, few.size())))
              + (few.size() > 5 ? ", …" : ""));
    }
    List<String> absent = new ArrayList<>(labels.categories());
    absent.removeAll(categories);
    if (!absent.isEmpty()) {
      notes.add(
          absent.size()
              + (absent.size() == 1 ? " category of '" : " categories of '")
              + by
              + "' without rows left out: "
              + String.join(", ", absent.subList(0, Math.min(5, absent.size())))
              + (absent.size() > 5 ? ", …" : ""));
    }
    return notes;
  }
}
