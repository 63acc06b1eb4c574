package dev.espalier.cli;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Digest;
import dev.espalier.runtime.Expressions;
import dev.espalier.runtime.OutputFile;
import dev.espalier.runtime.Recipe;
import dev.espalier.tables.CsvFormat;
import dev.espalier.tables.CsvOutput;
import dev.espalier.tables.TableModel;
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
 * @param format of the file
 */
record Drawing(TableModel model, long seed, long first, long count, CsvFormat format) {

  private static final String FORMAT = "csv";
  private static final String SEPARATOR = "separator";
  private static final String ENCODING = "encoding";

  /** Where the work runs; changes no byte. */
  record Work(int block, Tasks tasks, Progress progress) {}

  /** The drawing that a recipe tells of. */
  static Drawing of(Recipe recipe, TableModel model, Expressions expressions) {
    Sampler sampler = expressions.parse(Sampler.class, recipe.sampler());
    SortedMap<String, String> options = recipe.options();
    CsvFormat format =
        new CsvFormat(
            options.getOrDefault(SEPARATOR, ",").charAt(0),
            Charset.forName(options.getOrDefault(ENCODING, "UTF-8")));
    return new Drawing(
        model.with(model.fitted().with(sampler)),
        recipe.seed(),
        recipe.first(),
        recipe.rows(),
        format);
  }

  /** Writes the rows and, beside them, the recipe. */
  void write(Path target, Path modelFile, Digest modelDigest, Expressions expressions, Work work) {
    Digest[] output = new Digest[1];
    write(target, work, digest -> output[0] = digest);
    SortedMap<String, String> options = new TreeMap<>();
    options.put(SEPARATOR, String.valueOf(format.separator()));
    options.put(ENCODING, format.encoding().name());
    Path recipe = Recipe.beside(target);
    new Recipe(
            Recipe.modelFrom(recipe, modelFile),
            modelDigest,
            expressions.print(model.fitted().pipeline().sampler()),
            seed,
            first,
            count,
            FORMAT,
            options,
            output[0])
        .write(recipe);
  }

  /** Writes the rows if {@code accepted} does not refuse the digest of their bytes. */
  void write(Path target, Work work, Consumer<Digest> accepted) {
    MessageDigest sha256 = sha256();
    OutputFile.write(
        target,
        out -> {
          print(new DigestOutputStream(out, sha256), work);
          accepted.accept(new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest())));
        });
  }

  private void print(OutputStream out, Work work) throws IOException {
    CsvOutput csv = CsvOutput.to(out, format);
    for (long done = 0; done == 0 || done < count; done += work.block()) {
      int rows = (int) Math.min(work.block(), count - done);
      csv.append(
          model.draw(
              DrawRequest.Rows.range(first + done, rows),
              seed,
              work.tasks(),
              work.progress().part((double) done / count, (double) (done + rows) / count)));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
