package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.OutputFile;
import dev.espalier.runtime.Recipe;
import dev.espalier.tables.Arrangement;
import dev.espalier.tables.Compression;
import dev.espalier.tables.CsvFormat;
import dev.espalier.tables.Layout;
import dev.espalier.tables.Table;
import dev.espalier.tables.TableFiles;
import dev.espalier.tables.TableModel;
import dev.espalier.tables.TableOutput;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Rows drawn block by block into a file, and the recipe that makes the same bytes again.
 *
 * @param model draws the rows
 * @param seed of the draw
 * @param first the index of the first row
 * @param count how many rows
 * @param layout of the file
 * @param given what the model was conditioned on
 */
record Drawing(TableModel model, long seed, long first, long count, Layout layout, Given given) {

  /** Rows of a model that was conditioned on nothing. */
  Drawing(TableModel model, long seed, long first, long count, Layout layout) {
    this(model, seed, first, count, layout, Given.NOTHING);
  }

  private static final String SEPARATOR = "separator";
  private static final String ENCODING = "encoding";
  private static final String COMPRESSION = "compression";

  /** Where the work runs; changes no byte. */
  record Work(int block, Tasks tasks, Progress progress) {}

  /** The drawing that a recipe tells of. */
  static Drawing of(Recipe recipe, TableModel model, Expressions expressions) {
    Sampler sampler = expressions.parse(Sampler.class, recipe.sampler());
    SortedMap<String, String> options = recipe.options();
    CsvFormat csv =
        new CsvFormat(
            options.getOrDefault(SEPARATOR, ",").charAt(0),
            Charset.forName(options.getOrDefault(ENCODING, "UTF-8")));
    Compression compression = Compression.word(options.getOrDefault(COMPRESSION, "none"));
    Given given = Given.of(options);
    return new Drawing(
        given.on(model.with(model.fitted().with(sampler)), expressions),
        recipe.seed(),
        recipe.first(),
        recipe.rows(),
        new Layout(recipe.format(), compression, csv),
        given);
  }

  /** Writes the rows and, beside them, the recipe. */
  void write(Path target, Path modelFile, Digest modelDigest, Expressions expressions, Work work) {
    Digest[] output = new Digest[1];
    write(target, work, digest -> output[0] = digest);
    SortedMap<String, String> options = new TreeMap<>();
    options.put(SEPARATOR, String.valueOf(layout.csv().separator()));
    options.put(ENCODING, layout.csv().encoding().name());
    if (layout.compression() != Compression.NONE) {
      options.put(COMPRESSION, layout.compression().word());
    }
    given.tell(options);
    Path recipe = Recipe.beside(target);
    new Recipe(
            Recipe.modelFrom(recipe, modelFile),
            modelDigest,
            expressions.print(model.fitted().pipeline().sampler()),
            seed,
            first,
            count,
            layout.format(),
            options,
            output[0])
        .write(recipe);
  }

  /**
   * Writes the rows if {@code accepted} does not refuse the digest of their bytes, taken before
   * they are packed: packing may differ from one Java to the next.
   */
  void write(Path target, Work work, Consumer<Digest> accepted) {
    MessageDigest sha256 = sha256();
    OutputFile.write(
        target,
        out -> {
          try (OutputStream packed = layout.compression().packed(out)) {
            print(new DigestOutputStream(packed, sha256), work);
          }
          accepted.accept(new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest())));
        });
  }

  /** Writes the rows to a stream, without a recipe. */
  void stream(OutputStream out, Work work) {
    try {
      OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
      print(buffered, work);
      buffered.flush();
    } catch (IOException e) {
      throw new InvalidDataException(e.getMessage(), e);
    }
  }

  private void print(OutputStream out, Work work) throws IOException {
    Arrangement arrangement = model.arrangement();
    TableOutput output = TableFiles.output(out, layout, arrangement.lines(count));
    for (long done = 0; done == 0 || done < count; done += work.block()) {
      int rows = (int) Math.min(work.block(), count - done);
      Table drawn =
          model.draw(
              DrawRequest.Rows.range(first + done, rows),
              seed,
              work.tasks(),
              work.progress().part((double) done / count, (double) (done + rows) / count));
      output.append(arrangement.lines(drawn, first + done));
    }
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
