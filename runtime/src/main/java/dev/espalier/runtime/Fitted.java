package dev.espalier.runtime;

import dev.espalier.api.Conditionable;
import dev.espalier.api.Curvature;
import dev.espalier.api.Density;
import dev.espalier.api.DirectSampler;
import dev.espalier.api.DrawRequest;
import dev.espalier.api.FitRequest;
import dev.espalier.api.Guidance;
import dev.espalier.api.NoiseLevel;
import dev.espalier.api.Observation;
import dev.espalier.api.PathObserver;
import dev.espalier.api.Progress;
import dev.espalier.api.Sampler;
import dev.espalier.api.Samples;
import dev.espalier.api.Score;
import dev.espalier.api.Stored;
import dev.espalier.api.Strata;
import dev.espalier.api.Tasks;
import java.io.Serializable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A law learned from rows: draws from it, conditions it, tells densities and where it came from.
 *
 * <p>Immutable and safe for concurrent use. Row {@code i} of a draw depends on the fitted score,
 * the sampler, the seed and {@code i} alone, not on threads, on blocks or on the other rows.
 */
public final class Fitted implements Serializable {
  private static final long serialVersionUID = 1;

  private static final Logger LOG = System.getLogger(Fitted.class.getName());

  /** What conditions a law that has no exact answer. */
  static final String GUIDANCE = "matching()";

  private final Pipeline pipeline;
  private final Score score;
  private final Provenance provenance;
  private final List<String> notes;
  private final Given given;
  private final @Nullable PathObserver observer;

  Fitted(Pipeline pipeline, Score score, Provenance provenance) {
    this(pipeline, score, provenance, score.notes());
  }

  Fitted(Pipeline pipeline, Score score, Provenance provenance, List<String> notes) {
    this(pipeline, score, provenance, notes, Given.nothing(), null);
  }

  private Fitted(
      Pipeline pipeline,
      Score score,
      Provenance provenance,
      List<String> notes,
      Given given,
      @Nullable PathObserver observer) {
    this.pipeline = pipeline;
    this.score = score;
    this.provenance = provenance;
    this.notes = List.copyOf(notes);
    this.given = given;
    this.observer = observer;
  }

  static Fitted fit(Pipeline pipeline, FitRequest request) {
    if (pipeline.estimator() instanceof Auto auto) {
      Progress progress = request.progress();
      Auto.Choice choice = auto.choose(request.withProgress(progress.part(0, 0.75)));
      Fitted chosen =
          fit(
              pipeline.withEstimator(choice.estimator()),
              request.withProgress(progress.part(0.75, 1)));
      return new Fitted(
          chosen.pipeline, chosen.score, chosen.provenance, choice.around(chosen.notes));
    }
    Expressions expressions = pipeline.expressions();
    String text = expressions.print(pipeline, true);
    SortedSet<String> providers = expressions.providersOf(pipeline);
    List<Origin> origins = providers.stream().map(expressions.catalogue()::origin).toList();
    LOG.log(Level.DEBUG, () -> "fitting " + text + " with " + origins);
    Score score = pipeline.estimator().fit(request);
    Samples rows = request.rows();
    if (score.columns() != rows.columns()) {
      throw new IllegalStateException(
          "need a score of "
              + rows.columns()
              + " columns as the rows have, got "
              + score.columns()
              + " from "
              + text);
    }
    return new Fitted(
        pipeline,
        score,
        new Provenance(
            text,
            pipeline.seed(),
            DataDigest.of(request),
            rows.count(),
            rows.columns(),
            Origin.of(Fitted.class).version(),
            lines(origins),
            List.of()));
  }

  private static List<String> lines(List<Origin> origins) {
    return origins.stream()
        .map(origin -> origin.plugin() + " " + origin.version())
        .distinct()
        .sorted()
        .toList();
  }

  /** All processors of this machine. */
  static Tasks everywhere() {
    return Tasks.threads(Runtime.getRuntime().availableProcessors());
  }

  /** The pipeline that fitted, with the choice in place of an estimator that chose. */
  public Pipeline pipeline() {
    return pipeline;
  }

  /** The same law, drawn from in another way. */
  public Fitted with(Sampler sampler) {
    return new Fitted(pipeline.with(sampler), score, provenance, notes, given, observer);
  }

  /**
   * The same law, whose rows are shown on their way when they are drawn, which changes no bit of
   * them. Samplers that take no steps show nothing.
   */
  public Fitted observed(PathObserver observer) {
    return new Fitted(pipeline, score, provenance, notes, given, observer);
  }

  /** The score that was learned, given what was observed exactly. */
  public Score score() {
    return score;
  }

  /**
   * What a reader of the fit should know, a sentence each; last what it is conditioned on, and
   * whether exactly or by which guidance.
   */
  public List<String> notes() {
    List<String> all = new ArrayList<>(notes);
    all.addAll(given.notes());
    return all;
  }

  /**
   * How each observation that this law is conditioned on was answered, in order: {@code exactly},
   * or {@code approximately, guided by} a guidance.
   */
  public List<String> answers() {
    return given.answers();
  }

  /** What this was fitted from. */
  public Provenance provenance() {
    return provenance;
  }

  /** Draws rows 0 to {@code n − 1} with the pipeline's seed, on all processors, silently. */
  public Samples draw(int n) {
    return draw(DrawRequest.Rows.range(0, n), pipeline.seed(), everywhere(), Progress.silent());
  }

  /**
   * Draws rows by index.
   *
   * <p>Where the score has strata, row {@code i} is drawn from the stratum that stream ({@code
   * seed}, {@code "stratum"}, {@code i}) chooses, and carries its category as a label.
   *
   * @throws IllegalArgumentException if the sampler cannot draw from this score
   * @throws dev.espalier.api.NotConvergedException if a value drawn is not a number
   * @throws dev.espalier.api.CancelledException if {@code progress} was cancelled
   */
  public Samples draw(DrawRequest.Rows rows, long seed, Tasks tasks, Progress progress) {
    DrawRequest request =
        DrawRequest.of(given.score(score), 0)
            .withRows(rows)
            .withSeed(seed)
            .withTasks(tasks)
            .withProgress(progress);
    return given.fixed(
        new StratifiedDraw(given.sampler(pipeline.sampler()), seed)
            .draw(observer == null ? request : request.withObserver(observer)));
  }

  /**
   * The law given an observation: exactly where the law knows the answer, else approximately by
   * {@value #GUIDANCE}; {@link #notes} tells which.
   *
   * @throws IllegalArgumentException if there is neither, or the observation does not fit the
   *     columns or has probability zero
   */
  public Fitted given(Observation observation) {
    Score exact =
        score.ability(Conditionable.class).flatMap(able -> able.given(observation)).orElse(null);
    if (exact != null) {
      return new Fitted(
          pipeline,
          exact,
          observing(observation),
          notes,
          given.exactly(exact, observation),
          observer);
    }
    if (observation instanceof Observation.Label) {
      throw new IllegalArgumentException(
          "this law has no conditional law given "
              + observation
              + "; its score has the abilities "
              + abilities()
              + ". Stratify by the label, or learn with it");
    }
    return given(observation, given.guidance().orElseGet(() -> standard(observation)));
  }

  /**
   * The law given an observation approximately, by a guidance, whether there is an exact answer or
   * not.
   *
   * @throws IllegalArgumentException if the guidance has no answer, another one was used before, or
   *     the observation does not fit the columns or has probability zero
   */
  public Fitted given(Observation observation, Guidance guidance) {
    String name = pipeline.expressions().print(guidance, true);
    Given guided = given.guided(score, observation, guidance, name);
    return new Fitted(pipeline, score, observing(observation), notes, guided, observer);
  }

  /**
   * How far the most distant number of an observation lies from what this law expects of it, in
   * deviations of the law; in that stratum which it is nearest to, where there are strata.
   *
   * <p>An answer to something many deviations away says what the fitted law implies where no rows
   * were seen.
   *
   * @throws IllegalArgumentException if the observation does not fit the columns
   */
  public double deviations(Observation observation) {
    return Remoteness.of(score, observation);
  }

  /** Whether any observation was answered approximately. */
  boolean isGuided() {
    return given.guidance().isPresent();
  }

  private Guidance standard(Observation observation) {
    try {
      return pipeline.expressions().parse(Guidance.class, GUIDANCE);
    } catch (ExpressionException e) {
      throw new IllegalArgumentException(
          "this law has no exact conditional law given "
              + observation
              + ", and the guidance "
              + GUIDANCE
              + " is not there; add the samplers to the class path: "
              + e.problem(),
          e);
    }
  }

  private Provenance observing(Observation observation) {
    List<String> observed = new ArrayList<>(provenance.observed());
    observed.add(observation.toString());
    return new Provenance(
        provenance.expression(),
        provenance.seed(),
        provenance.data(),
        provenance.rows(),
        provenance.columns(),
        provenance.version(),
        provenance.plugins(),
        observed);
  }

  /**
   * The natural logarithm of the density at every row.
   *
   * @param rows complete rows with as many columns as the score
   * @throws IllegalArgumentException if the score has no density, or the rows do not fit
   */
  public double[] logDensity(Samples rows) {
    if (given.guidance().isPresent()) {
      throw new IllegalArgumentException(
          "this law was conditioned approximately and has no density that can be computed");
    }
    Density density =
        score
            .ability(Density.class)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "this law has no density that can be computed; its score has the abilities "
                            + abilities()));
    if (rows.columns() != score.columns()) {
      throw new IllegalArgumentException(
          "need rows of " + score.columns() + " columns, got " + rows.columns());
    }
    if (rows.hasMissing()) {
      throw new IllegalArgumentException("need complete rows, got missing cells");
    }
    double[] out = new double[rows.count()];
    density.logDensity(NoiseLevel.CLEAN, rows.toArray(), out);
    return out;
  }

  private List<String> abilities() {
    return List.of(
            Density.class,
            Curvature.class,
            Conditionable.class,
            DirectSampler.class,
            Strata.class,
            Stored.class)
        .stream()
        .filter(ability -> score.ability(ability).isPresent())
        .map(Class::getSimpleName)
        .toList();
  }

  /** The text of the pipeline. */
  @Override
  public String toString() {
    return provenance.expression();
  }
}
