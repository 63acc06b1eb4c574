package dev.espalier.estimators.network;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Tasks;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Cloud;
import dev.espalier.plots.Scatter;
import dev.espalier.samplers.Samplers;
import dev.espalier.testkit.PlaneLaw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Draws the laws in the plane beside what the standard network learned of 20,000 of their rows. */
public final class PlanePictures {

  private static final int ROWS = 20_000;
  private static final int SHOWN = 1_500;

  private PlanePictures() {}

  /** Writes a picture of true and one of drawn rows a law into the folder given. */
  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (PlaneLaw law : PlaneLaw.values()) {
      FitRequest request = FitRequest.of(law.rows(ROWS, 1)).withTasks(Tasks.threads(2));
      long begin = System.nanoTime();
      Score score = Network.STANDARD.fit(request);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      System.out.printf(Locale.ROOT, "%s: fitted in %.1f s, %s%n", law, seconds, score.notes());
      String name = law.name().toLowerCase(Locale.ROOT);
      Samples drawn = Samplers.heun(32).draw(DrawRequest.of(score, SHOWN).withSeed(1));
      picture(folder.resolve(name + "-true.svg"), "True rows", law.rows(SHOWN, 2));
      picture(folder.resolve(name + "-drawn.svg"), "Drawn rows", drawn);
    }
  }

  private static void picture(Path file, String title, Samples rows) throws IOException {
    Cloud cloud = Cloud.of(title, rows.column(0), rows.column(1));
    Scatter plot = new Scatter(title, Axis.linear(""), Axis.linear(""), List.of(cloud));
    Files.writeString(file, plot.file());
  }
}
