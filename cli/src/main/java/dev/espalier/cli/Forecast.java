package dev.espalier.cli;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Streams;
import dev.espalier.runtime.Auto;
import dev.espalier.tables.Encoder;
import dev.espalier.tables.EncoderOptions;
import dev.espalier.tables.Table;
import java.util.List;

/** What an estimator that chooses says before it starts. */
final class Forecast {
  private Forecast() {}

  /** A sentence on what the choice will take; none for an estimator that does not choose. */
  static List<String> of(ScoreEstimator estimator, Table table, EncoderOptions options, long seed) {
    if (!(estimator instanceof Auto auto)) {
      return List.of();
    }
    Samples rows =
        Encoder.fit(table, options).encode(table, new Streams(seed).seed("table jitter", 0));
    return List.of(auto.forecast(FitRequest.of(rows).withSeed(seed)));
  }
}
