package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a model file says of the model as a whole.
 *
 * <p>A version may add keys; those that this one does not know are passed over.
 *
 * @param expression the text of the pipeline
 * @param provenance what the model came from
 * @param notes what a reader of the fit should know
 */
record ModelMetadata(String expression, Provenance provenance, List<String> notes) {

  /** How all its keys begin. */
  static final String PREFIX = "espalier.";

  private static final String FORMAT = PREFIX + "format";
  private static final String PIPELINE = PREFIX + "pipeline";
  private static final String SEED = PREFIX + "seed";
  private static final String DATA = PREFIX + "data";
  private static final String ROWS = PREFIX + "rows";
  private static final String COLUMNS = PREFIX + "columns";
  private static final String VERSION = PREFIX + "version";
  private static final String PLUGIN = PREFIX + "plugin.";
  private static final String OBSERVED = PREFIX + "observed.";
  private static final String NOTE = PREFIX + "note.";

  private static final Pattern WHOLE = Pattern.compile("0|-?[1-9][0-9]{0,18}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  static ModelMetadata of(Fitted fitted) {
    return new ModelMetadata(fitted.pipeline().expression(), fitted.provenance(), fitted.notes());
  }

  void write(TensorFile.Builder file) {
    file.text(FORMAT, Integer.toString(ModelFile.FORMAT));
    file.text(PIPELINE, expression);
    file.text(SEED, Long.toString(provenance.seed()));
    file.text(DATA, provenance.data());
    file.text(ROWS, Long.toString(provenance.rows()));
    file.text(COLUMNS, Integer.toString(provenance.columns()));
    file.text(VERSION, provenance.version());
    write(file, PLUGIN, provenance.plugins());
    write(file, OBSERVED, provenance.observed());
    write(file, NOTE, notes);
  }

  private static void write(TensorFile.Builder file, String key, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      file.text(key + (i + 1), lines.get(i));
    }
  }

  /**
   * Makes sure that the file is a model of a format that is known.
   *
   * @throws InvalidDataException if it is not
   */
  static void checkFormat(String source, Map<String, String> words) {
    if (!words.containsKey(FORMAT)) {
      throw new InvalidDataException(
          source
              + " is a safetensors file but no model file: it has no '"
              + FORMAT
              + "'; give a file that 'fit' wrote");
    }
    long format = new Words(source, words).whole(FORMAT, 1, Long.MAX_VALUE);
    if (format > ModelFile.FORMAT) {
      throw new InvalidDataException(
          source
              + " is a model file of format "
              + format
              + ", newer than the "
              + ModelFile.FORMAT
              + " that this program reads; use a newer Espalier");
    }
  }

  static ModelMetadata read(String source, Map<String, String> texts) {
    checkFormat(source, texts);
    Words words = new Words(source, texts);
    String expression = words.text(PIPELINE);
    String data = words.text(DATA);
    if (!SHA256.matcher(data).matches()) {
      throw words.damaged("need 64 hexadecimal digits in '" + DATA + "', got " + Quote.of(data));
    }
    Provenance provenance =
        new Provenance(
            expression,
            words.whole(SEED, Long.MIN_VALUE, Long.MAX_VALUE),
            data,
            words.whole(ROWS, 0, Long.MAX_VALUE),
            (int) words.whole(COLUMNS, 1, Integer.MAX_VALUE),
            words.text(VERSION),
            words.lines(PLUGIN),
            words.lines(OBSERVED));
    return new ModelMetadata(expression, provenance, words.lines(NOTE));
  }

  /** Makes the pipeline. */
  Pipeline pipeline(String source, Catalogue catalogue) {
    try {
      return Pipeline.parse(expression, catalogue);
    } catch (ExpressionException e) {
      String problem = Quote.plain(e.problem(), 600);
      throw new InvalidDataException(
          e.missingProvider()
              ? "the model needs a plugin that is not there: "
                  + problem
                  + ". Add the plugin's jar to open "
                  + source
              : "the pipeline of "
                  + source
                  + " cannot be read: "
                  + problem
                  + "; the file is damaged or needs another version of a plugin",
          e);
    }
  }

  /** The words of a file, checked. */
  private record Words(String source, Map<String, String> texts) {

    InvalidDataException damaged(String what) {
      return new InvalidDataException(source + " is damaged: " + what);
    }

    String text(String key) {
      String text = texts.get(key);
      if (text == null) {
        throw damaged("it has no '" + key + "'");
      }
      return text;
    }

    long whole(String key, long least, long greatest) {
      String text = text(key);
      if (WHOLE.matcher(text).matches()) {
        BigInteger whole = new BigInteger(text);
        if (whole.compareTo(BigInteger.valueOf(least)) >= 0
            && whole.compareTo(BigInteger.valueOf(greatest)) <= 0) {
          return whole.longValueExact();
        }
      }
      throw damaged(
          "need a whole number from "
              + least
              + " to "
              + greatest
              + " in '"
              + key
              + "', got "
              + Quote.of(text));
    }

    List<String> lines(String key) {
      List<String> lines = new ArrayList<>();
      for (String line = texts.get(key + 1);
          line != null;
          line = texts.get(key + (lines.size() + 1))) {
        lines.add(line);
      }
      return List.copyOf(lines);
    }
  }
}
