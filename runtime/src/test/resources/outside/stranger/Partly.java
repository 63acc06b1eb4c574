package stranger;

import dev.espalier.api.Setting;
import dev.espalier.api.TrainingTarget;

/** A share of the clean row. */
public record Partly(@Setting(value = "0.5", help = "the share") double share)
    implements TrainingTarget {

  @Override
  public void write(Batch batch, double[] out) {
    double[] clean = batch.clean();
    for (int i = 0; i < out.length; i++) {
      out[i] = share * clean[i];
    }
  }
}
