package dev.espalier.plugins.gmm;

import dev.espalier.api.Cost;
import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.LossCurve;
import dev.espalier.api.Setting;
import dev.espalier.api.Size;
import dev.espalier.api.StructureFinder;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks for a Gaussian mixture: how many components, by held-out score loss and by BIC.
 *
 * <p>For every number of components the kind of covariance is that of least BIC after at most 50
 * steps of EM. The scan ends where {@link Gmm} ends it.
 *
 * @param components how many to try; {@code auto} tries 1 to 10, with at least 10 rows each
 */
public record MixtureFinder(
    @Setting(value = "auto", help = "how many components to try: auto or a range like 1..20")
        Size components)
    implements StructureFinder {

  @Override
  public Evidence find(FitRequest request) {
    HeldOut held = HeldOut.of(request);
    FitRequest training = held.training();
    Gmm settings = Gmm.components(components);
    Rows rows = Rows.of(training, false);
    int low = settings.low();
    int high = Math.min(settings.high(rows.total()), Math.max(low, rows.count()));
    if (low > rows.count()) {
      throw new InvalidDataException(
          "need at least " + low + " rows for " + low + " components, got " + rows.count());
    }
    Search search = new Search(settings, training, rows);
    search.run(low, high, settings.forms(rows.columns(), rows.total()));
    List<Evidence.Candidate> candidates = new ArrayList<>();
    List<Evidence.Figure> figures = new ArrayList<>();
    int least = 0;
    for (int k = low; k <= high; k++) {
      int count = k;
      List<Search.Candidate> own =
          search.tried().stream().filter(each -> each.components() == count).toList();
      if (own.isEmpty()) {
        break;
      }
      Search.Candidate best = Search.best(own);
      Gmm gmm = Gmm.components(k).withCovariance(best.form().kind());
      candidates.add(
          new Evidence.Candidate(
              "K = " + k,
              gmm,
              best.form().parameters(k, rows.columns()),
              held.loss(Assembly.of(best.result().mixture(), rows)),
              gmm.cost(request)));
      figures.add(new Evidence.Figure("BIC, " + best.form(), "K = " + k, best.bic(), 0));
      least = best.bic() < figures.get(least).value() ? figures.size() - 1 : least;
    }
    int chosen = LossCurve.simplest(candidates.stream().map(Evidence.Candidate::loss).toList());
    int count = low + chosen;
    List<String> notes =
        chosen == least
            ? List.of()
            : List.of("BIC is least at K = " + (low + least) + ", held-out loss says " + count);
    String verdict =
        count == 1 ? "one component is enough" : "a mixture of " + count + " Gaussian components";
    return new Evidence(
        "mixture", count > 1, verdict, candidates, chosen, List.of(), figures, notes);
  }

  /** That of the search; the losses are little beside it. */
  @Override
  public Cost cost(FitRequest request) {
    return Gmm.components(components).cost(request);
  }
}
