package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.Streams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertifyAndDensityTest {

  @Test
  void aSamplerIsCertified(@TempDir Path folder) throws IOException {
    Path plot = folder.resolve("errors.svg");
    Command certify = Command.run("certify", "dpm(steps=20)", "--quick", "--json", "--plot", plot);
    assertEquals(0, certify.code(), certify.err());
    assertTrue(certify.out().contains("\"promised\" : 2"), certify.out());
    assertTrue(certify.out().contains("\"passed\" : true"), certify.out());
    String svg = Files.readString(plot);
    assertTrue(svg.startsWith("<svg") && svg.contains("evaluations of the score"), svg);
    Command none = Command.run("certify", "direct()", "--quick", "--plot", plot);
    assertEquals(2, none.code());
    assertTrue(none.complaint().contains("need a sampler with a number of steps"), none.err());
    Command unknown = Command.run("certify", "dmp(steps=20)");
    assertEquals(2, unknown.code());
    assertTrue(unknown.complaint().contains("dpm"), unknown.complaint());
  }

  @Test
  void exactAndIntegratedDensitiesAgree(@TempDir Path folder) throws IOException {
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> (0.37 * i % 5 + 0.011 * i) + "," + (0.71 * i % 3 - 0.013 * i) + "\n")
            .collect(Collectors.joining("", "x,y\n", ""));
    Path table = Command.write(folder.resolve("rows.csv"), rows);
    Path model = folder.resolve("model.esp");
    Command fit = Command.run("fit", table, "--estimator", "gmm(components=2)", "--out", model);
    assertEquals(0, fit.code(), fit.err());
    Path exact = folder.resolve("exact.csv");
    Path ode = folder.resolve("ode.csv");
    Command first = Command.run("density", model, table, "--out", exact);
    assertEquals(0, first.code(), first.err());
    assertTrue(first.out().contains("method exact"), first.out());
    assertEquals(0, Command.run("density", model, table, "--method", "ode", "--out", ode).code());
    List<String> one = Files.readAllLines(exact);
    List<String> other = Files.readAllLines(ode);
    assertEquals(61, one.size());
    for (int i = 1; i < 61; i++) {
      double a = Double.parseDouble(one.get(i).split(",")[0]);
      double b = Double.parseDouble(other.get(i).split(",")[0]);
      assertEquals(a, b, 2e-3);
    }
    Path partial = Command.write(folder.resolve("partial.csv"), "x,y\n1.5,\n");
    Command missing = Command.run("density", model, partial);
    assertEquals(3, missing.code(), missing.err());
    assertTrue(missing.complaint().contains("need complete rows"), missing.complaint());
  }

  @Test
  void aNetworkHasADensityByItsJacobian(@TempDir Path folder) throws IOException {
    RandomGenerator random = new Streams(0).stream("a network has a density", 0);
    StringBuilder rows = new StringBuilder("x,y\n");
    for (int i = 0; i < 400; i++) {
      double x = random.nextGaussian();
      rows.append(x).append(',').append(0.8 * x + 0.6 * random.nextGaussian()).append('\n');
    }
    Path table = Command.write(folder.resolve("rows.csv"), rows.toString());
    Path network = folder.resolve("network.esp");
    Path normal = folder.resolve("normal.esp");
    String small = "network(hidden=[16, 16], steps=300)";
    assertEquals(0, Command.run("fit", table, "--estimator", small, "--out", network).code());
    assertEquals(0, Command.run("fit", table, "--estimator", "gaussian()", "--out", normal).code());
    double right = mean("density", normal, table);
    double divergence = mean("density", network, table, "--tolerance", "1e-3");
    double signs = mean("density", network, table, "--tolerance", "1e-3", "--probes", "4");
    assertEquals(right, divergence, 0.1);
    assertEquals(divergence, signs, 0.05);
    Command none = Command.run("density", network, table, "--method", "exact");
    assertTrue(none.complaint().contains("this model has no exact density"), none.complaint());
  }

  private static double mean(Object... arguments) {
    Object[] more = Arrays.copyOf(arguments, arguments.length + 1);
    more[arguments.length] = "--json";
    Command run = Command.run(more);
    assertEquals(0, run.code(), run.err());
    return CommonOptions.JSON.readTree(run.out()).path("mean").asDouble();
  }
}
