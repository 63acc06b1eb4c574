package dev.espalier.runtime;

import dev.espalier.api.Provider;
import dev.espalier.api.ScoreEstimator;
import java.util.Optional;

/** Makes estimators that choose among what the catalogue has. */
record AutoProvider(Catalogue catalogue) implements Provider<ScoreEstimator> {

  @Override
  public String name() {
    return "auto";
  }

  @Override
  public String summary() {
    return "The structure and estimator that held-out score loss asks for, within a time budget.";
  }

  @Override
  public Class<ScoreEstimator> role() {
    return ScoreEstimator.class;
  }

  @Override
  public Class<? extends Record> settings() {
    return Auto.Settings.class;
  }

  @Override
  public ScoreEstimator create(Record settings) {
    return new Auto((Auto.Settings) settings, catalogue);
  }

  @Override
  public Optional<Record> settingsOf(Object made) {
    return made instanceof Auto auto ? Optional.of(auto.settings()) : Optional.empty();
  }
}
