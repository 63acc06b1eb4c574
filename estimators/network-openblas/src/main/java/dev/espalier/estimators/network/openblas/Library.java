package dev.espalier.estimators.network.openblas;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.openblas.presets.openblas;
import org.jspecify.annotations.Nullable;

/** OpenBLAS, loaded once and told to keep to the calling thread. */
final class Library {
  private static final String PATH = "dev.ludovic.netlib.blas.nativeLibPath";
  private static @Nullable BLAS loaded;

  private Library() {}

  /**
   * The library.
   *
   * @throws IllegalStateException if it does not load, with what to do
   */
  static synchronized BLAS open() {
    BLAS ready = loaded;
    if (ready == null) {
      ready = load();
      loaded = ready;
    }
    return ready;
  }

  private static BLAS load() {
    try {
      // JavaCPP unpacks the library and opens it; netlib is then told to use that very file.
      Path unpacked = Path.of(Loader.load(openblas_nolapack.class));
      System.setProperty(PATH, besides(unpacked).toString());
      BLAS blas = NativeBLAS.getInstance();
      openblas.blas_set_num_threads(1);
      return blas;
    } catch (LinkageError | RuntimeException | IOException e) {
      throw new IllegalStateException(
          "the engine 'native' needs OpenBLAS for "
              + Loader.getPlatform()
              + ", which did not load ("
              + e.getMessage()
              + "); put org.bytedeco:openblas and org.bytedeco:javacpp with the classifier "
              + Loader.getPlatform()
              + " beside it, or use engine=plain()",
          e);
    }
  }

  /** The library itself lies beside what binds it to Java. */
  private static Path besides(Path binding) throws IOException {
    Path folder = binding.toRealPath().getParent();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "libopenblas*")) {
      for (Path file : files) {
        return file;
      }
    }
    throw new IOException("no libopenblas in " + folder);
  }
}
