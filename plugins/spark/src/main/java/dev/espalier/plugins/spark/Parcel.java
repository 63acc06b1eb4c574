package dev.espalier.plugins.spark;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * Something in its serialized form, unpacked once where it arrives.
 *
 * <p>Packed by Java's serialization whatever serializer the session has, since that is what pieces
 * of work promise to bear.
 */
final class Parcel implements Serializable {
  private static final long serialVersionUID = 1;

  static {
    findGenerators();
  }

  private final byte[] bytes;
  private transient @Nullable Object content;

  private Parcel(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * Has Java find its random generators. Java 17 looks for them once, by the context class loader
   * of whoever asks first; that of an executor which looks at our jars first sees none.
   */
  private static void findGenerators() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    try {
      RandomGeneratorFactory.of("L64X128MixRandom");
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Packs a value.
   *
   * @throws IllegalArgumentException if it cannot be serialized
   */
  static Parcel of(Object value) {
    return new Parcel(bytes(value));
  }

  /** The value, the same at every call; classes are found as by {@link #from}. */
  synchronized Object open() {
    if (content == null) {
      content = from(bytes);
    }
    return content;
  }

  static byte[] bytes(Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    } catch (NotSerializableException e) {
      throw new IllegalArgumentException(
          "need something that can be sent to another machine, got "
              + value.getClass().getName()
              + " with a "
              + e.getMessage()
              + ". What a piece of work captures must be serializable",
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot pack " + value.getClass().getName(), e);
    }
    return bytes.toByteArray();
  }

  /**
   * The value in the bytes. Classes come from the thread's context class loader, which sees those
   * of plugins: Spark sets it in executors, and who starts work at the driver sets it there.
   */
  static Object from(byte[] bytes) {
    try (ObjectInputStream in = new Unpacking(bytes)) {
      return in.readObject();
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "need the class " + e.getMessage() + " here too; give its jar to Spark with --jars", e);
    } catch (IOException e) {
      throw new IllegalStateException("cannot unpack what was sent", e);
    }
  }

  private static final class Unpacking extends ObjectInputStream {
    private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

    Unpacking(byte[] bytes) throws IOException {
      super(new ByteArrayInputStream(bytes));
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass type)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(type.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(type);
      }
    }
  }
}
