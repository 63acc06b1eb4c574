package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.experiments.Experiment;
import dev.espalier.experiments.Experiments;
import dev.espalier.experiments.Report;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExperimentCommandTest {

  @TempDir private Path folder;

  @Test
  void listsEveryExperiment() {
    Command run = Command.run("experiment");
    assertEquals(0, run.code(), run.err());
    for (Experiment each : Experiments.all()) {
      assertTrue(run.out().contains(each.name()), run.out());
    }
  }

  @Test
  void aPlotIsDrawnIntoItsFile() throws IOException {
    LinePlot plot =
        new LinePlot(
            "Errors",
            Axis.linear("radius"),
            Axis.log("error"),
            List.of(Line.of("one", new double[] {0, 1}, new double[] {1, 0.1})));
    Path file = folder.resolve("plot.svg");
    assertTrue(ExperimentCommand.draw(new Report("", List.of(), Optional.of(plot)), file));
    assertEquals(plot.file(), Files.readString(file));
    Path none = folder.resolve("none.svg");
    assertFalse(ExperimentCommand.draw(new Report("", List.of()), none));
    assertFalse(Files.exists(none));
  }

  @Test
  void aPlaceThatIsNotThereIsRefusedBeforeTheWork() {
    Command run =
        Command.run("experiment", "mixture-dimension", "--plot", folder.resolve("no/plot.svg"));
    assertEquals(3, run.code());
    assertTrue(run.err().contains("there is no directory"), run.err());
  }
}
