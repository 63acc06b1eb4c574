package dev.espalier.samplers;

import dev.espalier.api.Guidance;
import dev.espalier.api.Observation;
import dev.espalier.api.Sampler;
import dev.espalier.api.Score;
import dev.espalier.api.Setting;
import java.util.List;

/**
 * {@link Replacement} with every step taken several times (RePaint: Lugmayr et al., 2022).
 *
 * <p>After a step the rows are noised back and step again, so that columns that were not observed
 * come to agree with those that were. Goes with samplers that walk down a grid.
 *
 * @param times how often every step is taken, at least 1
 */
public record Repaint(
    @Setting(value = "" + TIMES, help = "how often every step is taken; >= 1") int times)
    implements Guidance {

  /** The usual number of times. */
  public static final int TIMES = 10;

  /** Checks the range. */
  public Repaint {
    Checks.atLeast("times", 1, times);
  }

  @Override
  public Score guide(Score score, List<Observation> observations) {
    return new Replacement().guide(score, observations);
  }

  @Override
  public Sampler sampler(Sampler sampler) {
    if (sampler instanceof Direct direct) {
      return new Direct(sampler(direct.otherwise()));
    }
    if (sampler instanceof Walk walk) {
      return new Walk(new Repeated(walk.stepper(), times), walk.settings());
    }
    throw new IllegalArgumentException(
        "repaint needs a sampler that walks down a grid, such as heun(), got " + sampler);
  }

  /**
   * A stepper that goes back up and steps again.
   *
   * @param stepper that repeats
   * @param times how often every step is taken
   */
  record Repeated(Stepper stepper, int times) implements Stepper {

    @Override
    public void step(Move move, double[] x, double[] out) {
      double[][] before = new double[stepper.memory()][];
      for (int i = 0; i < before.length; i++) {
        before[i] = move.memory(i).clone();
      }
      stepper.step(move, x, out);
      double signal = move.to().to(move.from()).a();
      double deviation = Math.sqrt(move.to().to(move.from()).b());
      double[] back = new double[x.length];
      for (int round = 1; round < times; round++) {
        move.normals(back);
        for (int i = 0; i < back.length; i++) {
          back[i] = signal * out[i] + deviation * back[i];
        }
        for (int i = 0; i < before.length; i++) {
          System.arraycopy(before[i], 0, move.memory(i), 0, before[i].length);
        }
        stepper.step(move, back, out);
      }
    }

    @Override
    public int memory() {
      return stepper.memory();
    }

    @Override
    public int order() {
      return times == 1 ? stepper.order() : 0;
    }

    @Override
    public boolean isRandom() {
      return times > 1 || stepper.isRandom();
    }
  }
}
