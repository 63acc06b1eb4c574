package dev.espalier.estimators.network.openblas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Plugin;
import dev.espalier.estimators.network.Network;
import dev.espalier.estimators.network.NetworkPlugin;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import dev.espalier.samplers.SamplersPlugin;
import dev.espalier.testkit.Law;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that OpenBLAS trained, read elsewhere. */
final class KeptModelTest {

  @Test
  void isReadWithThePluginAndRefusedByNameWithout(@TempDir Path folder) {
    Plugin networks = new NetworkPlugin();
    Plugin samplers = new SamplersPlugin();
    Catalogue with = Catalogue.of(List.of(networks, samplers, new OpenBlasPlugin()));
    Fitted fitted =
        Pipeline.builder()
            .estimator(Network.hidden(8).steps(20).batch(32).engine(new OpenBlas()))
            .seed(3)
            .catalogue(with)
            .build()
            .fit(Law.threeInThePlane().rows(200, 1));
    Path file = folder.resolve("kept.esp");
    ModelFile.write(file, fitted);

    Fitted read = ModelFile.read(file, with).fitted();
    assertEquals(fitted.pipeline(), read.pipeline());
    assertTrue(read.notes().stream().anyMatch(note -> note.contains("engine native")));
    assertArrayEquals(fitted.draw(20).toArray(), read.draw(20).toArray());

    Catalogue without = Catalogue.of(List.of(networks, samplers));
    String message =
        assertThrows(InvalidDataException.class, () -> ModelFile.read(file, without)).getMessage();
    assertTrue(message.startsWith("the model needs a plugin that is not there: "), message);
    assertTrue(message.contains("'native'"), message);
  }
}
