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
   * @param bic {@code −2·log-likelihood + parameters·log(rows)}, in the units of the request
   */
  record Candidate(Form form, int components, double bic, Em.Result result) {

    /** Fewer thin components first, then the smaller BIC. */
    boolean betterThan(Candidate other) {
      int order = Integer.compare(result.thin(), other.result.thin());
      return order < 0 || order == 0 && bic < other.bic;
    }
  }

  /** Fits every candidate and returns the best, the first of equals. */
  Candidate run(int low, int high, List<Form> forms) {
    Progress progress = request.progress();
    List<Em> active = new ArrayList<>();
    for (Form form : forms) {
      active.add(new Em(rows, form, settings.floor(), request.tasks(), progress));
    }
    for (int k = low; k <= high && !active.isEmpty(); k++) {
      double from = share(k - low, high - low + 1);
      double to = share(k - low + 1, high - low + 1);
      step(k, active, progress.part(from, to));
      active.removeIf(em -> exhausted(em.form()));
    }
    Candidate best = tried.get(0);
    for (Candidate candidate : tried) {
      best = candidate.betterThan(best) ? candidate : best;
    }
    return best;
  }

  /** The work grows with the number of components. */
  private static double share(int done, int all) {
    return (double) done * (done + 1) / ((double) all * (all + 1));
  }

  private void step(int components, List<Em> forms, Progress progress) {
    int restarts = components == 1 ? 1 : settings.restarts();
    int trial = Math.min(Em.TRIAL, settings.iterations());
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
    List<Em.Result> trials = trials(all.size() * restarts, piece, progress.part(0, 0.5));
    for (int f = 0; f < all.size(); f++) {
      Em.Result best = trials.get(f * restarts);
      for (Em.Result other : trials.subList(f * restarts + 1, (f + 1) * restarts)) {
        best = other.betterThan(best) ? other : best;
      }
      Progress part = progress.part(share(f, all), share(f + 1, all));
      Em.Result result = best;
      if (!best.converged() && settings.iterations() > trial) {
        int left = settings.iterations() - trial;
        result = all.get(f).run(best.mixture(), left, tolerance, request.tasks(), part);
      }
      tried.add(candidate(all.get(f).form(), components, result));
    }
  }

  private static double share(int done, List<Em> all) {
    return 0.5 + 0.5 * done / all.size();
  }

  /** A single trial runs its blocks in parallel, several run beside each other. */
  private List<Em.Result> trials(int count, Tasks.Piece<Em.Result> piece, Progress progress) {
    return request.tasks().map(count, piece, progress);
  }

  private Candidate candidate(Form form, int components, Em.Result result) {
    double parameters = form.parameters(result.mixture().components(), rows.columns());
    double logLikelihood = result.logLikelihood() - rows.logScale();
    double bic = -2 * logLikelihood + parameters * StrictMath.log(Math.max(1, rows.total()));
    return new Candidate(form, components, bic, result);
  }

  /** Whether the latest fits of a form were all worse than an earlier one. */
  private boolean exhausted(Form form) {
    int since = 0;
    double best = Double.POSITIVE_INFINITY;
    for (Candidate candidate : tried) {
      if (candidate.form().equals(form)) {
        since = candidate.bic() < best ? 0 : since + 1;
        best = Math.min(best, candidate.bic());
      }
    }
    return since >= PATIENCE;
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
