package dev.espalier.estimators.tribuo;

import dev.espalier.api.InvalidDataException;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.tribuo.Example;
import org.tribuo.Model;
import org.tribuo.Prediction;
import org.tribuo.common.xgboost.XGBoostModel;
import org.tribuo.protos.core.ModelProto;
import org.tribuo.regression.Regressor;

/**
 * A Tribuo model of some columns as it is kept: what it answers is the same before and after it was
 * stored, and so are its bytes.
 */
final class KeptModel implements Serializable {
  private static final long serialVersionUID = 1;

  private final transient Model<Regressor> model;

  private KeptModel(Model<Regressor> model) {
    this.model = model;
  }

  /** A model that was just trained. */
  static KeptModel of(Model<Regressor> trained) {
    return read(ModelMessages.settled(trained.serialize()));
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws InvalidDataException if that is no regression model of Tribuo, or one that it cannot
   *     read
   */
  static KeptModel read(byte[] bytes) {
    return read(ModelMessages.read(bytes));
  }

  private static KeptModel read(ModelProto message) {
    Model<Regressor> model;
    try {
      model = Model.deserialize(message).castModel(Regressor.class);
    } catch (RuntimeException | LinkageError e) {
      throw new InvalidDataException("Tribuo cannot read a model: " + e.getMessage(), e);
    }
    if (model instanceof XGBoostModel<?> boosted) {
      boosted.setNumThreads(1);
    }
    return new KeptModel(model);
  }

  byte[] bytes() {
    return ModelMessages.bytes(model.serialize());
  }

  Model<Regressor> model() {
    return model;
  }

  /**
   * What the examples are given as; writes {@code out[place of the example][column]}.
   *
   * @throws InvalidDataException if a damaged model answers for columns that there are not
   */
  void predict(List<Example<Regressor>> examples, double[][] out) {
    List<Prediction<Regressor>> answers = model.predict(examples);
    String[] names = {};
    int[] columns = {};
    for (int i = 0; i < answers.size(); i++) {
      Regressor answer = answers.get(i).getOutput();
      if (!Arrays.equals(names, answer.getNames())) {
        names = answer.getNames();
        columns = columns(names, out[i].length);
      }
      double[] values = answer.getValues();
      for (int o = 0; o < columns.length; o++) {
        out[i][columns[o]] = values[o];
      }
    }
  }

  /**
   * The columns that the model answers, in rising order.
   *
   * @param all how many columns there are
   * @throws InvalidDataException if one of them is beyond those
   */
  List<Integer> outputs(int all) {
    String[] names =
        model.getOutputIDInfo().getDomain().stream()
            .map(output -> output.getNames()[0])
            .toArray(String[]::new);
    return Arrays.stream(columns(names, all)).sorted().boxed().toList();
  }

  private static int[] columns(String[] names, int all) {
    int[] columns = new int[names.length];
    for (int o = 0; o < columns.length; o++) {
      columns[o] = Features.column(names[o]);
      if (!(columns[o] >= 0 && columns[o] < all)) {
        throw new InvalidDataException(
            "need models of the columns 0 to " + (all - 1) + ", got one of " + names[o]);
      }
    }
    return columns;
  }

  private Object writeReplace() {
    return new Form(bytes());
  }

  /** The serial form. */
  private static final class Form implements Serializable {
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    Form(byte[] bytes) {
      this.bytes = bytes;
    }

    private Object readResolve() {
      return read(bytes);
    }
  }
}
