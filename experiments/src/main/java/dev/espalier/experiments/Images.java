package dev.espalier.experiments;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Images that are kept with the experiments, a row each.
 *
 * @param file of numbers, with a heading
 * @param columns the first ones, which are kept
 * @param order names the order of the rows, which is that of no file
 */
record Images(String file, int columns, String order) {

  /** All images. */
  Samples rows() {
    List<double[]> rows = new ArrayList<>();
    try (InputStream in = Images.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("need the data '" + file + "' in the jar of experiments");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows.add(
            Arrays.stream(line.split(","))
                .limit(columns)
                .mapToDouble(Double::parseDouble)
                .toArray());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    RandomGenerator random = new Streams(1).stream(order, 0);
    double[] values = new double[rows.size() * columns];
    for (int i = 0; i < rows.size(); i++) {
      int other = i + random.nextInt(rows.size() - i);
      System.arraycopy(rows.get(other), 0, values, i * columns, columns);
      rows.set(other, rows.get(i));
    }
    return Samples.of(columns, values);
  }
}
