package dev.espalier.estimators.tribuo.program;

import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import dev.espalier.estimators.tribuo.TribuoRegression;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.ModelFile;
import dev.espalier.runtime.Pipeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A program that uses boosted trees as a user's does: from the class path, and not in a package of
 * ours, since Java looks for those in their modules alone.
 */
public final class BoostedRows {

  private BoostedRows() {}

  /** Keeps a model in the file that is named, and prints where its parts came from and rows. */
  public static void main(String[] args) throws IOException, ClassNotFoundException {
    System.out.println(TribuoRegression.class.getModule());
    System.out.println(Class.forName("org.tribuo.Model").getModule());
    System.out.println(Class.forName("ml.dmlc.xgboost4j.java.Booster").getModule().isNamed());
    System.out.println(drawn(Path.of(args[0])));
  }

  /** Rows drawn from a model that was fitted, kept in a file and read again. */
  public static String drawn(Path file) throws IOException {
    RandomGenerator random = new Streams(1).stream("rows", 0);
    Samples rows = Samples.of(2, random.doubles(80).toArray());
    Catalogue catalogue = Catalogue.discover();
    Fitted fitted =
        Pipeline.parse(
                "pipeline(estimator=tribuo(trainer=xgboost(trees=2), levels=2, copies=2))",
                catalogue)
            .fit(rows);
    ModelFile.write(file, fitted);
    Samples drawn = ModelFile.read(file, catalogue).fitted().draw(3);
    return Arrays.toString(drawn.toArray());
  }
}
