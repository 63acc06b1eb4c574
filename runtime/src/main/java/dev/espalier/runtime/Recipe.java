package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.io.JsonStringEncoder;
import tools.jackson.core.json.JsonFactory;

/**
 * How a file of drawn rows was made, so that it can be made again byte for byte.
 *
 * <p>It stands beside the file: {@code rows.csv} has {@code rows.csv.recipe.json}. The recipe
 * carries a digest of its own content, so that a change to it is noticed; this guards against
 * mistakes, not against someone who computes the digest anew.
 *
 * @param model where the model file is, as a path from the recipe's directory
 * @param modelDigest the digest of the model file
 * @param sampler the expression of the sampler, with every key
 * @param seed the seed of the draw
 * @param first the index of the first row, at least 0
 * @param rows how many rows, at least 0
 * @param format the format of the drawn file, such as {@code csv}
 * @param options what else the bytes depend on, by name
 * @param output the digest of the drawn file
 */
public record Recipe(
    String model,
    Digest modelDigest,
    String sampler,
    long seed,
    long first,
    long rows,
    String format,
    SortedMap<String, String> options,
    Digest output) {

  private static final String SUFFIX = ".recipe.json";
  private static final long VERSION = 1;
  private static final int LARGEST = 1 << 20;

  /** Copies the options and checks the ranges. */
  public Recipe {
    if (!(first >= 0 && rows >= 0)) {
      throw new IllegalArgumentException(
          "need a first row >= 0 and a number of rows >= 0, got " + first + " and " + rows);
    }
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    if (!TensorFile.wellFormed(model + sampler + format + options)) {
      throw new IllegalArgumentException("need well-formed Unicode, got an unpaired surrogate");
    }
  }

  /** Where the recipe of a drawn file stands: beside it. */
  public static Path beside(Path output) {
    return output.resolveSibling(output.getFileName() + SUFFIX);
  }

  /**
   * How a recipe names a model: the path from the recipe's directory, with {@code /} between names.
   *
   * @param recipe the recipe's file
   */
  public static String modelFrom(Path recipe, Path model) {
    Path directory = recipe.toAbsolutePath().normalize().getParent();
    Path target = model.toAbsolutePath().normalize();
    boolean related = directory.getRoot().equals(target.getRoot());
    Path path = related ? directory.relativize(target) : target;
    return path.toString().replace(path.getFileSystem().getSeparator(), "/");
  }

  /**
   * Where the model is.
   *
   * @param recipe the file that this recipe was read from
   * @throws InvalidDataException if the recipe names no path of this system
   */
  public Path modelPath(Path recipe) {
    try {
      return recipe.resolveSibling(model);
    } catch (InvalidPathException e) {
      throw new InvalidDataException(
          "need the path of a model in '" + recipe + "', got " + Quote.of(model), e);
    }
  }

  /** The recipe as JSON, one key a line; equal recipes give equal text. */
  public String json() {
    return "{\n" + content() + ",\n  \"digest\": " + quoted(digest().text()) + "\n}\n";
  }

  /** The digest of what the recipe says. */
  private Digest digest() {
    return Digest.of(content().getBytes(StandardCharsets.UTF_8));
  }

  private String content() {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put("espalier.recipe", Long.toString(VERSION));
    lines.put("model", quoted(model));
    lines.put("modelDigest", quoted(modelDigest.text()));
    lines.put("sampler", quoted(sampler));
    lines.put("seed", Long.toString(seed));
    lines.put("first", Long.toString(first));
    lines.put("rows", Long.toString(rows));
    lines.put("format", quoted(format));
    lines.put(
        "options",
        options.entrySet().stream()
            .map(option -> quoted(option.getKey()) + ": " + quoted(option.getValue()))
            .collect(Collectors.joining(", ", "{", "}")));
    lines.put("output", quoted(output.text()));
    return lines.entrySet().stream()
        .map(line -> "  " + quoted(line.getKey()) + ": " + line.getValue())
        .collect(Collectors.joining(",\n"));
  }

  private static String quoted(String words) {
    return '"' + new String(JsonStringEncoder.getInstance().quoteAsCharArray(words)) + '"';
  }

  /**
   * Writes the recipe to a file.
   *
   * @throws InvalidDataException if the file cannot be written
   */
  public void write(Path file) {
    byte[] bytes = json().getBytes(StandardCharsets.UTF_8);
    OutputFile.write(file, out -> out.write(bytes));
  }

  /**
   * Reads a recipe.
   *
   * @throws InvalidDataException if the file is not there, is no recipe, was cut or edited, or was
   *     written by a newer version
   */
  public static Recipe read(Path file) {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(LARGEST + 1);
    } catch (NoSuchFileException e) {
      throw new InvalidDataException(
          "need the recipe '" + file + "', which is not there; keep it beside the drawn file", e);
    } catch (IOException e) {
      throw new InvalidDataException("cannot read '" + file + "': " + FileFailure.reason(e), e);
    }
    return parse("'" + file + "'", bytes);
  }

  static Recipe parse(String source, byte[] bytes) {
    if (bytes.length > LARGEST) {
      throw new InvalidDataException(
          source + " is no recipe: need at most " + LARGEST + " bytes, got more");
    }
    return new Fields(source, bytes).recipe();
  }

  /**
   * Makes sure that a model is the one the rows were drawn from.
   *
   * @throws InvalidDataException if its digest is another
   */
  public void checkModel(Digest found) {
    if (!found.equals(modelDigest)) {
      throw new InvalidDataException(
          "the model "
              + Quote.of(model)
              + " is not the one that the rows were drawn from: need "
              + modelDigest
              + ", got "
              + found
              + "; put that model back in its place");
    }
  }

  /**
   * Makes sure that a file has the bytes that were drawn.
   *
   * @throws InvalidDataException if its digest is another
   */
  public void checkOutput(Digest found) {
    if (!found.equals(output)) {
      throw new InvalidDataException(
          "the rows are not those that were drawn: need " + output + ", got " + found);
    }
  }

  /** The keys and values of a recipe's file. */
  private static final class Fields {
    private static final JsonFactory JSON =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(2).maxNumberLength(20).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final int WORDS = 6;
    private static final int NUMBERS = 4;

    private final String source;
    private final Map<String, String> words = new LinkedHashMap<>();
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private final SortedMap<String, String> options = new TreeMap<>();

    Fields(String source, byte[] bytes) {
      this.source = source;
      try (JsonParser json =
          JSON.createParser(ObjectReadContext.empty(), TensorFile.utf8(source, bytes))) {
        boolean object = json.nextToken() == JsonToken.START_OBJECT;
        while (object && json.nextToken() == JsonToken.PROPERTY_NAME) {
          field(json.currentName(), json);
        }
        if (!object || json.nextToken() != null) {
          throw foreign("it is not one JSON object");
        }
      } catch (JacksonException e) {
        throw foreign(Quote.plain(e.getOriginalMessage(), 160), e);
      }
    }

    private InvalidDataException foreign(String why) {
      return new InvalidDataException(words(why));
    }

    private InvalidDataException foreign(String why, Exception cause) {
      return new InvalidDataException(words(why), cause);
    }

    private String words(String why) {
      return source + " is no recipe or was cut: " + why + "; draw the rows anew";
    }

    private void field(String name, JsonParser json) {
      JsonToken token = json.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        words.put(name, json.getString());
      } else if (token == JsonToken.VALUE_NUMBER_INT) {
        numbers.put(name, json.getLongValue());
      } else if (token == JsonToken.START_OBJECT && name.equals("options")) {
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
          String option = json.currentName();
          if (json.nextToken() != JsonToken.VALUE_STRING) {
            throw foreign("need words in the option " + Quote.of(option));
          }
          options.put(option, json.getString());
        }
      } else {
        throw foreign(Quote.of(name) + " has no value that a recipe has");
      }
    }

    Recipe recipe() {
      long version = number("espalier.recipe");
      if (version > VERSION) {
        throw new InvalidDataException(
            source
                + " is a recipe of version "
                + version
                + ", newer than the "
                + VERSION
                + " that this program reads; use a newer Espalier");
      }
      Recipe recipe =
          new Recipe(
              word("model"),
              digest("modelDigest"),
              word("sampler"),
              number("seed"),
              index("first"),
              index("rows"),
              word("format"),
              options,
              digest("output"));
      boolean known = words.size() == WORDS && numbers.size() == NUMBERS && version == VERSION;
      if (!(known && recipe.digest().equals(digest("digest")))) {
        throw new InvalidDataException(
            source + " was edited: it does not agree with its own digest; draw the rows anew");
      }
      return recipe;
    }

    private String word(String name) {
      String word = words.get(name);
      if (word == null) {
        throw foreign("it has no words '" + name + "'");
      }
      return word;
    }

    private long number(String name) {
      Long number = numbers.get(name);
      if (number == null) {
        throw foreign("it has no number '" + name + "'");
      }
      return number;
    }

    private long index(String name) {
      long index = number(name);
      if (!(index >= 0)) {
        throw foreign("need '" + name + "' >= 0, got " + index);
      }
      return index;
    }

    private Digest digest(String name) {
      try {
        return new Digest(word(name));
      } catch (IllegalArgumentException e) {
        throw foreign("'" + name + "': " + e.getMessage(), e);
      }
    }
  }
}
