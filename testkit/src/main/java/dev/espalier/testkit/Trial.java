package dev.espalier.testkit;

import dev.espalier.api.Streams;
import java.util.ArrayList;
import java.util.List;

/** One run of a statistical test: its seed, and the evidence it has shown. */
public final class Trial {
  private final long seed;
  private final List<Evidence> shown = new ArrayList<>();

  Trial(long seed) {
    this.seed = seed;
  }

  /** The seed of everything random in this run. */
  public long seed() {
    return seed;
  }

  /** The random streams of this run. */
  public Streams streams() {
    return new Streams(seed);
  }

  /** Shows evidence, which must not reject its hypothesis; judged when the run is over. */
  public void show(Evidence evidence) {
    shown.add(evidence);
  }

  List<Evidence> shown() {
    return shown;
  }
}
