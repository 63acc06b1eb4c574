package dev.espalier.experiments;

import dev.espalier.api.Progress;
import dev.espalier.api.Streams;
import dev.espalier.api.Tasks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/**
 * How long a fit of many windows and a draw of many rows take on p cores of a cluster: a formula
 * from measured costs, held against a simulation task by task.
 *
 * <p>One driver sends tasks, one after the other; a core that is free takes the next. Tasks vary in
 * length by a third (uniformly, from 0.5 to 1.5 of the mean). An executor of one core is lost once
 * a day on average, comes back after 30 s, and its task is run again. With K tasks of c seconds
 * that each take the driver δ seconds to send, the formula is {@code max(K·δ + 1.5·c, K·(c + δ)·(1
 * + loss)/p + p·δ/2 + c/2)}: either the driver is busy all the time, or the cores are.
 *
 * @param jobs what is run
 */
public record ClusterScale(List<Job> jobs) implements Experiment {

  /** Tasks for each core, if there are so many pieces. */
  private static final int TASKS_A_CORE = 32;

  private static final double DAY = 86_400;
  private static final double RESTART = 30;

  /** Copies. */
  public ClusterScale {
    jobs = List.copyOf(jobs);
  }

  /**
   * Something to run; costs in seconds of one core of the machine in {@code docs/spark.md}.
   *
   * @param name what it is
   * @param pieces independent ones, of equal expected length
   * @param seconds of one piece
   * @param travel of one piece and its result, at the driver and again at the executor
   * @param cores of the cluster
   */
  public record Job(String name, long pieces, double seconds, double travel, int cores) {

    /** The time of an empty task at its executor, measured. */
    static final double TASK = 2.2e-3;

    /** The time from one empty task to the next, measured: no less than the driver's. */
    static final double SENDING = 1.1e-3;

    private long tasks() {
      return Math.min(pieces, (long) TASKS_A_CORE * cores);
    }

    /** Seconds of a task at its executor. */
    private double length() {
      return TASK + (seconds + travel) * pieces / tasks();
    }

    /** Seconds of a task at the driver. */
    private double sending() {
      return SENDING + travel * pieces / tasks();
    }

    /** The formula. */
    double expected() {
      double lost = (length() / 2 + RESTART) / DAY;
      double driver = tasks() * sending() + 1.5 * length();
      double work = tasks() * (length() + sending()) * (1 + lost) / cores;
      return Math.max(driver, work + Math.min(cores, tasks()) * sending() / 2 + length() / 2);
    }

    /** The simulation, task by task. */
    double simulated(long seed, Progress progress) {
      RandomGenerator random = new Streams(seed).stream(name, cores);
      PriorityQueue<Core> free = new PriorityQueue<>();
      for (int k = 0; k < cores; k++) {
        free.add(new Core(0, exponential(random)));
      }
      ArrayDeque<Double> waiting = new ArrayDeque<>();
      for (long k = 0; k < tasks(); k++) {
        waiting.add(length() * (0.5 + random.nextDouble()));
      }
      double driver = 0;
      double end = 0;
      while (!waiting.isEmpty()) {
        progress.check();
        Core core = free.remove();
        double task = waiting.remove();
        driver = Math.max(driver, core.free) + sending();
        double done = driver + task;
        if (core.lost < done) {
          waiting.add(task);
          double back = Math.max(core.lost, core.free) + RESTART;
          free.add(new Core(back, back + exponential(random)));
        } else {
          end = Math.max(end, done);
          free.add(new Core(done, core.lost));
        }
      }
      return end;
    }

    private static double exponential(RandomGenerator random) {
      return -DAY * StrictMath.log(1 - random.nextDouble());
    }
  }

  /** A core: when it is free, and when its executor will be lost. */
  private record Core(double free, double lost) implements Comparable<Core> {
    @Override
    public int compareTo(Core other) {
      return Double.compare(free, other.free);
    }
  }

  /** Fits up to a million components and draws up to a billion rows. */
  public static ClusterScale full() {
    List<Job> jobs = new ArrayList<>();
    for (int exponent = 3; exponent <= 6; exponent++) {
      long windows = Math.round(StrictMath.pow(10, exponent));
      for (int cores : new int[] {2, 32, 512}) {
        jobs.add(new Job("normal windows", windows, NORMAL, TRAVEL, cores));
        jobs.add(new Job("network windows", windows, NETWORK, TRAVEL, cores));
      }
    }
    for (int exponent = 7; exponent <= 9; exponent++) {
      // One partition holds 50,000 rows; nothing is sent for it but its number.
      long partitions = Math.round(StrictMath.pow(10, exponent)) / PARTITION;
      for (int cores : new int[] {2, 32, 512}) {
        jobs.add(new Job("rows drawn", partitions, PARTITION * ROW, 0, cores));
      }
    }
    return new ClusterScale(jobs);
  }

  /**
   * Seconds of a window of three columns and 1000 rows: a normal law, and a network of two layers
   * of 64 with 500 steps.
   */
  private static final double NORMAL = 94e-6;

  private static final double NETWORK = 69e-3;

  /** Half of what such a window takes by Spark, of all cores, beyond what it takes without. */
  private static final double TRAVEL = 175e-6;

  /** Seconds of a row of 16 columns, drawn directly and handed to Spark. */
  private static final double ROW = 1.2e-6;

  private static final int PARTITION = 50_000;

  @Override
  public String name() {
    return "cluster-scale";
  }

  @Override
  public String summary() {
    return "Times of large fits and draws on a cluster: a formula beside a simulation";
  }

  @Override
  public Report run(Tasks tasks, Progress progress) {
    List<Job> all = jobs;
    List<Double> times =
        tasks.map(all.size(), (k, share) -> all.get(k).simulated(17, share), progress);
    List<Report.Row> rows = new ArrayList<>();
    for (int k = 0; k < all.size(); k++) {
      Job job = all.get(k);
      rows.add(
          new Report.Row(
              List.of(
                  job.name(),
                  String.format(Locale.ROOT, "%.0e", (double) job.pieces()),
                  Integer.toString(job.cores())),
              times.get(k),
              Accepted.within(job.expected(), 0.15)));
    }
    return new Report(
        summary(),
        List.of(
            new Report.Table(
                "Seconds, simulated; reference: the formula",
                List.of("work", "pieces", "cores", "seconds"),
                rows)));
  }
}
