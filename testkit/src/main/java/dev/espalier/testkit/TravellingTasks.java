package dev.espalier.testkit;

import dev.espalier.api.Progress;
import dev.espalier.api.Tasks;
import java.util.ArrayList;
import java.util.List;

/**
 * Tasks that run every piece from what would be sent to another machine, and keep of every result
 * what would come back.
 *
 * <p>Both travel by Java serialization, as on a cluster; a piece that captures what cannot travel
 * fails. Runs in the calling thread. For tests that work done elsewhere has the same bits, and of
 * how much is sent.
 */
public final class TravellingTasks implements Tasks {

  private final List<Integer> sent = new ArrayList<>();

  @Override
  public <R> List<R> map(int count, Piece<R> piece, Progress progress) {
    List<R> results = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      progress.check();
      byte[] parcel = Copies.bytes(piece.only(i));
      sent.add(parcel.length);
      ClassLoader loader = piece.getClass().getClassLoader();
      Piece<R> arrived = Copies.from(parcel, loader);
      Progress share = progress.part((double) i / count, (i + 1.0) / count);
      results.add(Copies.from(Copies.bytes(arrived.run(i, share)), loader));
    }
    return results;
  }

  /** The calling thread. */
  @Override
  public Tasks near() {
    return Tasks.here();
  }

  /** The bytes sent for every piece so far, in order. */
  public List<Integer> sent() {
    return List.copyOf(sent);
  }
}
