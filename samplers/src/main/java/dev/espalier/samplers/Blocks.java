package dev.espalier.samplers;

import dev.espalier.api.DrawRequest;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Streams;
import java.io.Serializable;
import java.util.List;
import java.util.random.RandomGenerator;

/** Draws blocks of rows wherever the request's tasks run. */
final class Blocks {

  /** Rows a block: enough to keep a batched score busy, few enough for the caches. */
  private static final int MOST = 256;

  /** Blocks to aim for in small requests, so that every thread has some. */
  private static final int AIM = 16;

  private Blocks() {}

  /** Draws one block of rows. */
  interface Work extends Serializable {
    double[] rows(DrawRequest.Rows rows, Streams streams, Progress progress);
  }

  static Samples draw(DrawRequest request, Work work) {
    return draw(request, request.score().columns(), work);
  }

  /** Draws rows of so many numbers. */
  static Samples draw(DrawRequest request, int columns, Work work) {
    int even = (request.rows().count() + AIM - 1) / AIM;
    return draw(request, columns, Math.max(1, Math.min(MOST, even)), work);
  }

  /** Draws in blocks of the given size, which changes no bit. */
  static Samples drawInBlocks(DrawRequest request, int block, Work work) {
    return draw(request, request.score().columns(), block, work);
  }

  private static Samples draw(DrawRequest request, int columns, int block, Work work) {
    DrawRequest.Rows rows = request.rows();
    Streams streams = new Streams(request.seed());
    int count = rows.count();
    int blocks = (count + block - 1) / block;
    List<double[]> parts =
        request
            .tasks()
            .map(
                blocks,
                (index, progress) -> {
                  int from = index * block;
                  int to = Math.min(count, from + block);
                  return work.rows(rows.slice(from, to), streams, progress);
                },
                request.progress());
    double[] all = new double[Math.multiplyExact(count, columns)];
    int position = 0;
    for (double[] part : parts) {
      System.arraycopy(part, 0, all, position, part.length);
      position += part.length;
    }
    return Samples.of(columns, all);
  }

  /** A stream for every row. */
  static RandomGenerator[] streams(DrawRequest.Rows rows, Streams streams, String consumer) {
    RandomGenerator[] each = new RandomGenerator[rows.count()];
    for (int i = 0; i < each.length; i++) {
      each[i] = streams.stream(consumer, rows.index(i));
    }
    return each;
  }
}
