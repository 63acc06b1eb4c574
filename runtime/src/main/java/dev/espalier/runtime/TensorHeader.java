package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * The checked header of a {@link TensorFile}: what it names, and where the numbers stand.
 *
 * @param texts the words by name, in the order of the header
 * @param entries the tensors, in the order of the header
 */
record TensorHeader(Map<String, String> texts, List<Entry> entries) {
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int LONGEST_NUMBER = 20;
  private static final int DEEPEST = 3;

  /** How the numbers of a tensor are stored. */
  enum Type {
    F64(8),
    F32(4),
    I64(8),
    U8(1);

    /** The types that are written, wider ones first. */
    static final List<Type> WRITTEN = List.of(F64, F32, U8);

    private final int width;

    Type(int width) {
      this.width = width;
    }

    /** The bytes of a number. */
    int width() {
      return width;
    }
  }

  /**
   * A tensor as the header tells it.
   *
   * @param begin where its bytes begin, from the end of the header
   * @param end where they end, exclusive
   */
  record Entry(String name, Type type, List<Long> shape, long begin, long end) {

    long elements() {
      return (end - begin) / type.width();
    }

    long[] lengths() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }

    String quoted() {
      return Quote.of(name);
    }
  }

  /** The entries in the order of their bytes. */
  List<Entry> inOrderOfData() {
    return entries.stream()
        .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
        .toList();
  }

  /** The product of the lengths; −1 if one is negative or the product does not fit a long. */
  static long elements(long... shape) {
    long product = 1;
    for (long length : shape) {
      if (length < 0 || Math.multiplyHigh(product, length) != 0 || product * length < 0) {
        return -1;
      }
      product *= length;
    }
    return product;
  }

  /**
   * Reads and checks a header.
   *
   * @param source what errors call the file
   * @param bytes the JSON with its padding
   * @param data how many bytes follow the header
   * @param checked is shown the words as soon as they are read
   */
  static TensorHeader parse(
      String source, byte[] bytes, long data, Consumer<Map<String, String>> checked) {
    if (bytes[0] != '{') {
      throw new InvalidDataException(
          source + " is no model file: its header is no JSON; give a file that 'fit' wrote");
    }
    Parsing parsing = new Parsing(source, bytes.length + data, checked);
    TensorHeader header = parsing.header(bytes);
    header.checkData(source, data);
    return header;
  }

  private void checkData(String source, long data) {
    long expected = 0;
    for (Entry entry : inOrderOfData()) {
      if (entry.begin() != expected) {
        throw new InvalidDataException(
            source
                + " is damaged: need the bytes of "
                + entry.quoted()
                + " to begin at "
                + expected
                + ", got "
                + entry.begin());
      }
      expected = entry.end();
    }
    if (expected != data) {
      throw new InvalidDataException(
          source
              + (expected > data ? " is truncated: need " : " has bytes too many: need ")
              + expected
              + " bytes after the header, got "
              + data);
    }
  }

  /** One pass over the JSON. */
  private static final class Parsing {
    private static final JsonFactory JSON =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxNameLength(TensorFile.LONGEST_HEADER)
                    .maxStringLength(TensorFile.LONGEST_HEADER)
                    .build())
            .disable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .build();

    private final String source;
    private final long size;
    private final Consumer<Map<String, String>> checked;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Parsing(String source, long size, Consumer<Map<String, String>> checked) {
      this.source = source;
      this.size = size;
      this.checked = checked;
    }

    private InvalidDataException damaged(String what) {
      return new InvalidDataException(source + " is damaged: " + what);
    }

    TensorHeader header(byte[] bytes) {
      String text = TensorFile.utf8(source, bytes);
      try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
        expect(json.nextToken(), JsonToken.START_OBJECT, "an object");
        for (Optional<String> name = name(json); name.isPresent(); name = name(json)) {
          if (!names.add(name.get())) {
            throw damaged(Quote.of(name.get()) + " is there twice");
          }
          json.nextToken();
          if (name.get().equals(TensorFile.METADATA)) {
            metadata(json);
          } else {
            entries.add(entry(name.get(), json));
          }
          checkCount();
        }
        if (json.nextToken() != null) {
          throw damaged("its header goes on after its end");
        }
      } catch (JacksonException e) {
        throw new InvalidDataException(
            source
                + " is damaged: its header is no such JSON: "
                + Quote.plain(e.getOriginalMessage(), 160),
            e);
      }
      return new TensorHeader(texts, List.copyOf(entries));
    }

    private void checkCount() {
      if (texts.size() + entries.size() > TensorFile.MOST_ENTRIES) {
        throw damaged("it names more than " + TensorFile.MOST_ENTRIES + " entries");
      }
    }

    private void expect(@Nullable JsonToken got, JsonToken wanted, String what) {
      if (got != wanted) {
        throw damaged("its header has " + got + " where " + what + " must stand");
      }
    }

    /** The next name in an object, or nothing at its end. */
    private Optional<String> name(JsonParser json) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.END_OBJECT) {
        return Optional.empty();
      }
      expect(token, JsonToken.PROPERTY_NAME, "a name");
      return Optional.of(wellFormed(json.currentName()));
    }

    private String wellFormed(String words) {
      if (!TensorFile.wellFormed(words)) {
        throw damaged("its header has an unpaired surrogate in " + Quote.of(words));
      }
      return words;
    }

    private void metadata(JsonParser json) {
      expect(json.currentToken(), JsonToken.START_OBJECT, "an object");
      for (Optional<String> name = name(json); name.isPresent(); name = name(json)) {
        expect(json.nextToken(), JsonToken.VALUE_STRING, "a string");
        if (texts.put(name.get(), wellFormed(json.getString())) != null) {
          throw damaged("the words " + Quote.of(name.get()) + " are there twice");
        }
        checkCount();
      }
      checked.accept(Collections.unmodifiableMap(texts));
    }

    private Entry entry(String name, JsonParser json) {
      expect(json.currentToken(), JsonToken.START_OBJECT, "an object");
      Type type = null;
      List<Long> shape = null;
      List<Long> offsets = null;
      for (Optional<String> key = name(json); key.isPresent(); key = name(json)) {
        json.nextToken();
        switch (key.get()) {
          case "dtype" -> type = once(type, type(name, json), name);
          case "shape" -> shape = once(shape, wholes(name, json), name);
          case "data_offsets" -> offsets = once(offsets, wholes(name, json), name);
          default ->
              throw damaged(
                  "the tensor " + Quote.of(name) + " has an unknown key " + Quote.of(key.get()));
        }
      }
      if (type == null || shape == null || offsets == null || offsets.size() != 2) {
        throw damaged(
            "the tensor " + Quote.of(name) + " needs 'dtype', 'shape' and two 'data_offsets'");
      }
      Entry entry = new Entry(name, type, shape, offsets.get(0), offsets.get(1));
      check(entry);
      return entry;
    }

    private <T> T once(@Nullable T before, T now, String name) {
      if (before != null) {
        throw damaged("the tensor " + Quote.of(name) + " has a key twice");
      }
      return now;
    }

    private Type type(String name, JsonParser json) {
      expect(json.currentToken(), JsonToken.VALUE_STRING, "a string");
      String word = json.getString();
      for (Type type : Type.values()) {
        if (type.name().equals(word)) {
          return type;
        }
      }
      throw damaged(
          "need numbers of type "
              + List.of(Type.values())
              + ", got "
              + Quote.of(word)
              + " in "
              + Quote.of(name));
    }

    private List<Long> wholes(String name, JsonParser json) {
      expect(json.currentToken(), JsonToken.START_ARRAY, "an array");
      List<Long> wholes = new ArrayList<>(2);
      while (json.nextToken() != JsonToken.END_ARRAY) {
        expect(json.currentToken(), JsonToken.VALUE_NUMBER_INT, "a whole number");
        long whole = json.getLongValue();
        if (!(whole >= 0)) {
          throw damaged("need lengths and offsets >= 0, got " + whole + " in " + Quote.of(name));
        }
        if (wholes.size() == TensorFile.HIGHEST_RANK) {
          throw damaged(
              "need at most " + TensorFile.HIGHEST_RANK + " dimensions in " + Quote.of(name));
        }
        wholes.add(whole);
      }
      return List.copyOf(wholes);
    }

    private void check(Entry entry) {
      long elements = elements(entry.lengths());
      int width = entry.type().width();
      boolean lengths = elements >= 0 && entry.shape().stream().allMatch(each -> each <= size);
      if (!(lengths && elements <= size / width)) {
        throw damaged(
            "the shape "
                + entry.shape()
                + " of "
                + entry.quoted()
                + " is larger than the file, which may be truncated");
      }
      if (elements > LONGEST_ARRAY) {
        throw new InvalidDataException(
            source
                + " cannot be used: need at most "
                + LONGEST_ARRAY
                + " numbers in a tensor, got "
                + elements
                + " in "
                + entry.quoted());
      }
      if (!(entry.begin() <= entry.end() && entry.end() - entry.begin() == elements * width)) {
        throw damaged(
            "need "
                + elements * width
                + " bytes for the shape "
                + entry.shape()
                + " of "
                + entry.quoted()
                + ", got offsets from "
                + entry.begin()
                + " to "
                + entry.end());
      }
      if (entry.begin() % width != 0) {
        throw damaged(
            "need offsets that are multiples of "
                + width
                + ", got "
                + entry.begin()
                + " in "
                + entry.quoted());
      }
    }
  }
}
