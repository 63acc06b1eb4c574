package stranger;

import dev.espalier.api.Plugin;
import dev.espalier.api.Provider;
import dev.espalier.api.Sampler;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Structure;
import dev.espalier.api.TrainingTarget;
import java.util.List;

/** One new thing of every role that a pipeline has. */
public final class StrangerPlugin implements Plugin {

  @Override
  public List<Provider<?>> providers() {
    return List.of(
        Provider.of(
            Structure.class,
            "shifted",
            Shifted.class,
            "Moves the rows before the inner estimator sees them.",
            ShiftedScore::read),
        Provider.of(
            ScoreEstimator.class,
            "lump",
            Lump.class,
            "A normal law of one variance around the mean of the targets.",
            LumpScore::read),
        Provider.of(TrainingTarget.class, "partly", Partly.class, "A share of the clean row."),
        Provider.of(Sampler.class, "leap", Leap.class, "Walks straight from noise to data."));
  }
}
