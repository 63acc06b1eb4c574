package dev.espalier.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.espalier.api.CancelledException;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Labels;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.Tasks;
import dev.espalier.runtime.Catalogue;
import dev.espalier.runtime.Fitted;
import dev.espalier.runtime.Pipeline;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One model used by many at once, work that is stopped, and draws that never end. */
class ManyThreadsTest {

  private static final int THREADS = 16;

  private static Samples rows() {
    Samples rows = Structured.chain(5, 80, 4);
    int[] codes = new int[rows.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = i % 2;
    }
    return rows.withLabels(List.of(Labels.of("k", List.of("a", "b"), codes)));
  }

  private static Pipeline pipeline(String estimator, String sampler) {
    return Pipeline.parse(
        "pipeline(" + estimator + ", " + sampler + ", seed=9)", Catalogue.discover());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "gaussian()",
        "gmm(components=3, restarts=1)",
        "kernel()",
        "markovfield()",
        "ridge(count=10, levels=4)",
        "network(hidden=[8], steps=20)",
        "localized(radius=1, inner=network(hidden=[8], steps=20))",
        "subspace(rank=2, inner=gmm(components=2, restarts=1))",
        "stratified(by=k, inner=gaussian())"
      })
  void aModelDrawnBySixteenThreadsAtOnceGivesTheRowsItGivesAlone(String estimator)
      throws Exception {
    for (String sampler : List.of("direct()", "dpmsde(steps=8)")) {
      Fitted model = pipeline(estimator, sampler).fit(FitRequest.of(rows()));
      Samples alone = model.draw(DrawRequest.Rows.range(0, 40), 3, Tasks.here(), Progress.silent());
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Callable<Samples>> draws = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Tasks tasks = t % 2 == 0 ? Tasks.here() : Tasks.threads(3);
        draws.add(
            () -> {
              start.await();
              return model.draw(DrawRequest.Rows.range(0, 40), 3, tasks, Progress.silent());
            });
      }
      ExecutorService pool = Executors.newFixedThreadPool(THREADS);
      try {
        for (Future<Samples> each : pool.invokeAll(draws)) {
          assertEquals(alone, each.get());
        }
      } finally {
        pool.shutdown();
      }
    }
  }

  /** Says that it was cancelled after being asked a number of times. */
  private record Stop(AtomicInteger asked, int last) implements Progress {
    @Override
    public void report(String stage, double done) {}

    @Override
    public boolean cancelled() {
      return asked.getAndIncrement() >= last;
    }
  }

  @Tag("long")
  @Test
  void cancelledWorkLeavesNoThread() throws InterruptedException {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    for (String estimator :
        List.of(
            "gmm(components=1..4)",
            "network(hidden=[8], steps=200)",
            "localized(radius=0..2, inner=network(hidden=[8], steps=20))")) {
      Pipeline pipeline = pipeline(estimator, "heun(steps=20)");
      for (int last : new int[] {0, 3, 20}) {
        FitRequest request =
            FitRequest.of(rows())
                .withTasks(Tasks.threads(4))
                .withProgress(new Stop(new AtomicInteger(), last));
        assertThrows(CancelledException.class, () -> pipeline.fit(request));
      }
    }
    Fitted model = pipeline("gaussian()", "heun(steps=20)").fit(rows());
    assertThrows(
        CancelledException.class,
        () ->
            model.draw(
                DrawRequest.Rows.range(0, 1000),
                3,
                Tasks.threads(4),
                new Stop(new AtomicInteger(), 5)));
    for (Thread thread : Thread.getAllStackTraces().keySet()) {
      if (!before.contains(thread) && thread.getName().startsWith("espalier")) {
        thread.join(10_000);
        assertTrue(!thread.isAlive(), () -> "need the end of " + thread);
      }
    }
  }

  @Tag("long")
  @Test
  void memoryStaysFlatOverTenThousandDraws() {
    Fitted model =
        pipeline("stratified(by=k, inner=gmm(components=2, restarts=1))", "heun(steps=4)")
            .fit(FitRequest.of(rows()));
    draws(model, 2_000);
    long before = used();
    draws(model, 10_000);
    long grown = used() - before;
    assertTrue(grown < 1 << 20, () -> "need less than 1 MiB more, got " + grown + " bytes");
  }

  private static void draws(Fitted model, int count) {
    for (int i = 0; i < count; i++) {
      model.draw(DrawRequest.Rows.range(i, 2), i, Tasks.here(), Progress.silent());
    }
  }

  /** What is in use after a full collection. */
  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
