package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Evidence;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Discovery;
import dev.espalier.runtime.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is found in rows whose structure is known. */
class DiscoveryTest {

  private static final Discovery DISCOVERY = Discovery.of(Catalogue.discover());

  /** Rows and what is to be found in them. */
  enum Truth {
    NOISE("none, isotropic", seed -> Structured.noise(16, 500, seed)),
    MIXTURE("mixture, K = 4", seed -> Structured.mixture(2_000, seed)),
    SUBSPACE("rank, rank 5", seed -> Structured.subspace(500, seed)),
    CHAIN("locality, radius 1", seed -> Structured.chain(64, 500, seed)),
    CHAIN_IN_UNKNOWN_ORDER("locality, radius 1", seed -> Structured.scattered(64, 500, seed));

    private final String answer;
    private final LongFunction<Samples> rows;

    Truth(String answer, LongFunction<Samples> rows) {
      this.answer = answer;
      this.rows = rows;
    }

    /** What was found for so many seeds. */
    List<String> found(int from, int to) {
      return findings(from, to).stream()
          .map(each -> each.choice().structure() + ", " + each.choice().candidate().size())
          .toList();
    }

    List<Findings> findings(int from, int to) {
      List<Findings> answers = new ArrayList<>();
      for (int k = from; k < to; k++) {
        long seed = new Streams(4).seed(name(), k);
        Discovery discovery = this == CHAIN ? DISCOVERY.with("locality(graph=chain())") : DISCOVERY;
        answers.add(
            discovery.run(
                FitRequest.of(rows.apply(seed)).withSeed(seed).withTasks(Tasks.threads(2))));
      }
      return answers;
    }

    long right(List<String> answers) {
      return answers.stream().filter(answer::equals).count();
    }
  }

  @ParameterizedTest
  @EnumSource
  void namesTheStructureAndItsSize(Truth truth) {
    List<String> answers = truth.found(0, 1);
    assertEquals(1, truth.right(answers), answers::toString);
  }

  /**
   * The radius of dependence of a chain is 1 at every level; the radius of least loss grows with
   * the noise.
   */
  @Test
  void theRadiusOfLeastLossGrowsWithTheNoise() {
    for (Findings findings : Truth.CHAIN.findings(0, 1)) {
      Evidence locality =
          findings.evidence().stream()
              .filter(each -> each.structure().equals("locality"))
              .findFirst()
              .orElseThrow();
      assertEquals("radius 1", locality.choice().size());
      List<Double> radii =
          locality.figures().stream()
              .filter(each -> each.name().equals("radius of windows by loss"))
              .map(Evidence.Figure::value)
              .toList();
      assertTrue(radii.get(0) >= 3, radii::toString);
      assertTrue(radii.get(3) <= 2, radii::toString);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @EnumSource
  void namesTheStructureForNearlyAllSeeds(Truth truth) {
    List<String> answers = truth.found(1_000, 1_020);
    assertTrue(truth.right(answers) >= 19, answers::toString);
  }
}
