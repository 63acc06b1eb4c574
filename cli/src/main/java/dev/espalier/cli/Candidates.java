package dev.espalier.cli;

import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.SettingKey;
import dev.espalier.tables.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Estimators that may take part in a choice.
 *
 * @param plain laws in closed form, in order of complexity
 * @param learned others, each in one or more settings of which one may take part, the dearest first
 * @param discovered whether structures are looked for, too
 */
record Candidates(
    List<ScoreEstimator> plain, List<List<ScoreEstimator>> learned, boolean discovered) {

  /**
   * Not tried by themselves: {@code auto} chooses, {@code kernel} draws all but copies of the rows,
   * {@code ridge} is little more than a normal law, and the others are among the plain laws or are
   * held against structures by a finder.
   */
  private static final Set<String> ELSEWHERE =
      Set.of("auto", "gaussian", "gmm", "isotropic", "kernel", "markovfield", "ridge");

  private static final String NETWORK = "network";

  /** Copies. */
  Candidates {
    plain = List.copyOf(plain);
    learned = learned.stream().map(List::copyOf).toList();
  }

  /** This estimator alone. */
  static Candidates of(ScoreEstimator given) {
    return new Candidates(List.of(given), List.of(), false);
  }

  /** Plain laws, and every estimator of the catalogue that needs no setting. */
  static Candidates of(Table table, Expressions expressions) {
    List<List<ScoreEstimator>> learned = new ArrayList<>();
    Catalogue catalogue = expressions.catalogue();
    for (Provider<?> provider : catalogue.providers()) {
      String name = provider.name();
      boolean complete =
          catalogue.keys(name).stream().map(SettingKey::initial).allMatch(each -> each.isPresent());
      if (provider.role() == ScoreEstimator.class && complete && !ELSEWHERE.contains(name)) {
        // a shorter training is worth a try where the budget has no room for the usual one
        List<String> settings =
            name.equals(NETWORK)
                ? List.of("network()", "network(steps=5000)", "network(steps=1250)")
                : List.of(name + "()");
        learned.add(
            settings.stream().map(text -> expressions.parse(ScoreEstimator.class, text)).toList());
      }
    }
    return new Candidates(Choice.standard(table, expressions), learned, true);
  }
}
