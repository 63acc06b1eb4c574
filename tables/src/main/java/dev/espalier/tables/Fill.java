package dev.espalier.tables;

import dev.espalier.api.Guidance;
import java.util.Optional;

/**
 * How blanks are filled.
 *
 * @param draws how many times every row is filled, at least 1
 * @param seed of everything random; draw k of row i depends on the seed, i and k alone
 * @param guidance what conditions in place of exact answers, where it is for them; exact answers
 *     where there are any if empty
 */
public record Fill(int draws, long seed, Optional<Guidance> guidance) {

  /** Checks the range. */
  public Fill {
    if (!(draws >= 1)) {
      throw new IllegalArgumentException("need at least 1 draw of every row, got " + draws);
    }
  }

  /** So many draws, exact where the law has answers. */
  public static Fill of(int draws, long seed) {
    return new Fill(draws, seed, Optional.empty());
  }
}
