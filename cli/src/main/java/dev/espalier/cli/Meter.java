package dev.espalier.cli;

import dev.espalier.api.Progress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress on a terminal and turns Ctrl-C into a cancellation.
 *
 * <p>While a meter is open, the shutdown of the JVM waits for the work to stop at its next safe
 * place, so that nothing is left half-written.
 */
final class Meter implements Progress, AutoCloseable {

  private static final int STEPS = 1_000;
  private static final int PATIENCE_SECONDS = 10;

  private final @Nullable ProgressBar bar;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread hook = new Thread(this::cancel, "espalier-cancel");
  private volatile boolean cancelled;

  Meter(boolean visible) {
    this.bar =
        visible
            ? new ProgressBarBuilder()
                .setTaskName("espalier")
                .setInitialMax(STEPS)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .build()
            : null;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  @Override
  public void report(String stage, double done) {
    if (bar != null) {
      bar.setExtraMessage(stage);
      bar.stepTo(Math.round(STEPS * Math.min(1, Math.max(0, done))));
    }
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  private void cancel() {
    cancelled = true;
    try {
      stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    stopped.countDown();
    if (!cancelled) {
      Runtime.getRuntime().removeShutdownHook(hook);
    }
  }
}
