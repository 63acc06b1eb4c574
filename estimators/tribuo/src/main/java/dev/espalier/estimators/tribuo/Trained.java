package dev.espalier.estimators.tribuo;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.tribuo.Dataset;
import org.tribuo.Model;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * Runs a trainer, and says what to do where its native library does not load.
 *
 * <p>Each runs in a thread of its own, since XGBoost 1.6 keeps the matrices of a booster in its
 * thread by the booster's address, and forgets them only if that thread frees the booster. In Java
 * the finalizer does, so a later booster of the thread may find the matrices of an earlier one at
 * its address, and take the number of its features from them.
 */
final class Trained {

  private Trained() {}

  /**
   * The model of the data.
   *
   * @throws IllegalStateException if a native library does not load here
   */
  static <T extends Output<T>> Model<T> by(Trainer<T> trainer, Dataset<T> data) {
    FutureTask<Model<T>> training = new FutureTask<>(() -> trainer.train(data));
    Thread thread = new Thread(training, Thread.currentThread().getName() + " trains");
    thread.setDaemon(true);
    thread.start();
    try {
      return result(training);
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

  /** What the training returns or throws; an interrupt waits, as a training cannot be stopped. */
  private static <T> T result(Future<T> training) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return training.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) e.getCause();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
