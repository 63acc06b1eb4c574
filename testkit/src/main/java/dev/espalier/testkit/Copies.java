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

  static <T> T of(T value) {
    return from(bytes(value), value.getClass().getClassLoader());
  }

  static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (IOException e) {
      throw new AssertionFailedError("need something serializable, got " + value + ": " + e, e);
    }
    return bytes.toByteArray();
  }

  /** What the bytes hold; classes that are not found otherwise come from {@code loader}. */
  @SuppressWarnings("unchecked")
  static <T> T from(byte[] bytes, ClassLoader loader) {
    try (ObjectInputStream in = new Loading(bytes, loader)) {
      return (T) in.readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionFailedError("need bytes that can be read back, got " + e, e);
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
