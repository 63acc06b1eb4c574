package dev.espalier.samplers;

import dev.espalier.api.DirectSampler;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Setting;
import dev.espalier.api.Streams;
import java.util.random.RandomGenerator;

/**
 * A sampler that draws from the law itself where the score can, and walks otherwise.
 *
 * @param otherwise draws from scores without the ability {@link DirectSampler}
 */
public record Direct(
    @Setting(value = "unipc(steps=32)", help = "the sampler of scores that cannot draw directly")
        Sampler otherwise)
    implements Sampler {

  /** {@link UniPc} in 32 steps where the score cannot draw directly. */
  public static Direct standard() {
    return new Direct(Samplers.uniPc(32));
  }

  @Override
  public Samples draw(DrawRequest request) {
    return request
        .score()
        .ability(DirectSampler.class)
        .map(law -> Blocks.draw(request, new Law(law, request.score().columns())))
        .orElseGet(() -> otherwise.draw(request));
  }

  /** Draws each row of a block with its own stream. */
  private record Law(DirectSampler law, int columns) implements Blocks.Work {

    @Override
    public double[] rows(DrawRequest.Rows rows, Streams streams, Progress progress) {
      progress.check();
      RandomGenerator[] each = Blocks.streams(rows, streams, "samplers.direct");
      double[] all = new double[each.length * columns];
      double[] row = new double[columns];
      for (int i = 0; i < each.length; i++) {
        law.draw(each[i], row);
        System.arraycopy(row, 0, all, i * columns, columns);
      }
      progress.report("sampling", 1);
      return all;
    }
  }
}
