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

/**
 * Held-out score losses of estimators by the number of rows to learn from; 1 is that of a spherical
 * normal law.
 *
 * @param names of the estimators
 * @param counts of rows, rising
 * @param curves by estimator, then by count
 */
record LearningCurves(List<String> names, List<Integer> counts, List<List<LossCurve>> curves) {

  /** An estimator and how it is written. */
  interface Learner {
    String text();

    ScoreEstimator estimator();
  }

  /**
   * Fits every estimator to the rows after those held out, as many as each count says. All are
   * judged at one grid of levels, whatever the rows to learn from.
   */
  static LearningCurves of(
      Samples rows,
      int held,
      List<Integer> counts,
      List<? extends Learner> learners,
      Tasks tasks,
      Progress progress) {
    Samples out = rows.rows(0, held);
    HeldOut judge = HeldOut.of(FitRequest.of(out).withValidation(out));
    double centre = -StrictMath.log(judge.variance());
    NoiseRange range = new NoiseRange(centre - 2.5, centre + 10.5);
    List<List<LossCurve>> curves = new ArrayList<>();
    learners.forEach(each -> curves.add(new ArrayList<>()));
    int fits = counts.size() * learners.size();
    int done = 0;
    for (int count : counts) {
      FitRequest request =
          FitRequest.of(rows.rows(held, held + count)).withTasks(tasks).withRange(range);
      for (int e = 0; e < learners.size(); e++) {
        Progress part = progress.part((double) done / fits, (done + 1.0) / fits);
        ScoreEstimator estimator = learners.get(e).estimator();
        curves.get(e).add(judge.loss(estimator.fit(request.withProgress(part))));
        done++;
      }
    }
    return new LearningCurves(learners.stream().map(Learner::text).toList(), counts, curves);
  }

  /** The losses of an estimator with so many rows. */
  LossCurve at(Learner learner, int count) {
    return curves.get(names.indexOf(learner.text())).get(counts.indexOf(count));
  }

  /** Every loss. */
  Report.Table losses() {
    List<Report.Row> rows = new ArrayList<>();
    for (int e = 0; e < names.size(); e++) {
      for (int c = 0; c < counts.size(); c++) {
        rows.add(
            new Report.Row(
                List.of(names.get(e), Integer.toString(counts.get(c))),
                curves.get(e).get(c).mean(),
                Accepted.any()));
      }
    }
    return new Report.Table("Loss", List.of("estimator", "rows", "loss"), rows);
  }

  /** How far an estimator is above another, in standard errors of the paired difference. */
  Report.Row excess(Learner learner, Learner other, int count, Accepted accepted) {
    LossCurve excess = at(learner, count).minus(at(other, count));
    return new Report.Row(
        List.of(learner.text(), other.text()), excess.mean() / excess.error(), accepted);
  }

  /** A table of such rows. */
  static Report.Table excesses(int count, List<Report.Row> rows) {
    return new Report.Table(
        count + " rows: loss above another's, in standard errors of the paired difference",
        List.of("estimator", "above", "standard errors"),
        rows);
  }

  /** A line for every estimator. */
  LinePlot plot(String title) {
    List<Line> lines = new ArrayList<>();
    for (int e = 0; e < names.size(); e++) {
      Curve points = new Curve();
      for (int c = 0; c < counts.size(); c++) {
        points.add(counts.get(c), curves.get(e).get(c).mean(), 0);
      }
      lines.add(points.line(names.get(e)));
    }
    return new LinePlot(title, Axis.log("rows to learn from"), Axis.linear("loss"), lines);
  }
}
