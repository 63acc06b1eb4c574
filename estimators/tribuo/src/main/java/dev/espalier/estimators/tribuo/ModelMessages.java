package dev.espalier.estimators.tribuo;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.tribuo.protos.core.ModelProto;

/**
 * Tribuo's messages of models, made to depend on the fit alone, and checked before they are read.
 *
 * <p>A message names the classes that read its parts. Names outside Tribuo and OLCUT are refused,
 * so that reading a model runs no code but theirs.
 */
final class ModelMessages {

  private static final String TYPES = "type.googleapis.com/";
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$.]*");
  private static final List<String> KNOWN = List.of("org.tribuo.", "com.oracle.labs.mlrg.olcut.");

  /** What the provenance of a model says of the clock and the machine, and what it says instead. */
  private static final Map<String, String> VOLATILE =
      Map.of(
          "trained-at", "1970-01-01T00:00:00Z",
          "java-version", "unknown-version",
          "os-name", "unknown-version",
          "os-arch", "unknown-version");

  /** An empty message for every type met, by the type and what reads it. */
  private final Map<String, Message> types = new HashMap<>();

  private ModelMessages() {}

  /** A model's message without clock and machine. */
  static ModelProto settled(ModelProto model) {
    return (ModelProto) new ModelMessages().walk(model);
  }

  /** The bytes of a model; equal models give equal bytes wherever and whenever they were made. */
  static byte[] bytes(ModelProto model) {
    return deterministic(settled(model)).toByteArray();
  }

  /**
   * Reads what {@link #bytes} wrote.
   *
   * @throws InvalidDataException if it is no message of a model, or names a class that is not known
   */
  static ModelProto read(byte[] bytes) {
    try {
      return settled(ModelProto.parseFrom(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidDataException("need the message of a Tribuo model: " + e.getMessage(), e);
    }
  }

  private Message walk(Message message) {
    String reader = reader(message);
    Message.Builder out = message.toBuilder();
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          Message part = (Message) message.getRepeatedField(field, i);
          out.setRepeatedField(field, i, walk(part, reader));
        }
      } else {
        out.setField(field, walk((Message) entry.getValue(), reader));
      }
    }
    FieldDescriptor key = message.getDescriptorForType().findFieldByName("key");
    FieldDescriptor value = message.getDescriptorForType().findFieldByName("value");
    boolean named = isText(key) && VOLATILE.containsKey((String) message.getField(key));
    if (named && isText(value)) {
      out.setField(value, VOLATILE.get((String) message.getField(key)));
    }
    return out.build();
  }

  private static boolean isText(@Nullable FieldDescriptor field) {
    return field != null
        && field.getJavaType() == FieldDescriptor.JavaType.STRING
        && !field.isRepeated();
  }

  /**
   * The class that reads the part of a message whose type is open, if there is one.
   *
   * @throws InvalidDataException if a class that the message names is not known
   */
  private static String reader(Message message) {
    String reader = "";
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (isText(field) && field.getName().endsWith("class_name")) {
        String name = (String) message.getField(field);
        checkName(name);
        reader = field.getName().equals("class_name") ? name : reader;
      }
    }
    return reader;
  }

  private Message walk(Message part, String reader) {
    return part instanceof Any any ? walkOpen(any, reader) : walk(part);
  }

  private Any walkOpen(Any any, String reader) {
    if (any.getTypeUrl().isEmpty()) {
      return any;
    }
    try {
      String url = any.getTypeUrl();
      Message type = types.computeIfAbsent(url + ' ' + reader, name -> empty(url, reader));
      Message inside = walk(type.getParserForType().parseFrom(any.getValue()));
      return any.toBuilder().setValue(deterministic(inside)).build();
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidDataException(
          "need a message of type " + any.getTypeUrl() + ": " + e.getMessage(), e);
    }
  }

  private static void checkName(String name) {
    boolean known = NAME.matcher(name).matches() && KNOWN.stream().anyMatch(name::startsWith);
    if (!known && !name.isEmpty()) {
      throw new InvalidDataException("need classes of Tribuo in a model, got '" + name + "'");
    }
  }

  /**
   * An empty message of a type. Its class stands in the folder {@code protos} of the module of the
   * class that reads it, or of Tribuo's core.
   */
  private static Message empty(String url, String reader) {
    String type = url.startsWith(TYPES) ? url.substring(TYPES.length()) : "";
    String name = type.substring(type.lastIndexOf('.') + 1);
    List<String> places = new ArrayList<>();
    if (NAME.matcher(type).matches() && reader.startsWith("org.tribuo.")) {
      places.add("org.tribuo.protos.core." + name);
      for (int dot = reader.lastIndexOf('.'); dot > 0; dot = reader.lastIndexOf('.', dot - 1)) {
        places.add(reader.substring(0, dot) + ".protos." + name);
      }
    }
    for (String place : places) {
      Message found = instance(place);
      if (found != null && found.getDescriptorForType().getFullName().equals(type)) {
        return found;
      }
    }
    throw new InvalidDataException(
        "need messages of Tribuo in a model, got '"
            + url
            + "'. Its module may be missing from the class path");
  }

  private static @Nullable Message instance(String name) {
    try {
      Class<?> found = Class.forName(name, false, ModelMessages.class.getClassLoader());
      return Message.class.isAssignableFrom(found)
          ? (Message) found.getMethod("getDefaultInstance").invoke(null)
          : null;
    } catch (ClassNotFoundException e) {
      return null;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      throw new InvalidDataException("need messages of Tribuo in a model, got " + name, e);
    }
  }

  /** The bytes of a message, maps in the order of their keys. */
  private static ByteString deterministic(Message message) {
    ByteString.Output bytes = ByteString.newOutput(message.getSerializedSize());
    try {
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      out.useDeterministicSerialization();
      message.writeTo(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteString();
  }
}
