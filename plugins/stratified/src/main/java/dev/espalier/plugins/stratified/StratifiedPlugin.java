package dev.espalier.plugins.stratified;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import java.util.List;

/** Makes {@link Stratified} available to pipelines as {@code stratified(by=…, inner=…)}. */
public final class StratifiedPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Structure.class,
            StratifiedScore.PROVIDER,
            Stratified.class,
            "one inner score for every category of a label",
            StratifiedScore::read));
  }
}
