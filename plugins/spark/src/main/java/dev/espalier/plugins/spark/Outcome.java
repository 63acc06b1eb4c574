package dev.espalier.plugins.spark;

import java.io.NotSerializableException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * What came of one piece, on its way back: a result or a failure.
 *
 * @param result of a piece that succeeded
 * @param failure of one that failed
 */
record Outcome(@Nullable Object result, @Nullable Throwable failure) implements Serializable {

  static byte[] of(@Nullable Object result) {
    return Parcel.bytes(new Outcome(result, null));
  }

  /** A failure as it is, or told in words if it cannot travel. */
  static byte[] of(Throwable failure) {
    try {
      return Parcel.bytes(new Outcome(null, failure));
    } catch (IllegalArgumentException e) {
      if (!(e.getCause() instanceof NotSerializableException)) {
        throw e;
      }
      IllegalStateException told = new IllegalStateException(failure.toString());
      told.setStackTrace(failure.getStackTrace());
      return Parcel.bytes(new Outcome(null, told));
    }
  }
}
