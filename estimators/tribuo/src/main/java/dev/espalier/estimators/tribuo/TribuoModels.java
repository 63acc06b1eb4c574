package dev.espalier.estimators.tribuo;

import java.util.List;
import org.tribuo.Model;
import org.tribuo.provenance.ModelProvenance;
import org.tribuo.regression.Regressor;

/**
 * The ability of a score to show the Tribuo models that it consists of, each with its provenance.
 *
 * <p>A model's features are noisy columns in units of their deviation, named {@code c0000000},
 * {@code c0000001} and so on; so are its outputs, in units of the {@link Prediction}.
 */
public interface TribuoModels {

  /** The models, from the least noisy level on. */
  List<Model<Regressor>> models();

  /**
   * The provenance of every model. Times and the machine are left out of it, since the same fit has
   * the same bytes everywhere.
   */
  default List<ModelProvenance> provenances() {
    return models().stream().map(Model::getProvenance).toList();
  }
}
