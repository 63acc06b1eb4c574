package dev.espalier.examples;

import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Discovery;
import dev.espalier.runtime.Findings;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Which structure do my rows have, and what speaks for it? */
public final class WhichStructure {
  private WhichStructure() {}

  /** Looks at rows near a plane in twelve columns and prints what every finder saw. */
  public static void main(String... arguments) {
    Samples rows = nearAPlane(600);
    // region discover
    Findings findings = Discovery.of(Catalogue.discover()).run(FitRequest.of(rows).withSeed(7));
    for (Evidence each : findings.evidence()) {
      System.out.printf(Locale.ROOT, "%-9s %s%n", each.structure(), each.verdict());
    }
    // endregion
    System.out.println();
    System.out.println("finalists on " + findings.heldOut() + " rows held out:");
    for (int k = 0; k < findings.finalists().size(); k++) {
      Findings.Finalist each = findings.finalists().get(k);
      System.out.printf(
          Locale.ROOT,
          "%s %-9s %-14s loss %+.4f above the choice%n",
          k == findings.chosen() ? "*" : " ",
          each.structure(),
          each.candidate().size(),
          findings.excess(k).mean());
    }
  }

  /** Two normal coordinates in twelve columns, with a little noise. */
  private static Samples nearAPlane(int count) {
    double[][] rows = new double[count][12];
    for (int i = 0; i < count; i++) {
      RandomGenerator random = new Streams(1).stream("plane", i);
      double u = 3 * random.nextGaussian();
      double v = random.nextGaussian();
      for (int j = 0; j < 12; j++) {
        rows[i][j] = u * (j % 3 - 1) + v * (j % 4 - 1.5) / 2 + 0.1 * random.nextGaussian();
      }
    }
    return Samples.of(rows);
  }
}
