package dev.espalier.estimators.tribuo;

import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;

/** Runs a trainer, and says what to do where its native library does not load. */
final class Trained {

  private Trained() {}

  /**
   * The model of the data.
   *
   * @throws IllegalStateException if a native library does not load here
   */
  static <T extends Output<T>> Model<T> by(Trainer<T> trainer, Dataset<T> data) {
    try {
      return trainer.train(data);
    } catch (LinkageError e) {
      throw new IllegalStateException(
          "the trainer "
              + trainer
              + " needs a native library that does not load on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + ". Use a tree or a forest, or a build of the library for this machine",
          e);
    }
  }
}
