package dev.espalier.cli;

import dev.espalier.api.Progress;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.jspecify.annotations.Nullable;

/**
 * Shows progress on a terminal and turns Ctrl-C into a cancellation.
 *
 * <p>While a meter is open, the first Ctrl-C lets the work stop at its next safe place, so that
 * nothing is left half-written; a second one ends the process at once.
 */
final class Meter implements Progress, AutoCloseable {

  private static final int STEPS = 1_000;
  private static final int WIDTH = 10;

  private final @Nullable ProgressBar bar;
  private final Interrupts interrupts;
  private volatile long begin = -1;
  private volatile boolean settling;

  Meter(boolean visible) {
    this.bar =
        visible
            ? new ProgressBarBuilder()
                .setTaskName("espalier")
                .setInitialMax(STEPS)
                .setRenderer(this::line)
                .setUpdateIntervalMillis(200)
                .build()
            : null;
    this.interrupts =
        new Interrupts(
                () -> {
                  if (visible) {
                    System.err.println("\nstopping; Ctrl-C again ends at once");
                  }
                },
                Runtime.getRuntime()::halt)
            .watch();
  }

  /** Lets work that improves as it goes settle for what it has. */
  void settle() {
    settling = true;
  }

  @Override
  public void report(String stage, double done) {
    if (bar != null) {
      long steps = Math.round(STEPS * Math.min(1, Math.max(0, done)));
      begin = begin < 0 ? steps : begin;
      bar.setExtraMessage(stage);
      bar.stepTo(steps);
    }
  }

  /** Such as {@code 42% [====> ] 0:12 loss 0.2031, held out 0.1984, 51200 rows/s, 0:17 left}. */
  private String line(ProgressState state, int width) {
    long done = state.getCurrent();
    int full = (int) (WIDTH * done / STEPS);
    Duration elapsed = state.getTotalElapsed();
    String stage = state.getExtraMessage().strip();
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "%3d%% [", 100 * done / STEPS));
    text.append("=".repeat(full)).append(full < WIDTH ? ">" : "");
    text.append(" ".repeat(Math.max(0, WIDTH - full - 1))).append("] ");
    text.append(clock(elapsed.toSeconds())).append(' ').append(stage);
    if (!stage.endsWith("left") && begin >= 0 && done > begin && done < STEPS) {
      text.append(", ").append(clock(elapsed.toSeconds() * (STEPS - done) / (done - begin)));
      text.append(" left");
    }
    return text.length() > width ? text.substring(0, Math.max(0, width)) : text.toString();
  }

  private static String clock(long seconds) {
    return String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60);
  }

  @Override
  public boolean cancelled() {
    return interrupts.asked();
  }

  @Override
  public boolean enough() {
    return settling;
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
    interrupts.close();
  }
}
