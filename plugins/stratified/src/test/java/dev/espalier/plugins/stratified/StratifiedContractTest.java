package dev.espalier.plugins.stratified;

import dev.espalier.api.Labels;
import dev.espalier.api.Plugin;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.api.Structure;
import dev.espalier.testkit.PluginContract;
import dev.espalier.testkit.StructureContract;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;

class StratifiedContractTest {

  @Nested
  class OfThePlugin extends PluginContract {
    @Override
    protected Plugin plugin() {
      return new StratifiedPlugin();
    }

    @Override
    protected List<? extends Record> settings() {
      return List.of(new Stratified("species", false));
    }
  }

  @Nested
  class OfTheStructure extends StructureContract {
    @Override
    protected Structure structure() {
      return Stratified.by("kind");
    }

    @Override
    protected Samples rows() {
      RandomGenerator random = new Streams(9).stream("contract", 0);
      double[] values = new double[120];
      int[] codes = new int[40];
      for (int i = 0; i < 40; i++) {
        codes[i] = i < 3 ? 2 : i % 2;
        for (int j = 0; j < 3; j++) {
          values[3 * i + j] = codes[i] * j + random.nextGaussian();
        }
      }
      return Samples.of(3, values)
          .withLabels(List.of(Labels.of("kind", List.of("a", "b", "few"), codes)));
    }
  }
}
