package dev.espalier.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Provider;
import dev.espalier.api.Structure;
import java.util.List;
import org.junit.jupiter.api.Test;

public class CatalogueTest {

  @Test
  void providersAreSortedByName() {
    assertEquals(
        List.of(
            "auto",
            "bylabel",
            "chain",
            "denoising",
            "direct",
            "edges",
            "grid",
            "many",
            "moments",
            "near",
            "pipeline",
            "plain",
            "reach",
            "ring"),
        Fakes.catalogue().providers().stream().map(Provider::name).toList());
  }

  @Test
  void discoveryIsRepeatable() {
    List<String> names = Catalogue.discover().providers().stream().map(Provider::name).toList();
    assertEquals(names, Catalogue.discover().providers().stream().map(Provider::name).toList());
    assertTrue(names.contains("denoising"));
    assertFalse(names.contains("moments"), "no services file names the test's own plugin");
  }

  @Test
  void anUnknownNameIsExplained() {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> Fakes.catalogue().require("momnets"));
    assertEquals(
        "no provider is named 'momnets'; did you mean 'moments'? There are [auto, bylabel, chain,"
            + " denoising, direct, edges, grid, many, moments, near, pipeline, plain, reach, ring]; a plugin must be on the class path or in"
            + " the folder of plugins",
        failure.getMessage());
  }

  @Test
  void keysTellKindDefaultAndHelp() {
    List<SettingKey> keys = Fakes.catalogue().keys("many");
    assertEquals("whole", keys.get(0).name());
    assertTrue(keys.get(0).initial().isEmpty());
    assertEquals("one of [full, low_rank]", keys.get(5).kind());
    assertEquals("low_rank", keys.get(5).initial().orElseThrow());
    assertEquals("a list of items, each a number", keys.get(9).kind());
    assertEquals("an estimator", keys.get(8).help());
    assertEquals("[rank=auto, inner]", Fakes.catalogue().keys("plain").toString());
  }

  @Test
  void aStructureMayNotUseTheKeyOfItsEstimator() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                Catalogue.of(
                    List.of(
                        () ->
                            List.of(
                                Provider.of(
                                    Structure.class, "odd", Odd.class, "Has an inner part.")))));
    assertTrue(failure.getMessage().contains("has a key 'inner'"), failure.getMessage());
  }

  @Test
  void nearMissesAreNear() {
    List<String> names = List.of("gaussian", "gmm", "kernel", "localized", "network");
    assertEquals(List.of("gmm"), NearMisses.of("gmn", names));
    assertEquals(List.of("gmm"), NearMisses.of("mgm", names));
    assertEquals(List.of("localized"), NearMisses.of("localised", names));
    assertEquals(List.of("gaussian"), NearMisses.of("Gausian", names));
    assertEquals(List.of(), NearMisses.of("xgboost", names));
    assertEquals(List.of(), NearMisses.of("", names));
  }

  /** Has a key that structures may not have. */
  public record Odd(@dev.espalier.api.Setting(value = "1", help = "a number") int inner)
      implements Structure {
    @Override
    public dev.espalier.api.Score fit(
        dev.espalier.api.FitRequest request, dev.espalier.api.ScoreEstimator estimator) {
      return estimator.fit(request);
    }
  }
}
