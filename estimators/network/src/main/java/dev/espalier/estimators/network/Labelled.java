package dev.espalier.estimators.network;

import dev.espalier.api.Cost;
import dev.espalier.api.FitRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Labels;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Structure;
import dev.espalier.api.TrainingTarget;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The assumption that the categories of a label have much in common: one network learns all of them
 * and is told the category of a row.
 *
 * <p>In a share of {@value #DROPPED} of the noisy rows it is not told (Ho and Salimans, 2022), so
 * it learns the score of all rows too, which guidance without a classifier needs. The score has the
 * ability {@link dev.espalier.api.Strata}: rows are drawn category by category, as often as in the
 * data. Categories without rows are left out.
 *
 * @param by the name of the label
 */
public record Labelled(
    @Setting(help = "the label that the network is told, such as species") String by)
    implements Structure {

  /** The share of noisy rows whose category the network is not told. */
  static final double DROPPED = 0.2;

  /** Checks that there is a name. */
  public Labelled {
    if (by.isBlank()) {
      throw new IllegalArgumentException("need the name of a label to tell, got none");
    }
  }

  /**
   * Fits one network to all rows with their categories.
   *
   * @param inner a {@link Network} with the target {@link TrainingTarget#denoising()}
   * @throws InvalidDataException if the rows have no such label
   */
  @Override
  public Score fit(FitRequest request, ScoreEstimator inner) {
    Network network = network(inner);
    FitRequest labelled = labelled(request);
    Labels labels = labelled.rows().labels().get(0);
    double[] weights = new double[labels.categories().size()];
    for (int i = 0; i < labels.count(); i++) {
      weights[labels.code(i)] += request.weight(i);
    }
    return new LabelledScore(
        by,
        labels.categories(),
        Arrays.stream(weights).map(each -> each / request.totalWeight()).boxed().toList(),
        network.fitLabelled(labelled));
  }

  @Override
  public Cost cost(FitRequest request, ScoreEstimator inner) {
    return network(inner).costLabelled(labelled(request));
  }

  @Override
  public List<String> labels() {
    return List.of(by);
  }

  private static Network network(ScoreEstimator inner) {
    if (inner instanceof Network network && network.target() instanceof TrainingTarget.Denoising) {
      return network;
    }
    throw new IllegalArgumentException(
        "need inner=network() with target=denoising() in labelled, got "
            + inner
            + ". For other estimators take stratified(by=..., inner=...)");
  }

  /** The request with this label alone, and of its categories those that rows have. */
  private FitRequest labelled(FitRequest request) {
    Samples rows = request.rows();
    Labels labels =
        rows.label(by)
            .orElseThrow(
                () ->
                    new InvalidDataException(
                        "need a label '" + by + "' to tell the network, got " + rows));
    List<String> present =
        labels.categories().stream()
            .filter(category -> labels.rowsOf(labels.categories().indexOf(category)).length > 0)
            .toList();
    return request.withRows(
        rows.withLabels(List.of(among(labels, present))),
        request.validation().map(each -> known(each, present)).orElse(null));
  }

  /** The rows held out whose category was seen, or null if there are none. */
  private @Nullable Samples known(Samples rows, List<String> present) {
    Labels labels = rows.label(by).orElse(null);
    if (labels == null) {
      return null;
    }
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < labels.count(); i++) {
      if (present.contains(labels.get(i))) {
        kept.add(i);
      }
    }
    int[] chosen = kept.stream().mapToInt(Integer::intValue).toArray();
    return kept.isEmpty()
        ? null
        : rows.rows(chosen).withLabels(List.of(among(labels.rows(chosen), present)));
  }

  private static Labels among(Labels labels, List<String> categories) {
    int[] codes = new int[labels.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = categories.indexOf(labels.get(i));
    }
    return Labels.of(labels.name(), categories, codes);
  }
}
