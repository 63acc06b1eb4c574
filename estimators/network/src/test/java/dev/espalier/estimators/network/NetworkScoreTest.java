package dev.espalier.estimators.network;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Strata;
import dev.espalier.api.Window;
import dev.espalier.testkit.Law;
import dev.espalier.testkit.ScoreContract;
import java.util.ArrayList;
import java.util.List;

final class NetworkScoreTest extends ScoreContract {

  private static final List<Score> SCORES = scoresOfEveryKind();

  private static List<Score> scoresOfEveryKind() {
    Samples rows = Law.threeInThePlane().rows(200, 1);
    Samples wide = rows.columns(new int[] {0, 1, 0});
    double[] values = wide.toArray();
    for (int i = 2; i < values.length; i += 3) {
      values[i] += Math.sin(i);
    }
    List<Score> scores = new ArrayList<>();
    for (Parametrisation each : Parametrisation.values()) {
      Network network = Network.hidden(12, 12).steps(80).batch(32).parametrisation(each);
      scores.add(network.fit(FitRequest.of(rows)));
      scores.addAll(
          network.fitWindows(
              FitRequest.of(Samples.of(3, values)),
              List.of(new Window(List.of(2, 0, 1), List.of(0)))));
    }
    int[] codes = new int[rows.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = rows.get(i, 0) > 0 ? 1 : 0;
    }
    Samples labelled = rows.withLabels(List.of(Labels.of("side", List.of("left", "right"), codes)));
    Score told =
        new Labelled("side").fit(FitRequest.of(labelled), Network.hidden(12).steps(80).batch(32));
    scores.add(told);
    scores.add(told.ability(Strata.class).orElseThrow().stratum(1));
    return scores;
  }

  @Override
  protected List<? extends Score> scores() {
    return SCORES;
  }

  /** Finite differences of single precision over steps of a thousandth of the noise. */
  @Override
  protected double tolerance() {
    return 1e-2;
  }

  @Override
  protected double rounding() {
    return 1e-5;
  }

  @Override
  protected List<Plugin> plugins() {
    return List.of(new NetworkPlugin());
  }

  @Override
  protected List<NoiseLevel> levels() {
    return List.of(
        NoiseLevel.preserving(0.05),
        NoiseLevel.preserving(0.3),
        NoiseLevel.preserving(0.9),
        NoiseLevel.exploding(3));
  }
}
