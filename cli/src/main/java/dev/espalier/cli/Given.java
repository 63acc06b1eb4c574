package dev.espalier.cli;

import dev.espalier.api.Guidance;
import dev.espalier.runtime.Expressions;
import dev.espalier.tables.Condition;
import dev.espalier.tables.TableModel;
import java.util.List;
import java.util.SortedMap;

/**
 * What drawn rows are conditioned on.
 *
 * @param conditions as typed; empty for none
 * @param guidance an expression; empty for exact answers where there are any
 */
record Given(String conditions, String guidance) {

  static final Given NOTHING = new Given("", "");

  private static final String CONDITIONS = "given";
  private static final String GUIDANCE = "guidance";

  /** That of a recipe. */
  static Given of(SortedMap<String, String> options) {
    return new Given(options.getOrDefault(CONDITIONS, ""), options.getOrDefault(GUIDANCE, ""));
  }

  /** Tells a recipe. */
  void tell(SortedMap<String, String> options) {
    if (!conditions.isEmpty()) {
      options.put(CONDITIONS, conditions);
    }
    if (!guidance.isEmpty()) {
      options.put(GUIDANCE, guidance);
    }
  }

  /** The model given this. */
  TableModel on(TableModel model, Expressions expressions) {
    if (conditions.isEmpty()) {
      if (!guidance.isEmpty()) {
        throw new IllegalArgumentException(
            "need --given with --guidance, got no condition; nothing is to be guided");
      }
      return model;
    }
    List<Condition> all = Condition.parse(conditions, model.encoder().fields());
    return guidance.isEmpty()
        ? model.given(all)
        : model.given(all, expressions.parse(Guidance.class, guidance));
  }
}
