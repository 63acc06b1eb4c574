package dev.espalier.cli;

import dev.espalier.api.Guidance;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.OutputFile;
import dev.espalier.runtime.Recipe;
import dev.espalier.tables.Arrangement;
import dev.espalier.tables.Completion;
import dev.espalier.tables.Compression;
import dev.espalier.tables.CsvBlanks;
import dev.espalier.tables.CsvFormat;
import dev.espalier.tables.Fill;
import dev.espalier.tables.Layout;
import dev.espalier.tables.Reading;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableModel;
import dev.espalier.tables.TableOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A file written again with its blanks filled, and the recipe that makes the same bytes again.
 *
 * @param model fills the blanks
 * @param source the file with blanks
 * @param layout of the file that is written; its part for CSV is also that of the source
 * @param fill how often and how
 * @param guidance the expression of the fill's guidance; empty if it has none
 */
record Completing(TableModel model, Path source, Layout layout, Fill fill, String guidance) {

  private static final String COMPLETE = "complete";
  private static final String INPUT = "input";
  private static final String DRAWS = "draws";
  private static final String GUIDANCE = "guidance";
  private static final String SEPARATOR = "separator";
  private static final String ENCODING = "encoding";
  private static final String COMPRESSION = "compression";

  /** Whether a recipe tells of a file that was filled. */
  static boolean is(Recipe recipe) {
    return recipe.options().containsKey(COMPLETE);
  }

  static Completing of(
      TableModel model, Path source, Layout layout, Fill fill, Expressions expressions) {
    String guidance = fill.guidance().map(expressions::print).orElse("");
    return new Completing(model, source, layout, fill, guidance);
  }

  /** The file that a recipe fills. */
  static Path source(Recipe recipe, Path recipeFile) {
    String name = recipe.options().get(COMPLETE);
    try {
      return recipeFile.resolveSibling(name);
    } catch (InvalidPathException e) {
      throw new InvalidDataException(
          "need the path of the file that was filled in '" + recipeFile + "', got '" + name + "'",
          e);
    }
  }

  /** The filling that a recipe tells of. */
  static Completing of(Recipe recipe, Path recipeFile, TableModel model, Expressions expressions) {
    SortedMap<String, String> options = recipe.options();
    Path source = source(recipe, recipeFile);
    Digest found = Digest.of(source);
    if (!found.text().equals(options.get(INPUT))) {
      throw new InvalidDataException(
          "the file '"
              + source
              + "' is not the one that was filled: need "
              + options.get(INPUT)
              + ", got "
              + found
              + "; put that file back in its place");
    }
    String guidance = options.getOrDefault(GUIDANCE, "");
    Fill fill =
        new Fill(
            Integer.parseInt(options.getOrDefault(DRAWS, "1")),
            recipe.seed(),
            guidance.isEmpty()
                ? Optional.empty()
                : Optional.of(expressions.parse(Guidance.class, guidance)));
    CsvFormat csv =
        new CsvFormat(
            options.getOrDefault(SEPARATOR, ",").charAt(0),
            Charset.forName(options.getOrDefault(ENCODING, "UTF-8")));
    Compression compression = Compression.word(options.getOrDefault(COMPRESSION, "none"));
    Layout layout = new Layout(recipe.format(), compression, csv);
    Sampler sampler = expressions.parse(Sampler.class, recipe.sampler());
    return new Completing(model.with(model.fitted().with(sampler)), source, layout, fill, guidance);
  }

  /** The file with blanks as a table of the model's columns. */
  Table read() {
    Reading reading = Reading.STANDARD.withCsv(layout.csv());
    return TableFiles.read(source, reading.withSchema(model.arrangement().schema(model.draw(0))));
  }

  /** Fills the lines that were read. */
  Completion complete(Table lines, Tasks tasks, Progress progress) {
    Arrangement arrangement = model.arrangement();
    Completion filled = model.complete(arrangement.rows(lines), fill, tasks, progress);
    return new Completion(
        arrangement.filled(lines, filled.rows(), fill.draws()), fill.draws(), filled.answers());
  }

  /** Writes the file and, beside it, the recipe. */
  void write(
      Path target, Table table, Completion completion, Path modelFile, Expressions expressions) {
    Digest[] output = new Digest[1];
    write(target, table, completion, digest -> output[0] = digest);
    SortedMap<String, String> options = new TreeMap<>();
    Path recipe = Recipe.beside(target);
    options.put(COMPLETE, Recipe.modelFrom(recipe, source));
    options.put(INPUT, Digest.of(source).text());
    options.put(DRAWS, Integer.toString(fill.draws()));
    if (!guidance.isEmpty()) {
      options.put(GUIDANCE, guidance);
    }
    options.put(SEPARATOR, String.valueOf(layout.csv().separator()));
    options.put(ENCODING, layout.csv().encoding().name());
    if (layout.compression() != Compression.NONE) {
      options.put(COMPRESSION, layout.compression().word());
    }
    new Recipe(
            Recipe.modelFrom(recipe, modelFile),
            Digest.of(modelFile),
            expressions.print(model.fitted().pipeline().sampler()),
            fill.seed(),
            0,
            (long) table.count() * fill.draws(),
            layout.format(),
            options,
            output[0])
        .write(recipe);
  }

  /**
   * Writes the file if {@code accepted} does not refuse the digest of its bytes, taken before they
   * are packed.
   */
  void write(Path target, Table table, Completion completion, Consumer<Digest> accepted) {
    MessageDigest sha256 = sha256();
    OutputFile.write(
        target,
        out -> {
          try (OutputStream packed = layout.compression().packed(out)) {
            print(table, completion, new DigestOutputStream(packed, sha256));
          }
          accepted.accept(new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest())));
        });
  }

  /** From CSV to CSV all bytes of cells that are there stay; else cells are typed. */
  private void print(Table table, Completion completion, OutputStream out) throws IOException {
    if (layout.format().equals(Layout.STANDARD.format()) && TableFiles.isCsv(source)) {
      CsvBlanks.of(source, layout.csv(), table).write(table, completion, out);
      return;
    }
    Table filled = completion.over(table);
    TableOutput output = TableFiles.output(out, layout, filled.count());
    output.append(filled);
    output.finish();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
