package dev.espalier.tables;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON read strictly: every problem is an {@link InvalidDataException} that names its place. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  static ArrayNode words(List<String> words) {
    ArrayNode array = array();
    words.forEach(array::add);
    return array;
  }

  /** Numbers in a text that is the same on every Java version and reads back exactly. */
  static ArrayNode numbers(double[] values) {
    ArrayNode array = array();
    for (double value : values) {
      array.add(Decimals.exact(value));
    }
    return array;
  }

  static String pretty(JsonNode node) {
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(node) + "\n";
  }

  static String compact(JsonNode node) {
    return MAPPER.writeValueAsString(node);
  }

  /** Reads an object; {@code where} names its source in errors. */
  static Part parse(String where, String text) {
    JsonNode node;
    try {
      node = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new InvalidDataException(
          where
              + (e.getLocation() == null ? "" : ", line " + e.getLocation().getLineNr())
              + ": need JSON, got something else: "
              + e.getOriginalMessage().replaceFirst("(?s)(\\n| \\(start marker).*", ""),
          e);
    }
    return new Part(where, node);
  }

  /**
   * A node and where it stands.
   *
   * @param where in words, for errors
   */
  record Part(String where, JsonNode node) {

    InvalidDataException need(String what) {
      String got = node.isMissingNode() ? "nothing" : compact(node);
      return new InvalidDataException(
          where
              + ": need "
              + what
              + ", got "
              + (got.length() > 80 ? got.substring(0, 80) + "…" : got));
    }

    /** The member of that name; an absent one is a missing node. */
    Part get(String key) {
      return new Part(where + ", '" + Csv.shown(key) + "'", node.path(key));
    }

    boolean has(String key) {
      return node.has(key) && !node.get(key).isNull();
    }

    /** This object, if it has no other members than these. */
    Part only(String... keys) {
      if (!node.isObject()) {
        throw need("an object");
      }
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        if (!List.of(keys).contains(entry.getKey())) {
          throw new InvalidDataException(
              where
                  + ": need one of the keys "
                  + List.of(keys)
                  + ", got '"
                  + Csv.shown(entry.getKey())
                  + "'");
        }
      }
      return this;
    }

    List<String> keys() {
      if (!node.isObject()) {
        throw need("an object");
      }
      return node.properties().stream().map(Map.Entry::getKey).toList();
    }

    String text() {
      if (!node.isString()) {
        throw need("a text");
      }
      return node.stringValue();
    }

    double number() {
      double value = node.doubleValueOpt().orElse(Double.NaN); // none where it is out of range
      if (!Double.isFinite(value)) {
        throw need("a number");
      }
      return value;
    }

    boolean truth() {
      if (!node.isBoolean()) {
        throw need("true or false");
      }
      return node.booleanValue();
    }

    <T> List<T> list(Function<Part, T> element) {
      if (!node.isArray()) {
        throw need("a list");
      }
      List<T> list = new ArrayList<>();
      for (int i = 0; i < node.size(); i++) {
        list.add(element.apply(new Part(where + "[" + i + "]", node.get(i))));
      }
      return list;
    }

    double[] numbers() {
      return list(Part::number).stream().mapToDouble(Double::doubleValue).toArray();
    }
  }
}
