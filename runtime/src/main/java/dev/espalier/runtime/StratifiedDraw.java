package dev.espalier.runtime;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.NotConvergedException;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Strata;
import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Draws rows stratum by stratum, strata within strata, so that samplers see none.
 *
 * <p>Which rows are asked for changes neither a row nor the categories of the labels.
 */
final class StratifiedDraw {

  private final Sampler sampler;
  private final Streams streams;

  StratifiedDraw(Sampler sampler, long seed) {
    this.sampler = sampler;
    this.streams = new Streams(seed);
  }

  Samples draw(DrawRequest request) {
    Map<String, List<String>> labels = labelsOf(request.score());
    Map<String, int[]> codes = new LinkedHashMap<>();
    labels.keySet().forEach(name -> codes.put(name, new int[request.rows().count()]));
    double[] values =
        new double[Math.multiplyExact(request.rows().count(), request.score().columns())];
    int[] positions = new int[request.rows().count()];
    Arrays.setAll(positions, i -> i);
    fill(request, positions, 0, labels, codes, values);
    List<Labels> attached = new ArrayList<>();
    labels.forEach(
        (name, categories) -> attached.add(Labels.of(name, categories, codes.get(name))));
    return Samples.of(request.score().columns(), values).withLabels(attached);
  }

  /**
   * Draws the rows of one request into their places.
   *
   * @param positions where each row of the request goes
   * @param depth how many strata these rows are in
   */
  private void fill(
      DrawRequest request,
      int[] positions,
      int depth,
      Map<String, List<String>> labels,
      Map<String, int[]> codes,
      double[] values) {
    Optional<Strata> found = request.score().ability(Strata.class);
    if (found.isEmpty()) {
      place(request, positions, values);
      return;
    }
    Strata strata = found.get();
    int[][] all = members(strata.categories().size(), choose(strata, request.rows(), depth));
    int n = positions.length;
    int before = 0;
    for (int k = 0; k < strata.categories().size(); k++) {
      int[] members = all[k];
      if (members.length == 0) {
        continue;
      }
      request.progress().check();
      String category = strata.categories().get(k);
      int code = labels.get(strata.label()).indexOf(category);
      long[] indices = new long[members.length];
      int[] places = new int[members.length];
      for (int i = 0; i < members.length; i++) {
        indices[i] = request.rows().index(members[i]);
        places[i] = positions[members[i]];
        codes.get(strata.label())[places[i]] = code;
      }
      Progress share =
          request.progress().part((double) before / n, (double) (before + members.length) / n);
      DrawRequest part =
          request
              .withScore(strata.stratum(k))
              .withRows(DrawRequest.Rows.of(indices))
              .withProgress(share);
      fill(part, places, depth + 1, labels, codes, values);
      before += members.length;
    }
  }

  /** The category of every row, chosen by the weights with the stream of the row. */
  private int[] choose(Strata strata, DrawRequest.Rows rows, int depth) {
    String consumer = depth == 0 ? "stratum" : "stratum " + depth;
    double[] sums = new double[strata.weights().size()];
    double sum = 0;
    for (int k = 0; k < sums.length; k++) {
      sum += strata.weights().get(k);
      sums[k] = sum;
    }
    int[] chosen = new int[rows.count()];
    for (int i = 0; i < chosen.length; i++) {
      double u = streams.stream(consumer, rows.index(i)).nextDouble();
      int found = Arrays.binarySearch(sums, u);
      chosen[i] = Math.min(sums.length - 1, found >= 0 ? found + 1 : -found - 1);
    }
    return chosen;
  }

  /** For every category the places in {@code chosen} where it stands, in rising order. */
  private static int[][] members(int categories, int[] chosen) {
    int[] counts = new int[categories];
    for (int category : chosen) {
      counts[category]++;
    }
    int[][] members = new int[categories][];
    for (int k = 0; k < categories; k++) {
      members[k] = new int[counts[k]];
      counts[k] = 0;
    }
    for (int i = 0; i < chosen.length; i++) {
      members[chosen[i]][counts[chosen[i]]++] = i;
    }
    return members;
  }

  private void place(DrawRequest request, int[] positions, double[] values) {
    Samples drawn = sampler.draw(request);
    int columns = request.score().columns();
    if (drawn.count() != positions.length || drawn.columns() != columns) {
      throw new IllegalStateException(
          "need "
              + positions.length
              + " rows of "
              + columns
              + " columns from the sampler "
              + sampler
              + ", got "
              + drawn);
    }
    for (int i = 0; i < positions.length; i++) {
      drawn.copyRows(i, i + 1, values, positions[i] * columns);
      for (int j = 0; j < columns; j++) {
        if (Double.isNaN(values[positions[i] * columns + j])) {
          throw new NotConvergedException(
              "the sampler "
                  + sampler
                  + " drew a value that is not a number in row "
                  + request.rows().index(i)
                  + ", column "
                  + j
                  + "; try more steps, or fit again with another seed");
        }
      }
    }
  }

  /** The labels of every row of a score with strata, outermost first, with all their categories. */
  private static Map<String, List<String>> labelsOf(Score score) {
    Map<String, List<String>> labels = new LinkedHashMap<>();
    Optional<Strata> found = score.ability(Strata.class);
    if (found.isEmpty()) {
      return labels;
    }
    Strata strata = found.get();
    labels.put(strata.label(), List.copyOf(strata.categories()));
    Map<String, Set<String>> inner = new LinkedHashMap<>();
    for (int k = 0; k < strata.categories().size(); k++) {
      Map<String, List<String>> own = labelsOf(strata.stratum(k));
      if (k > 0 && !own.keySet().equals(inner.keySet())) {
        throw new IllegalArgumentException(
            "need the same labels in every stratum of '"
                + strata.label()
                + "', got "
                + inner.keySet()
                + " and, in '"
                + strata.categories().get(k)
                + "', "
                + own.keySet());
      }
      own.forEach(
          (name, categories) ->
              inner.computeIfAbsent(name, key -> new LinkedHashSet<>()).addAll(categories));
    }
    inner.forEach(
        (name, categories) -> {
          if (labels.put(name, List.copyOf(categories)) != null) {
            throw new IllegalArgumentException("the label '" + name + "' has strata within itself");
          }
        });
    return labels;
  }
}
