package dev.espalier.estimators.tribuo;

import com.oracle.labs.mlrg.olcut.provenance.ProvenanceUtil;
import dev.espalier.api.NoiseLevel;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.provenance.SimpleDataSourceProvenance;
import org.tribuo.regression.RegressionFactory;

/** What Tribuo is told of where rows come from, and what it tells of its models. */
final class Provenances {

  /** The time that stands for none: equal fits have equal bytes. */
  static final OffsetDateTime NEVER = OffsetDateTime.of(1970, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private Provenances() {}

  /** The provenance of noisy rows. */
  static SimpleDataSourceProvenance noisy(int rows, int copies, String levels, long seed) {
    return new SimpleDataSourceProvenance(
        "Espalier: "
            + rows
            + " rows, "
            + copies
            + " noisy copies of each at "
            + levels
            + ", seed "
            + seed,
        NEVER,
        new RegressionFactory());
  }

  static String at(NoiseLevel level) {
    return "log SNR " + level.logSnr();
  }

  /** SHA-256 of the provenance of all models, in lower-case hexadecimal. */
  static String digest(List<ModelProvenance> provenances) {
    StringBuilder all = new StringBuilder();
    for (ModelProvenance each : provenances) {
      all.append(each).append('\n');
    }
    return ProvenanceUtil.hashArray(
            ProvenanceUtil.HashType.SHA256, all.toString().getBytes(StandardCharsets.UTF_8))
        .toLowerCase(Locale.ROOT);
  }
}
