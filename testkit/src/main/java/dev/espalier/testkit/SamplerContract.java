package dev.espalier.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What every sampler must satisfy; a subclass says which, and how large its bias may be. */
public abstract class SamplerContract {

  private static final double[] MEAN = {1, -0.5};
  private static final double[][] COVARIANCE = {{1.5, 0.6}, {0.6, 0.8}};

  /** The sampler to check. */
  protected abstract Sampler sampler();

  /**
   * How far mean and deviations of drawn rows may be off for a normal law, relative to the
   * deviation; 0 for an exact sampler, else the discretisation error that the steps allow.
   */
  protected abstract double bias();

  private static DrawRequest request(int count) {
    return DrawRequest.of(Law.threeInThePlane(), count).withSeed(5);
  }

  private double[] draw(DrawRequest request) {
    Samples rows = sampler().draw(request);
    assertEquals(request.rows().count(), rows.count(), "rows");
    assertEquals(request.score().columns(), rows.columns(), "columns");
    assertFalse(rows.hasMissing(), "need drawn rows without NaN");
    return rows.toArray();
  }

  /** The first 37 rows of 150 are a draw of 37; the same request gives the same bits. */
  @Test
  public final void drawsArePrefixes() {
    double[] all = draw(request(150));
    assertArrayEquals(all, draw(request(150)), "the same draw again");
    assertArrayEquals(Arrays.copyOf(all, 37 * 2), draw(request(37)));
    assertEquals(0, draw(request(0)).length, "a draw of no row");
  }

  /** Any subset in any order has the same rows. */
  @Test
  public final void rowsDependOnTheirIndexAlone() {
    double[] all = draw(request(150));
    long[] chosen = {149, 3, 77, 3, 0};
    double[] some = draw(request(0).withRows(DrawRequest.Rows.of(chosen)));
    for (int i = 0; i < chosen.length; i++) {
      for (int j = 0; j < 2; j++) {
        assertEquals(all[(int) chosen[i] * 2 + j], some[i * 2 + j], "row " + chosen[i]);
      }
    }
    double[] slice = draw(request(0).withRows(DrawRequest.Rows.range(64, 20)));
    assertArrayEquals(Arrays.copyOfRange(all, 64 * 2, 84 * 2), slice);
    draw(request(0).withRows(DrawRequest.Rows.range(1L << 40, 2)));
  }

  /** Two and three threads draw the bits of one, and so do pieces that travelled. */
  @Test
  public final void threadsChangeNoBit() {
    double[] here = draw(request(700));
    for (int threads = 2; threads <= 3; threads++) {
      assertArrayEquals(
          here, draw(request(700).withTasks(Tasks.threads(threads))), "with threads " + threads);
    }
    assertArrayEquals(here, draw(request(700).withTasks(new TravellingTasks())), "sent elsewhere");
  }

  /** Another seed draws other rows, and no row comes twice. */
  @Test
  public final void seedsAndRowsDiffer() {
    double[] rows = draw(request(200));
    double[] other = draw(request(200).withSeed(6));
    double[] both = new double[400];
    for (int i = 0; i < 200; i++) {
      both[i] = rows[2 * i];
      both[200 + i] = other[2 * i];
    }
    assertEquals(400, Arrays.stream(both).distinct().count(), "distinct values");
  }

  /** A copy by Java serialization is equal and draws the same bits. */
  @Test
  public final void copiesDrawAlike() {
    Sampler copy = Copies.of(sampler());
    assertEquals(sampler(), copy, "need a sampler that is a value");
    assertArrayEquals(draw(request(20)), copy.draw(request(20)).toArray());
  }

  /** A cancelled draw stops. */
  @Test
  public final void cancellationStops() {
    Progress cancelled =
        new Progress() {
          @Override
          public void report(String stage, double done) {
            assertTrue(done >= 0 && done <= 1, () -> "need a share from 0 to 1, got " + done);
          }

          @Override
          public boolean cancelled() {
            return true;
          }
        };
    assertThrows(
        CancelledException.class, () -> sampler().draw(request(1000).withProgress(cancelled)));
  }

  /**
   * Hypothesis: rows drawn with the exact score of a normal law have its means, variances and
   * covariance, within the stated bias. Statistic: z-tests of five moments. Size 4000 rows. Alpha
   * 1e-6 each. Catches errors of 8 % of a deviation or 11 % of a variance beyond the bias.
   */
  @Statistical
  public final void drawsHaveTheMomentsOfTheLaw(TestInfo test) {
    Trials.of(test).run(this::moments);
  }

  /** Draws from a normal law and shows five moments; a twin in our own tests draws wrongly. */
  final void moments(Trial trial) {
    Law law = Law.gaussian(MEAN, COVARIANCE);
    Samples rows = sampler().draw(DrawRequest.of(law, 4000).withSeed(trial.seed()));
    double[][] columns = {rows.column(0), rows.column(1)};
    for (int j = 0; j < 2; j++) {
      double variance = COVARIANCE[j][j];
      String name = "column " + j;
      trial.show(Statistics.mean(name, columns[j], MEAN[j], bias() * Math.sqrt(variance)));
      trial.show(Statistics.variance(name, columns[j], variance, 2 * bias() * variance));
    }
    double[] product = new double[rows.count()];
    for (int i = 0; i < product.length; i++) {
      product[i] = (columns[0][i] - MEAN[0]) * (columns[1][i] - MEAN[1]);
    }
    double scale = Math.sqrt(COVARIANCE[0][0] * COVARIANCE[1][1]);
    trial.show(Statistics.mean("product of both", product, COVARIANCE[0][1], 2 * bias() * scale));
  }
}
