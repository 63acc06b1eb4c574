package dev.espalier.runtime;

import dev.espalier.api.InvalidDataException;
import dev.espalier.api.Reader;
import dev.espalier.api.Score;
import dev.espalier.api.Writer;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A fitted model in a file, {@code .esp}.
 *
 * <p>The file is a valid safetensors file: any reader of that format sees its numbers by name. Its
 * metadata hold the version of the format, the expression of the pipeline with every key, what the
 * model came from, the words that its parts wrote, and the provider of every part. It runs no code.
 * Equal models give equal bytes, and a model that was read writes the bytes it was read from.
 */
public final class ModelFile {

  /** The version of the format that is written; it and all before it are read. */
  public static final int FORMAT = 1;

  private static final String SCORE = "score";
  private static final String ATTACHMENT = "attachment";

  private final Fitted fitted;
  private final Optional<Reader> attachment;
  private final Digest digest;
  private final Map<String, List<Long>> shapes;

  private ModelFile(
      Fitted fitted, Optional<Reader> attachment, Digest digest, Map<String, List<Long>> shapes) {
    this.fitted = fitted;
    this.attachment = attachment;
    this.digest = digest;
    this.shapes = shapes;
  }

  /**
   * Writes a model with nothing attached.
   *
   * @return the digest of the file
   * @throws IllegalArgumentException if a part of the model cannot be stored, or a part of its
   *     pipeline is from no provider; no file is written then
   * @throws InvalidDataException if the file cannot be written; nothing is left behind then
   */
  public static Digest write(Path path, Fitted fitted) {
    return write(path, fitted, nothing -> {});
  }

  /**
   * Writes a model with what the caller keeps beside it, such as the schema of a table.
   *
   * @param attachment writes what {@link #attachment()} will read
   * @return the digest of the file
   * @throws IllegalArgumentException if a part of the model cannot be stored, or a part of its
   *     pipeline is from no provider; no file is written then
   * @throws InvalidDataException if the file cannot be written; nothing is left behind then
   */
  public static Digest write(Path path, Fitted fitted, Consumer<Writer> attachment) {
    if (fitted.isGuided()) {
      throw new IllegalArgumentException(
          "a law that was conditioned approximately cannot be stored; store the law itself and"
              + " condition it when it is read");
    }
    TensorFile.Builder builder = new TensorFile.Builder();
    ModelMetadata.of(fitted).write(builder);
    PartWriter.write(builder, SCORE, fitted.score());
    attachment.accept(PartWriter.at(builder, ATTACHMENT));
    TensorFile file = builder.build();
    MessageDigest sha256 = Digest.sha256();
    OutputFile.write(path, out -> file.write(new DigestOutputStream(out, sha256)));
    return Digest.of(sha256);
  }

  /**
   * Reads a model.
   *
   * @param catalogue has the providers of the model's pipeline and parts
   * @throws InvalidDataException if the file is not there, is no model file, is damaged in any way
   *     or of a newer format, or needs a plugin that the catalogue does not have, which is named
   */
  public static ModelFile read(Path path, Catalogue catalogue) {
    String source = "'" + path + "'";
    TensorFile.Loaded loaded =
        TensorFile.read(path, words -> ModelMetadata.checkFormat(source, words));
    return read(source, loaded, catalogue);
  }

  /** Makes a model of what a file has. */
  static ModelFile read(String source, TensorFile.Loaded loaded, Catalogue catalogue) {
    TensorFile file = loaded.file();
    ModelMetadata metadata = ModelMetadata.read(source, file.texts());
    Map<String, PartReader> parts =
        PartReader.tree(source, file, List.of(SCORE, ATTACHMENT), catalogue.providers());
    PartReader stored = parts.get(SCORE);
    if (stored == null) {
      throw new InvalidDataException(source + " is damaged: it has no score");
    }
    Pipeline pipeline = metadata.pipeline(source, catalogue);
    Score score = stored.score();
    if (score.columns() != metadata.provenance().columns()) {
      throw new InvalidDataException(
          source
              + " is damaged: need a score of "
              + metadata.provenance().columns()
              + " columns, got "
              + score.columns());
    }
    Map<String, List<Long>> shapes = new LinkedHashMap<>();
    file.tensors()
        .forEach(
            (name, tensor) -> shapes.put(name, Arrays.stream(tensor.shape()).boxed().toList()));
    return new ModelFile(
        new Fitted(pipeline, score, metadata.provenance(), metadata.notes()),
        Optional.ofNullable(parts.get(ATTACHMENT)),
        loaded.digest(),
        Collections.unmodifiableMap(shapes));
  }

  /** The model. */
  public Fitted fitted() {
    return fitted;
  }

  /** What was attached, if anything was. */
  public Optional<Reader> attachment() {
    return attachment;
  }

  /** The digest of the file's bytes. */
  public Digest digest() {
    return digest;
  }

  /** The names of all numbers in the file with their shapes, in the order of the file. */
  public Map<String, List<Long>> shapes() {
    return shapes;
  }
}
