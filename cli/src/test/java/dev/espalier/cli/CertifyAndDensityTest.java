package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
}
