package dev.espalier.runtime;

import java.io.Serializable;
import java.util.List;

/**
 * What a fitted model came from: enough to fit it again, bit for bit.
 *
 * @param expression the text of the pipeline
 * @param seed of the fit, as in the expression
 * @param data SHA-256 of the rows fitted, in lower-case hexadecimal; see {@link DataDigest}
 * @param rows the number of rows fitted
 * @param columns the number of columns of a row
 * @param version of the library that fitted
 * @param plugins a line for every plugin that took part, class name and version, sorted
 * @param observed what the law was conditioned on afterwards, in order; usually empty
 */
public record Provenance(
    String expression,
    long seed,
    String data,
    long rows,
    int columns,
    String version,
    List<String> plugins,
    List<String> observed)
    implements Serializable {

  /** Copies the lists. */
  public Provenance {
    plugins = List.copyOf(plugins);
    observed = List.copyOf(observed);
  }
}
