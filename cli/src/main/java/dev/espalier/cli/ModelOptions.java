package dev.espalier.cli;

import dev.espalier.tables.EncoderOptions;
import picocli.CommandLine.Option;

/** How a table is encoded and how rows are drawn from what was learned. */
final class ModelOptions {

  @Option(
      names = "--sampler",
      paramLabel = "EXPR",
      defaultValue = "direct()",
      description = "How rows are drawn; ${DEFAULT-VALUE} unless given.")
  private String sampler;

  @Option(
      names = "--normal-scores",
      description = "Map numbers to normal scores by rank instead of standardising them.")
  private boolean normalScores;

  @Option(names = "--beyond-range", description = "Let numbers leave the observed range.")
  private boolean beyondRange;

  String sampler() {
    return sampler;
  }

  EncoderOptions encoding() {
    EncoderOptions options = EncoderOptions.STANDARD;
    if (normalScores) {
      options = options.withNumbers(EncoderOptions.Numbers.NORMAL_SCORES);
    }
    return beyondRange ? options.withLimits(EncoderOptions.Limits.FREE) : options;
  }
}
