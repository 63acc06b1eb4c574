package dev.espalier.samplers;

import dev.espalier.api.NoiseLevel;
import dev.espalier.api.NoiseSchedule;
import dev.espalier.api.Setting;

/**
 * The variance-preserving path along a cosine: {@code a = cos u / cos u₀} with {@code u} from
 * {@code u₀} to {@code π/2}, evenly in time (Nichol and Dhariwal, 2021).
 *
 * <p>At time 1 no signal is left.
 *
 * @param offset s in {@code u₀ = (π/2)·s/(1 + s)}; finite and at least 0
 */
public record VpCosine(
    @Setting(value = "" + OFFSET, help = "how far from the crest the cosine starts; >= 0")
        double offset)
    implements NoiseSchedule {

  /** The usual offset. */
  public static final double OFFSET = 0.008;

  /** Checks the range. */
  public VpCosine {
    if (!(offset >= 0 && offset < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("need a finite offset >= 0, got " + offset);
    }
  }

  /** The path with the usual offset. */
  public static VpCosine standard() {
    return new VpCosine(OFFSET);
  }

  @Override
  public NoiseLevel at(double t) {
    if (Checks.time(t) == 1) {
      return new NoiseLevel(0, 1);
    }
    double start = start();
    double angle = (0.5 * Math.PI - start) * t;
    double crest = StrictMath.cos(start);
    return new NoiseLevel(
        StrictMath.cos(start + angle) / crest,
        StrictMath.sin(angle) * StrictMath.sin(2 * start + angle) / (crest * crest));
  }

  @Override
  public double timeOf(double logSnr) {
    double ratio = StrictMath.exp(-logSnr);
    if (ratio == Double.POSITIVE_INFINITY) {
      return 1;
    }
    double start = start();
    double tan = StrictMath.tan(start);
    double growth = ratio * (1 + tan * tan);
    double tanNow = Math.sqrt(tan * tan + growth);
    double difference = growth / (tanNow + tan) / (1 + tanNow * tan);
    return Checks.clamp(ratio == 0 ? 0 : StrictMath.atan(difference) / (0.5 * Math.PI - start));
  }

  private double start() {
    return 0.5 * Math.PI * (offset / (1 + offset));
  }
}
