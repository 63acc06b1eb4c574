package dev.espalier.plugins.gmm;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The choice of form and number of components by BIC, with everything that was tried. */
final class Search {

  /** A form is given up after so many numbers of components in a row without a better BIC. */
  private static final int PATIENCE = 3;

  /** So many numbers of components above the least are usually tried before all are given up. */
  static final int USUAL = PATIENCE + 2;

  /** Steps of EM after which candidates are compared. */
  private static final int COMPARED = 50;

  private final Gmm settings;
  private final FitRequest request;
  private final Rows rows;
  private final List<Candidate> tried = new ArrayList<>();

  Search(Gmm settings, FitRequest request, Rows rows) {
    this.settings = settings;
    this.request = request;
    this.rows = rows;
  }

  /**
   * One fit of the search.
   *
   * @param components asked for
   * @param bic {@code −2·log-likelihood + parameters·log(rows)}, in the units of the request; thin
   *     components discounted
   */
  record Candidate(Em em, int components, double bic, Em.Result result) {

    Form form() {
      return em.form();
    }
  }

  /** Fits every candidate, and the best of them, the first of equals, until it has converged. */
  Candidate run(int low, int high, List<Form> forms) {
    boolean choice = low < high || forms.size() > 1;
    Progress progress = request.progress();
    Progress searching = choice ? progress.part(0, 0.8) : progress;
    List<Em> active = new ArrayList<>();
    for (Form form : forms) {
      active.add(new Em(rows, form, settings.floor(), request.tasks().near(), progress));
    }
    int steps = choice ? Math.min(COMPARED, settings.iterations()) : settings.iterations();
    for (int k = low; k <= high && !active.isEmpty(); k++) {
      double from = share(k - low, high - low + 1);
      double to = share(k - low + 1, high - low + 1);
      step(k, active, steps, searching.part(from, to));
      int left = high - k;
      active.removeIf(em -> exhausted(em, left));
    }
    Candidate best = best(tried);
    int rest = settings.iterations() - steps;
    if (best.result().converged() || rest == 0) {
      return best;
    }
    Em.Result further =
        best.em()
            .run(
                best.result().mixture(),
                rest,
                settings.tolerance(),
                request.tasks().near(),
                progress.part(0.8, 1));
    return candidate(best.em(), best.components(), further);
  }

  /** Everything that was tried so far, in order. */
  List<Candidate> tried() {
    return List.copyOf(tried);
  }

  static Candidate best(List<Candidate> candidates) {
    Candidate best = candidates.get(0);
    for (Candidate candidate : candidates) {
      best = candidate.bic() < best.bic() ? candidate : best;
    }
    return best;
  }

  /** The work grows with the number of components. */
  private static double share(int done, int all) {
    return (double) done * (done + 1) / ((double) all * (all + 1));
  }

  private void step(int components, List<Em> forms, int steps, Progress progress) {
    int restarts = components == 1 ? 1 : settings.restarts();
    int trial = Math.min(Em.TRIAL, steps);
    double tolerance = settings.tolerance();
    Streams streams = request.streams();
    List<Em> all = List.copyOf(forms);
    Tasks.Piece<Em.Result> piece =
        (index, inner) -> {
          Em em = all.get(index / restarts);
          int start = index % restarts;
          return em.run(
              em.start(components, streams.stream("gmm start", start)),
              trial,
              tolerance,
              Tasks.here(),
              inner);
        };
    List<Em.Result> trials =
        request.tasks().map(all.size() * restarts, piece, progress.part(0, 0.5));
    for (int f = 0; f < all.size(); f++) {
      Em.Result best = trials.get(f * restarts);
      for (Em.Result other : trials.subList(f * restarts + 1, (f + 1) * restarts)) {
        best = other.betterThan(best) ? other : best;
      }
      Progress part = progress.part(share(f, all), share(f + 1, all));
      Em.Result result = best;
      if (!best.converged() && steps > trial) {
        int left = steps - trial;
        result = all.get(f).run(best.mixture(), left, tolerance, request.tasks().near(), part);
      }
      tried.add(candidate(all.get(f), components, result));
    }
  }

  private static double share(int done, List<Em> all) {
    return 0.5 + 0.5 * done / all.size();
  }

  private Candidate candidate(Em em, int components, Em.Result result) {
    double parameters = em.form().parameters(result.mixture().components(), rows.columns());
    double logLikelihood = result.fairLogLikelihood() - rows.logScale();
    double bic = -2 * logLikelihood + parameters * StrictMath.log(Math.max(1, rows.total()));
    return new Candidate(em, components, bic, result);
  }

  /**
   * Whether a form has not improved for long, or cannot catch up with the best of all: not even if
   * each of the {@code left} numbers of components to come improved it as much as the better of the
   * last two.
   */
  private boolean exhausted(Em em, int left) {
    List<Candidate> own = tried.stream().filter(each -> each.em() == em).toList();
    Candidate best = best(own);
    int last = own.size() - 1;
    if (last - own.indexOf(best) >= PATIENCE) {
      return true;
    }
    if (last < 2) {
      return false;
    }
    double gain =
        Math.max(
            own.get(last - 1).bic() - own.get(last).bic(),
            own.get(last - 2).bic() - own.get(last - 1).bic());
    return own.get(last).bic() - left * Math.max(0, gain) > best(tried).bic();
  }

  /** What was tried, form by form, as one sentence; empty if there was nothing to choose. */
  String table(Candidate chosen) {
    if (tried.size() < 2) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "chose %d component%s with %s covariance by BIC (smaller is better):",
            chosen.components(),
            chosen.components() == 1 ? "" : "s",
            chosen.form()));
    List<Form> forms = tried.stream().map(Candidate::form).distinct().toList();
    String between = " ";
    for (Form form : forms) {
      text.append(between).append(form);
      between = "; ";
      String comma = " ";
      for (Candidate candidate : tried) {
        if (candidate.form().equals(form)) {
          text.append(comma)
              .append(candidate.components())
              .append(": ")
              .append(String.format(Locale.ROOT, "%.1f", candidate.bic()))
              .append(candidate.result().thin() > 0 ? " (too few rows)" : "");
          comma = ", ";
        }
      }
    }
    return text.toString();
  }
}
