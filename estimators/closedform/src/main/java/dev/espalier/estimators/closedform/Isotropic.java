package dev.espalier.estimators.closedform;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import java.util.List;

/**
 * One normal law with the rows' mean and the same variance in every direction: no structure at all.
 *
 * <p>The variance is the average over the columns. Missing cells are left out of both. The fit is a
 * {@link GaussianMixture} of one component; work is of the order of n·d.
 */
public record Isotropic() implements ScoreEstimator {

  /** Fits the mean and the one variance. */
  @Override
  public Score fit(FitRequest request) {
    Moments.Columns columns = Moments.of(request).columns();
    double[] deviations = columns.deviations();
    double variance = 0;
    for (double deviation : deviations) {
      variance += deviation * deviation / deviations.length;
    }
    int constant = deviations.length - Gaussian.varying(deviations).length;
    List<String> notes =
        constant == 0
            ? List.of()
            : List.of("constant columns vary like the others: " + constant + " of them");
    return GaussianMixture.of(
            List.of(
                Component.of(
                    1, columns.means(), Covariance.spherical(deviations.length, variance))))
        .withNotes(notes);
  }
}
