package dev.espalier.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import org.opentest4j.AssertionFailedError;

/** Copies by Java serialization. */
final class Copies {

  private Copies() {}

  @SuppressWarnings("unchecked")
  static <T> T of(T value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(value);
      }
      ClassLoader loader = value.getClass().getClassLoader();
      try (ObjectInputStream in = new Loading(bytes.toByteArray(), loader)) {
        return (T) in.readObject();
      }
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionFailedError("need something serializable, got " + value + ": " + e, e);
    }
  }

  /** Finds classes where the value's own class came from. */
  private static final class Loading extends ObjectInputStream {
    private final ClassLoader loader;

    Loading(byte[] bytes, ClassLoader loader) throws IOException {
      super(new ByteArrayInputStream(bytes));
      this.loader = loader;
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return super.resolveClass(type);
      } catch (ClassNotFoundException e) {
        return Class.forName(type.getName(), false, loader);
      }
    }
  }
}
