package stranger;

import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Setting;
import dev.espalier.api.Structure;

/** The rows are the inner law's rows moved by a constant. */
public record Shifted(@Setting(value = "1", help = "added to every cell") double by)
    implements Structure {

  @Override
  public Score fit(FitRequest request, ScoreEstimator inner) {
    Samples rows = request.rows();
    double[] values = rows.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] -= by;
    }
    Samples moved = Samples.of(rows.columns(), values).withLabels(rows.labels());
    return new ShiftedScore(by, inner.fit(request.withRows(moved, null)));
  }
}
