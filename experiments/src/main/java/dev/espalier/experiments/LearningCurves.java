package dev.espalier.experiments;

import dev.espalier.api.FitRequest;
import dev.espalier.api.HeldOut;
import dev.espalier.api.LossCurve;
import dev.espalier.api.NoiseRange;
import dev.espalier.api.Progress;
import dev.espalier.api.Samples;
import dev.espalier.api.ScoreEstimator;
import dev.espalier.api.Tasks;
import dev.espalier.plots.Axis;
import dev.espalier.plots.Line;
import dev.espalier.plots.LinePlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Held-out score losses of estimators by the number of rows to learn from, over several choices of
 * the rows; 1 is the loss of a spherical normal law.
 *
 * @param name of the experiment
 * @param summary of the experiment, one line
 * @param subject what the rows are, in the plural
 * @param images the rows
 * @param held rows held out in a split
 * @param counts of rows to learn from, rising
 * @param splits how many choices of the rows; sets to learn from are disjoint up to the share of
 *     one split
 * @param learners to compare
 * @param promises what must come out of losses
 * @param closings what must come out as rows grow
 */
record LearningCurves(
    String name,
    String summary,
    String subject,
    Images images,
    int held,
    List<Integer> counts,
    int splits,
    List<Learner> learners,
    List<Promise> promises,
    List<Closing> closings)
    implements Experiment {

  /**
   * An estimator.
   *
   * @param text how it is written
   * @param structured whether it is compared with those that are not
   */
  record Learner(String text, boolean structured, ScoreEstimator estimator) {}

  /**
   * What must come out for the loss of one learner above that of another: it is below in every
   * split.
   *
   * @param count of rows
   * @param most in standard errors of the difference
   */
  record Promise(String learner, String other, int count, double most) {}

  /** The lead of one learner over another falls with every count of rows. */
  record Closing(String learner, String other) {}

  /** A part of this: some learners and counts, what is promised of them, and fewer splits. */
  LearningCurves only(List<Integer> counts, int splits, String... names) {
    List<String> kept = List.of(names);
    return new LearningCurves(
        name,
        summary,
        subject,
        images,
        held,
        counts,
        splits,
        learners.stream().filter(each -> kept.contains(each.text())).toList(),
        promises.stream()
            .filter(each -> kept.contains(each.learner()) && kept.contains(each.other()))
            .toList(),
        closings.stream()
            .filter(each -> kept.contains(each.learner()) && kept.contains(each.other()))
            .toList());
  }

  /** The losses of one learner with so many rows, a split each. */
  private record Found(Learner learner, int count, List<LossCurve> curves) {

    /** The mean loss, with its standard error over splits. */
    Moments loss() {
      Moments moments = new Moments();
      curves.forEach(each -> moments.add(each.mean()));
      return moments;
    }

    Gap above(Found other) {
      Moments moments = new Moments();
      int lower = 0;
      for (int k = 0; k < curves.size(); k++) {
        double gap = curves.get(k).mean() - other.curves.get(k).mean();
        moments.add(gap);
        lower += gap < 0 ? 1 : 0;
      }
      boolean alone = curves.size() == 1;
      double error = alone ? curves.get(0).minus(other.curves.get(0)).error() : moments.error();
      return new Gap(moments.mean(), error, lower);
    }
  }

  /**
   * A difference of losses.
   *
   * @param error its standard error, over splits, or over the rows of the only one
   * @param lower in how many splits it is below 0
   */
  private record Gap(double mean, double error, int lower) {}

  @Override
  public Report run(Tasks tasks, Progress progress) {
    Samples rows = images.rows();
    List<List<LossCurve>> curves = new ArrayList<>();
    for (int i = 0; i < counts.size() * learners.size(); i++) {
      curves.add(new ArrayList<>());
    }
    int fits = splits * curves.size();
    for (int split = 0; split < splits; split++) {
      Samples order = turned(rows, (int) ((long) split * rows.count() / splits));
      Samples out = order.rows(order.count() - held, order.count());
      HeldOut judge = HeldOut.of(FitRequest.of(out).withValidation(out));
      double centre = -StrictMath.log(judge.variance());
      NoiseRange range = new NoiseRange(centre - 2.5, centre + 10.5);
      for (int i = 0; i < curves.size(); i++) {
        int done = split * curves.size() + i;
        FitRequest request =
            FitRequest.of(order.rows(0, count(i)))
                .withTasks(tasks)
                .withRange(range)
                .withProgress(progress.part((double) done / fits, (done + 1.0) / fits));
        curves.get(i).add(judge.loss(learner(i).estimator().fit(request)));
      }
    }
    List<Found> found =
        IntStream.range(0, curves.size())
            .mapToObj(i -> new Found(learner(i), count(i), curves.get(i)))
            .toList();
    List<Report.Table> tables = new ArrayList<>();
    tables.add(losses(found));
    for (int count : counts) {
      tables.add(excesses(found, count));
    }
    if (counts.size() > 1) {
      tables.add(closing(found));
    }
    return new Report(
        "Held-out score loss of "
            + subject
            + ", "
            + held
            + " held out, "
            + splits
            + (splits == 1 ? " split" : " splits")
            + ", 1 = a spherical normal law",
        tables,
        Optional.of(plot(found)));
  }

  private Learner learner(int i) {
    return learners.get(i / counts.size());
  }

  private int count(int i) {
    return counts.get(i % counts.size());
  }

  /** The rows begun elsewhere in their order. */
  private static Samples turned(Samples rows, int first) {
    return Samples.concatenate(List.of(rows.rows(first, rows.count()), rows.rows(0, first)));
  }

  private static Found of(List<Found> found, String text, int count) {
    return found.stream()
        .filter(each -> each.learner().text().equals(text) && each.count() == count)
        .findFirst()
        .orElseThrow();
  }

  private Report.Table losses(List<Found> found) {
    List<Report.Row> lines = new ArrayList<>();
    for (Found each : found) {
      String count = Integer.toString(each.count());
      String text = each.learner().text();
      lines.add(new Report.Row(List.of(text, count, "loss"), each.loss().mean(), Accepted.any()));
      if (splits > 1) {
        lines.add(
            new Report.Row(List.of(text, count, "s.e."), each.loss().error(), Accepted.any()));
      }
    }
    return new Report.Table("Loss", List.of("estimator", "rows", "", "value"), lines);
  }

  /** Every learner with a structure above every one without. */
  private Report.Table excesses(List<Found> found, int count) {
    List<Report.Row> lines = new ArrayList<>();
    for (Learner near : learners) {
      for (Learner all : learners) {
        if (near.structured() && !all.structured()) {
          Gap gap = of(found, near.text(), count).above(of(found, all.text(), count));
          Optional<Promise> promise =
              promises.stream()
                  .filter(
                      each ->
                          each.count() == count
                              && each.learner().equals(near.text())
                              && each.other().equals(all.text()))
                  .findFirst();
          Accepted most = promise.map(each -> Accepted.below(each.most())).orElse(Accepted.any());
          Accepted every = promise.isPresent() ? Accepted.between(splits, splits) : Accepted.any();
          lines.add(line(near, all, "difference", gap.mean(), Accepted.any()));
          lines.add(line(near, all, "in s.e.", gap.mean() / gap.error(), most));
          lines.add(line(near, all, "splits lower", gap.lower(), every));
        }
      }
    }
    return new Report.Table(
        count + " rows: loss above another's, in the same splits",
        List.of("estimator", "above", "", "value"),
        lines);
  }

  private static Report.Row line(
      Learner near, Learner all, String what, double value, Accepted accepted) {
    return new Report.Row(List.of(near.text(), all.text(), what), value, accepted);
  }

  /** The leads that must fall. */
  private Report.Table closing(List<Found> found) {
    List<Report.Row> lines = new ArrayList<>();
    for (Closing each : closings) {
      double last = Double.POSITIVE_INFINITY;
      for (int count : counts) {
        double lead =
            -of(found, each.learner(), count).above(of(found, each.other(), count)).mean();
        lines.add(
            new Report.Row(
                List.of(each.learner(), each.other(), Integer.toString(count)),
                lead,
                Accepted.below(last)));
        last = lead;
      }
    }
    return new Report.Table(
        "Leads that fall as rows grow", List.of("estimator", "below", "rows", "by"), lines);
  }

  private LinePlot plot(List<Found> found) {
    List<Line> lines = new ArrayList<>();
    for (Learner learner : learners) {
      Curve points = new Curve();
      for (int count : counts) {
        Moments loss = of(found, learner.text(), count).loss();
        points.add(count, loss.mean(), loss.error());
      }
      lines.add(points.line(learner.text()));
    }
    return new LinePlot(
        "Held-out score loss of " + subject,
        Axis.log("rows to learn from"),
        Axis.linear("loss"),
        lines);
  }
}
