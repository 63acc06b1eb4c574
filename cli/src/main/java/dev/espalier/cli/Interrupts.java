package dev.espalier.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Turns the first interrupt of this process into a request to stop, and the second into its end.
 *
 * <p>Interrupts are Ctrl-C and the signals TERM and HUP. They are watched until this is closed; a
 * shutdown hook would not do, since it cannot see a second one. Java has {@code sun.misc.Signal}
 * for this and nothing else, and its compiler lets nobody name it without a warning; hence the
 * reflection.
 */
final class Interrupts implements AutoCloseable {

  private static final List<String> NAMES = List.of("INT", "TERM", "HUP");

  private final IntConsumer end;
  private final Runnable first;
  private final Map<Object, Object> before = new LinkedHashMap<>();
  private volatile boolean asked;

  /**
   * Watches nothing yet.
   *
   * @param first what to do besides at the first interrupt
   * @param end ends the process with an exit code, at once
   */
  Interrupts(Runnable first, IntConsumer end) {
    this.first = first;
    this.end = end;
  }

  /** Begins to watch. */
  Interrupts watch() {
    try {
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object ours =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) {
                  interrupt();
                }
                return null;
              });
      Class<?> type = Class.forName("sun.misc.Signal");
      for (String name : NAMES) {
        install(type, name, handler, ours);
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every Java platform has sun.misc.Signal", e);
    }
    return this;
  }

  private void install(Class<?> type, String name, Class<?> handler, Object ours)
      throws ReflectiveOperationException {
    try {
      Object signal = type.getConstructor(String.class).newInstance(name);
      before.put(signal, handle(type, handler).invoke(null, signal, ours));
    } catch (InvocationTargetException e) {
      // The system has no such signal, or the JVM was told to leave it alone: so do we.
      if (!(e.getCause() instanceof IllegalArgumentException)) {
        throw e;
      }
    }
  }

  private static Method handle(Class<?> type, Class<?> handler) throws NoSuchMethodException {
    return type.getMethod("handle", type, handler);
  }

  /** What an interrupt does. */
  void interrupt() {
    if (asked) {
      end.accept(Failures.CANCELLED);
    }
    asked = true;
    first.run();
  }

  /** Whether there was an interrupt. */
  boolean asked() {
    return asked;
  }

  @Override
  public void close() {
    try {
      for (Map.Entry<Object, Object> each : before.entrySet()) {
        Class<?> type = each.getKey().getClass();
        handle(type, Class.forName("sun.misc.SignalHandler"))
            .invoke(null, each.getKey(), each.getValue());
      }
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot leave the signals as they were", e);
    }
  }
}
